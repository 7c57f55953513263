package cli

import (
	"os"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/services"
)

func TestFiles(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	okta := filepath.Join(home, ".okta", "okta.yaml")
	assert.NilError(t, os.Mkdir(filepath.Dir(okta), 0o700))
	assert.NilError(t, os.WriteFile(okta, nil, 0o600))
	for _, c := range []struct {
		env  map[string]string
		want services.Files
	}{
		{nil, services.Files{}},
		{map[string]string{"HOME": home}, services.Files{Okta: okta}},
		{map[string]string{"USERPROFILE": home}, services.Files{Okta: okta}},
		{map[string]string{"HOME": filepath.Join(home, ".okta")}, services.Files{}},
	} {
		assert.Check(t, is.Equal((&Program{Lookup: lookup(c.env)}).files(), c.want), c.env)
	}
}

package cli

import (
	"os"
	"path/filepath"
	"testing"

	"msgsso-wizard/steps/services"
)

func TestFiles(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	okta := filepath.Join(home, ".okta", "okta.yaml")
	if err := os.Mkdir(filepath.Dir(okta), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(okta, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		env  map[string]string
		want services.Files
	}{
		{nil, services.Files{}},
		{map[string]string{"HOME": home}, services.Files{Okta: okta}},
		{map[string]string{"USERPROFILE": home}, services.Files{Okta: okta}},
		{map[string]string{"HOME": filepath.Join(home, ".okta")}, services.Files{}},
	} {
		if got := (&Program{Lookup: lookup(c.env)}).files(); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.env, got, c.want)
		}
	}
}

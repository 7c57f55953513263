package cli

import (
	"os"
	"path/filepath"
	"testing"

	"msgsso-wizard/steps"
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
		want steps.Files
	}{
		{nil, steps.Files{}},
		{map[string]string{"HOME": home}, steps.Files{Okta: okta}},
		{map[string]string{"USERPROFILE": home}, steps.Files{Okta: okta}},
		{map[string]string{"HOME": filepath.Join(home, ".okta")}, steps.Files{}},
	} {
		if got := (&Program{Lookup: lookup(c.env)}).files(); got != c.want {
			t.Errorf("%v: %+v, want %+v", c.env, got, c.want)
		}
	}
}

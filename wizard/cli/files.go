package cli

import (
	"os"
	"path/filepath"

	"msgsso-wizard/steps/services"
)

// files are where the vendors' own tools keep credentials in the user's home, as far as such files are there.
// Nothing is read from them here.
func (p *Program) files() services.Files {
	home, _ := p.Lookup("HOME")
	if home == "" {
		home, _ = p.Lookup("USERPROFILE")
	}
	there := func(folder, name string) string {
		path := filepath.Join(home, folder, name)
		if info, err := os.Stat(path); home == "" || err != nil || !info.Mode().IsRegular() {
			return ""
		}
		return path
	}
	return services.Files{Okta: there(".okta", "okta.yaml"), GC: there(".gc", "config.toml")}
}

package genesys

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"msgsso-wizard/apiclient"
)

// maxProfiles is how large a file of profiles may be, in bytes.
const maxProfiles = 256 << 10

// Profile is a way of signing in that the vendor's command line tool gc has stored. Of the credentials any
// may be empty; an access token goes before the rest, as it does for gc.
type Profile struct {
	Name         string
	Region       string // as it was entered: a domain or an AWS name, for ParseRegion
	ClientID     string
	ClientSecret apiclient.Secret // empty: a client of another grant than client credentials
	AccessToken  apiclient.Secret
}

// ConfigFile reads the profiles of the gc tool, usually ~/.gc/config.toml, by name, with their values as they stand there;
// those without credentials are left out. The names of the keys are those of its build/gc/config/config.go. A file that is not there is
// fs.ErrNotExist; no error quotes what the file says, which may be a secret.
func ConfigFile(path string) ([]Profile, error) {
	data, err := apiclient.ReadFile(path, path, maxProfiles)
	if err != nil {
		return nil, err
	}
	var file map[string]any
	if err := toml.Unmarshal(data, &file); err != nil {
		if where, ok := errors.AsType[toml.ParseError](err); ok {
			return nil, fmt.Errorf("%s isn't TOML at line %d", path, where.Position.Line)
		}
		return nil, fmt.Errorf("%s isn't TOML", path)
	}
	var profiles []Profile
	for name, value := range file {
		table, _ := value.(map[string]any)
		p := Profile{
			Name:         apiclient.Clean(name),
			Region:       apiclient.Clean(text(table, "environment")),
			ClientID:     text(table, "client_credentials"),
			ClientSecret: apiclient.NewSecret(text(table, "client_secret")),
			AccessToken:  apiclient.NewSecret(text(table, "access_token")),
		}
		if p.ClientID != "" || !p.AccessToken.Empty() {
			profiles = append(profiles, p)
		}
	}
	slices.SortFunc(profiles, func(a, b Profile) int { return cmp.Compare(a.Name, b.Name) })
	return profiles, nil
}

// text finds a member by its name in any case, as gc does.
func text(table map[string]any, name string) string {
	for key, value := range table {
		if s, ok := value.(string); ok && strings.EqualFold(key, name) {
			return s
		}
	}
	return ""
}

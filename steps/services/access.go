// Package services opens the services that a run speaks to, with clients over the network. Where tests have another one, it
// has an interface. It knows how the answers sign in, and asks a user where that is needed.
package services

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta/signin"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Files are where the vendors' own tools keep credentials. They are read only when the user chooses that way
// of signing in; an empty path is never read.
type Files struct {
	Okta string // ~/.okta/okta.yaml
	GC   string // ~/.gc/config.toml
}

// Access is what it takes to open the orgs: the answers, and how calls are made.
type Access struct {
	Answers *guide.Answers
	Dial    Dialer
	Files   Files
}

// Profiles returns the profiles of the gc tool, for a user to choose one.
func (a Access) Profiles() ([]guide.Option, error) {
	if a.Files.GC == "" {
		return nil, nil
	}
	profiles, err := genesys.ConfigFile(a.Files.GC)
	if err != nil {
		return nil, unreadable(guide.GenesysSignIn, "~/.gc/config.toml", err)
	}
	var out []guide.Option
	for _, p := range profiles {
		out = append(out, guide.Option{Value: p.Name, Label: p.Name, Note: p.Region})
	}
	return out, nil
}

// OktaLogin is how the answers sign in to Okta, at an org to which credentials may be sent.
func (a Access) OktaLogin() (guide.OktaLogin, error) {
	if err := explain.Unconfirmed(a.Answers, guide.OktaOrg); err != nil {
		return guide.OktaLogin{}, err
	}
	login := guide.OktaLogin{
		Method: a.Answers.Value(guide.OktaSignIn), Token: a.Answers.Secret(guide.OktaToken),
		ClientID: a.Answers.Value(guide.OktaClientID), KeyID: a.Answers.Value(guide.OktaKeyID), Key: a.Answers.Secret(guide.OktaKey),
	}
	if login.Method != guide.OktaByFile {
		return login, nil
	}
	if a.Files.Okta == "" {
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", fs.ErrNotExist)
	}
	file, err := signin.ConfigFile(a.Files.Okta)
	if err != nil {
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", err)
	}
	read, err := inFile(map[guide.Key]string{
		guide.OktaOrg: file.OrgURL, guide.OktaToken: file.Token.Reveal(), guide.OktaClientID: file.ClientID, guide.OktaKeyID: file.KeyID, guide.OktaKey: file.Key.Reveal(),
	})
	token, key := read.Secret(guide.OktaToken), read.Secret(guide.OktaKey)
	switch {
	case err != nil:
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", err)
	case a.isElsewhere(read, guide.OktaOrg):
		return login, explain.New(explain.ClassUsage, guide.OktaSignIn,
			"~/.okta/okta.yaml is for "+guide.Host(read.Value(guide.OktaOrg))+", not for "+guide.Host(a.Answers.Value(guide.OktaOrg))+".",
			"Change the Okta org, or choose another sign-in method.")
	case !token.Empty():
		return guide.OktaLogin{Method: guide.OktaByToken, Token: token}, nil
	case key.Empty():
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", errors.New("it has no token and no private key"))
	default:
		return guide.OktaLogin{Method: guide.OktaByKey, ClientID: read.Value(guide.OktaClientID), KeyID: read.Value(guide.OktaKeyID), Key: key, InFile: true}, nil
	}
}

// isElsewhere reports whether a file is for another org or region than the answers.
func (a Access) isElsewhere(file *guide.Answers, key guide.Key) bool {
	return file.Get(key).Given && file.Value(key) != a.Answers.Value(key)
}

// inFile reads what a file has for these questions as any answer is read.
func inFile(values map[guide.Key]string) (*guide.Answers, error) {
	answers := guide.NewAnswers()
	for _, key := range slices.Sorted(maps.Keys(values)) {
		if values[key] == "" {
			continue
		}
		if err := answers.Set(key, guide.FromOrg, values[key]); err != nil {
			return answers, err
		}
	}
	return answers, nil
}

// GenesysLogin is how the answers sign in to Genesys Cloud, in a region to which credentials may be sent.
func (a Access) GenesysLogin() (guide.GenesysLogin, error) {
	if err := explain.Unconfirmed(a.Answers, guide.GenesysRegion); err != nil {
		return guide.GenesysLogin{}, err
	}
	login := guide.GenesysLogin{
		Method: a.Answers.Value(guide.GenesysSignIn), ClientID: a.Answers.Value(guide.GenesysClientID),
		Secret: a.Answers.Secret(guide.GenesysClientSecret), Token: a.Answers.Secret(guide.GenesysAccessToken), Port: a.Answers.Value(guide.CallbackPort),
	}
	if login.Method != guide.GenesysByProfile {
		return login, nil
	}
	profiles, err := genesys.ConfigFile(a.Files.GC)
	if err != nil {
		return login, unreadable(guide.GenesysSignIn, "~/.gc/config.toml", err)
	}
	for _, p := range profiles {
		if p.Name != a.Answers.Value(guide.GenesysProfile) {
			continue
		}
		read, err := inFile(map[guide.Key]string{
			guide.GenesysRegion: p.Region, guide.GenesysAccessToken: p.AccessToken.Reveal(), guide.GenesysClientID: p.ClientID, guide.GenesysClientSecret: p.ClientSecret.Reveal(),
		})
		token := read.Secret(guide.GenesysAccessToken)
		switch {
		case err != nil:
			return login, unreadable(guide.GenesysSignIn, "~/.gc/config.toml", err)
		case a.isElsewhere(read, guide.GenesysRegion):
			return login, explain.New(explain.ClassUsage, guide.GenesysProfile,
				fmt.Sprintf("The profile %s in ~/.gc/config.toml is for %s, not for %s.", p.Name, read.Value(guide.GenesysRegion), a.Answers.Value(guide.GenesysRegion)),
				"Change the region, choose another profile, or choose another sign-in method.")
		case !token.Empty():
			return guide.GenesysLogin{Method: guide.GenesysByToken, Token: token}, nil
		default:
			return guide.GenesysLogin{Method: guide.GenesysByClient, ClientID: read.Value(guide.GenesysClientID), Secret: read.Secret(guide.GenesysClientSecret)}, nil
		}
	}
	return login, explain.New(explain.ClassUsage, guide.GenesysProfile,
		"~/.gc/config.toml has no profile "+a.Answers.Value(guide.GenesysProfile)+".", "Choose an existing one, or choose another sign-in method.")
}

func unreadable(key guide.Key, name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New("it doesn't exist")
	}
	return explain.New(explain.ClassUsage, key, name+" can't be used: "+explain.Sentence(err.Error()), "Choose another sign-in method.").Of(err)
}

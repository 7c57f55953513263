package services

import (
	"errors"
	"io/fs"

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

// OktaLogin is how the answers sign in to Okta.
func (a Access) OktaLogin() (guide.OktaLogin, error) {
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
	switch {
	case err != nil:
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", err)
	case file.OrgURL != "" && guide.Host(file.OrgURL) != guide.Host(a.Answers.Value(guide.OktaOrg)):
		return login, &explain.Error{
			Class: explain.ClassUsage, Question: guide.OktaSignIn,
			Problem: "~/.okta/okta.yaml is for " + guide.Host(file.OrgURL) + ", not for " + guide.Host(a.Answers.Value(guide.OktaOrg)) + ".",
			Fix:     "Change the Okta org, or choose another sign-in method.",
		}
	case !file.Token.Empty():
		return guide.OktaLogin{Method: guide.OktaByToken, Token: file.Token}, nil
	case file.Key.Empty() && file.KeyFile != "":
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", errors.New("its private key is in a separate file"))
	case file.Key.Empty():
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", errors.New("it has no token and no private key"))
	default:
		return guide.OktaLogin{Method: guide.OktaByKey, ClientID: file.ClientID, KeyID: file.KeyID, Key: file.Key}, nil
	}
}

// GenesysLogin is how the answers sign in to Genesys Cloud.
func (a Access) GenesysLogin() (guide.GenesysLogin, error) {
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
		switch {
		case p.Name != a.Answers.Value(guide.GenesysProfile):
		case !p.AccessToken.Empty():
			return guide.GenesysLogin{Method: guide.GenesysByToken, Token: p.AccessToken}, nil
		default:
			return guide.GenesysLogin{Method: guide.GenesysByClient, ClientID: p.ClientID, Secret: p.ClientSecret}, nil
		}
	}
	return login, &explain.Error{
		Class: explain.ClassUsage, Question: guide.GenesysProfile,
		Problem: "~/.gc/config.toml has no profile " + a.Answers.Value(guide.GenesysProfile) + ".", Fix: "Choose an existing one, or choose another sign-in method.",
	}
}

func unreadable(key guide.Key, name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New("it doesn't exist")
	}
	return &explain.Error{Class: explain.ClassUsage, Question: key, Problem: name + " can't be used: " + explain.Sentence(err.Error()), Fix: "Choose another sign-in method.", Err: err}
}

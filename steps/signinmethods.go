package steps

import (
	"context"
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

func profileOptions(_ context.Context, env *Env, _ string) ([]guide.Option, error) {
	if env.Files.GC == "" {
		return nil, nil
	}
	profiles, err := genesys.ConfigFile(env.Files.GC)
	if err != nil {
		return nil, unreadable(guide.GenesysSignIn, "~/.gc/config.toml", err)
	}
	var out []guide.Option
	for _, p := range profiles {
		out = append(out, guide.Option{Value: p.Name, Label: p.Name, Note: p.Region})
	}
	return out, nil
}

// oktaLogin is how the answers sign in to Okta.
func (e *Env) oktaLogin() (guide.OktaLogin, error) {
	a := e.Answers
	login := guide.OktaLogin{
		Method: a.Value(guide.OktaSignIn), Token: a.Secret(guide.OktaToken),
		ClientID: a.Value(guide.OktaClientID), KeyID: a.Value(guide.OktaKeyID), Key: a.Secret(guide.OktaKey),
	}
	if login.Method != guide.OktaByFile {
		return login, nil
	}
	if e.Files.Okta == "" {
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", fs.ErrNotExist)
	}
	file, err := signin.ConfigFile(e.Files.Okta)
	switch {
	case err != nil:
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", err)
	case file.OrgURL != "" && guide.Host(file.OrgURL) != guide.Host(a.Value(guide.OktaOrg)):
		return login, &explain.Error{
			Class: explain.ClassUsage, Question: guide.OktaSignIn,
			Problem: "~/.okta/okta.yaml is about " + guide.Host(file.OrgURL) + ", not about " + guide.Host(a.Value(guide.OktaOrg)) + ".",
			Fix:     "Change the Okta org, or sign in another way.",
		}
	case !file.Token.Empty():
		return guide.OktaLogin{Method: guide.OktaByToken, Token: file.Token}, nil
	case file.Key.Empty():
		why := errors.New("it holds neither a token nor a private key")
		if file.KeyFile != "" {
			why = errors.New("it keeps the private key in a file of its own")
		}
		return login, unreadable(guide.OktaSignIn, "~/.okta/okta.yaml", why)
	default:
		return guide.OktaLogin{Method: guide.OktaByKey, ClientID: file.ClientID, KeyID: file.KeyID, Key: file.Key}, nil
	}
}

// genesysLogin is how the answers sign in to Genesys Cloud.
func (e *Env) genesysLogin() (guide.GenesysLogin, error) {
	a := e.Answers
	login := guide.GenesysLogin{
		Method: a.Value(guide.GenesysSignIn), ClientID: a.Value(guide.GenesysClientID),
		Secret: a.Secret(guide.GenesysClientSecret), Token: a.Secret(guide.GenesysAccessToken), Port: a.Value(guide.CallbackPort),
	}
	if login.Method != guide.GenesysByProfile {
		return login, nil
	}
	profiles, err := genesys.ConfigFile(e.Files.GC)
	if err != nil {
		return login, unreadable(guide.GenesysSignIn, "~/.gc/config.toml", err)
	}
	for _, p := range profiles {
		switch {
		case p.Name != a.Value(guide.GenesysProfile):
		case !p.AccessToken.Empty():
			return guide.GenesysLogin{Method: guide.GenesysByToken, Token: p.AccessToken}, nil
		default:
			return guide.GenesysLogin{Method: guide.GenesysByClient, ClientID: p.ClientID, Secret: p.ClientSecret}, nil
		}
	}
	return login, &explain.Error{
		Class: explain.ClassUsage, Question: guide.GenesysProfile,
		Problem: "~/.gc/config.toml has no profile " + a.Value(guide.GenesysProfile) + ".", Fix: "Choose one that it has, or sign in another way.",
	}
}

func unreadable(key guide.Key, name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New("it is not there")
	}
	return &explain.Error{Class: explain.ClassUsage, Question: key, Problem: name + " cannot be used: " + explain.Sentence(err.Error()), Fix: "Sign in another way.", Err: err}
}

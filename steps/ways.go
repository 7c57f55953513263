package steps

import (
	"context"
	"errors"
	"io/fs"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta/signin"
)

// Files are where the vendors' own tools keep credentials. They are read only when the user chooses that way
// of signing in; an empty path is never read.
type Files struct {
	Okta string // ~/.okta/okta.yaml
	GC   string // ~/.gc/config.toml
}

// likelyOktaWay is the way for which there are credentials.
func likelyOktaWay(a *Answers) string {
	if a.Secret(OktaToken).Empty() && !a.Secret(OktaKey).Empty() {
		return OktaByKey
	}
	return OktaByToken
}

// likelyGenesysWay is the way for which there are credentials.
func likelyGenesysWay(a *Answers) string {
	if a.Secret(GenesysClientSecret).Empty() && !a.Secret(GenesysAccessToken).Empty() {
		return GenesysByToken
	}
	return GenesysByClient
}

func oktaWays(_ context.Context, env *Env, _ string) ([]Option, error) {
	ways := []Option{
		{Value: OktaByToken, Label: "API token", Note: "made in a minute, revoked at the end"},
		{Value: OktaByDevice, Label: "Browser", Note: "through a native app that an admin prepared"},
		{Value: OktaByKey, Label: "Service app", Note: "with its private key"},
		{Value: OktaByHand, Label: "By hand", Note: "you set Okta up in its console"},
	}
	if env == nil || env.Files.Okta != "" {
		ways = append(ways, Option{Value: OktaByFile, Label: "What ~/.okta/okta.yaml holds", Note: "read only now"})
	}
	return ways, nil
}

func genesysWays(_ context.Context, env *Env, _ string) ([]Option, error) {
	ways := []Option{
		{Value: GenesysByClient, Label: "Client credentials", Note: "an OAuth client of its own"},
		{Value: GenesysByBrowser, Label: "Browser", Note: "as yourself, by an OAuth client with PKCE"},
		{Value: GenesysByToken, Label: "Access token", Note: "one that you have"},
	}
	if env == nil || env.Files.GC != "" {
		ways = append(ways, Option{Value: GenesysByProfile, Label: "A profile of the gc tool", Note: "~/.gc/config.toml, read only now"})
	}
	return ways, nil
}

func profileOptions(_ context.Context, env *Env, _ string) ([]Option, error) {
	if env == nil || env.Files.GC == "" {
		return nil, nil
	}
	profiles, err := genesys.ConfigFile(env.Files.GC)
	if err != nil {
		return nil, unreadable(GenesysSignIn, "~/.gc/config.toml", err)
	}
	var out []Option
	for _, p := range profiles {
		out = append(out, Option{Value: p.Name, Label: p.Name, Note: p.Region})
	}
	return out, nil
}

// oktaLogin is how the answers sign in to Okta.
func (e *Env) oktaLogin() (OktaLogin, error) {
	a := e.Answers
	login := OktaLogin{
		Way: a.Value(OktaSignIn), Token: a.Secret(OktaToken),
		ClientID: a.Value(OktaClientID), KeyID: a.Value(OktaKeyID), Key: a.Secret(OktaKey),
	}
	if login.Way != OktaByFile {
		return login, nil
	}
	if e.Files.Okta == "" {
		return login, unreadable(OktaSignIn, "~/.okta/okta.yaml", fs.ErrNotExist)
	}
	file, err := signin.ConfigFile(e.Files.Okta)
	switch {
	case err != nil:
		return login, unreadable(OktaSignIn, "~/.okta/okta.yaml", err)
	case file.OrgURL != "" && hostOf(file.OrgURL) != hostOf(a.Value(OktaOrg)):
		return login, &Error{
			Class: ClassUsage, Question: OktaSignIn,
			Problem: "~/.okta/okta.yaml is about " + hostOf(file.OrgURL) + ", not about " + hostOf(a.Value(OktaOrg)) + ".",
			Fix:     "Change the Okta org, or sign in another way.",
		}
	case !file.Token.Empty():
		return OktaLogin{Way: OktaByToken, Token: file.Token}, nil
	case file.Key.Empty():
		why := errors.New("it holds neither a token nor a private key")
		if file.KeyFile != "" {
			why = errors.New("it keeps the private key in a file of its own")
		}
		return login, unreadable(OktaSignIn, "~/.okta/okta.yaml", why)
	default:
		return OktaLogin{Way: OktaByKey, ClientID: file.ClientID, KeyID: file.KeyID, Key: file.Key}, nil
	}
}

// genesysLogin is how the answers sign in to Genesys Cloud.
func (e *Env) genesysLogin() (GenesysLogin, error) {
	a := e.Answers
	login := GenesysLogin{
		Way: a.Value(GenesysSignIn), ClientID: a.Value(GenesysClientID),
		Secret: a.Secret(GenesysClientSecret), Token: a.Secret(GenesysAccessToken), Port: a.Value(CallbackPort),
	}
	if login.Way != GenesysByProfile {
		return login, nil
	}
	profiles, err := genesys.ConfigFile(e.Files.GC)
	if err != nil {
		return login, unreadable(GenesysSignIn, "~/.gc/config.toml", err)
	}
	for _, p := range profiles {
		switch {
		case p.Name != a.Value(GenesysProfile):
		case !p.AccessToken.Empty():
			return GenesysLogin{Way: GenesysByToken, Token: p.AccessToken}, nil
		default:
			return GenesysLogin{Way: GenesysByClient, ClientID: p.ClientID, Secret: p.ClientSecret}, nil
		}
	}
	return login, &Error{
		Class: ClassUsage, Question: GenesysProfile,
		Problem: "~/.gc/config.toml has no profile " + a.Value(GenesysProfile) + ".", Fix: "Choose one that it has, or sign in another way.",
	}
}

func unreadable(key Key, name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		err = errors.New("it is not there")
	}
	return &Error{Class: ClassUsage, Question: key, Problem: name + " cannot be used: " + Sentence(err.Error()), Fix: "Sign in another way.", Err: err}
}

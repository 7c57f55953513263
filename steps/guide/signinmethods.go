package guide

import (
	"strings"

	"msgsso-wizard/apiclient"
)

// Secret is a credential that lives in memory only.
type Secret = apiclient.Secret

// NewSecret wraps text.
func NewSecret(text string) Secret { return apiclient.NewSecret(text) }

// The methods to sign in to Okta (contract okta.md 3), the easiest first.
const (
	OktaByToken  = "token"
	OktaByFile   = "file"
	OktaByDevice = "device"
	OktaByKey    = "key"
	OktaManual   = "hand"
)

// The methods to sign in to Genesys Cloud (contract genesys.md 6).
const (
	GenesysByClient  = "client"
	GenesysByBrowser = "browser"
	GenesysByToken   = "access-token"
	GenesysByProfile = "profile"
)

// OktaLogin is how an Okta org is signed in to. Which members count follows from Method; none of them does for
// OktaManual.
type OktaLogin struct {
	Method   string
	Token    Secret // OktaByToken
	ClientID string // OktaByDevice, OktaByKey
	KeyID    string // OktaByKey; empty: the key says it
	Key      Secret // OktaByKey: PEM or JWK
	InFile   bool   // read from a file: no answer corrects it
}

// GenesysLogin is how a Genesys Cloud organization is signed in to.
type GenesysLogin struct {
	Method   string
	ClientID string // GenesysByClient, GenesysByBrowser
	Secret   Secret // GenesysByClient
	Token    Secret // GenesysByToken
	Port     string // GenesysByBrowser: where this computer is called back
}

// OktaIsManual reports whether Okta is set up in its console, without the wizard.
func OktaIsManual(a *Answers) bool { return a.Value(OktaSignIn) == OktaManual }

// OktaIsAutomated is its opposite.
func OktaIsAutomated(a *Answers) bool { return !OktaIsManual(a) }

var oktaMethods = []Option{
	{Value: OktaByToken, Label: "API token", Note: "quickest; can be revoked at the end"},
	{Value: OktaByDevice, Label: "Browser", Note: "through a native app that an admin prepared"},
	{Value: OktaByKey, Label: "Service app", Note: "with its private key"},
	{Value: OktaManual, Written: "manual", Label: "Manual setup", Note: "you set up Okta in its console"},
	{Value: OktaByFile, Label: "Settings in ~/.okta/okta.yaml", Note: "read once"},
}

var genesysMethods = []Option{
	{Value: GenesysByClient, Label: "Client credentials", Note: "a separate OAuth client"},
	{Value: GenesysByBrowser, Label: "Browser", Note: "your own account, with PKCE"},
	{Value: GenesysByToken, Label: "Access token", Note: "one that you already have"},
	{Value: GenesysByProfile, Label: "A profile of the gc tool", Note: "~/.gc/config.toml, read once"},
}

// likelyOktaMethod is the way for which there are credentials.
func likelyOktaMethod(a *Answers) string {
	if a.Secret(OktaToken).Empty() && !a.Secret(OktaKey).Empty() {
		return OktaByKey
	}
	return OktaByToken
}

// likelyGenesysMethod is the way for which there are credentials.
func likelyGenesysMethod(a *Answers) string {
	if a.Secret(GenesysClientSecret).Empty() && !a.Secret(GenesysAccessToken).Empty() {
		return GenesysByToken
	}
	return GenesysByClient
}

// secretNames are what users may call a secret, apart from its key and its variables.
var secretNames = map[string]Key{
	"okta-api-token": OktaToken, "api-token": OktaToken, "token": OktaToken, "ssws": OktaToken,
	"genesys-secret": GenesysClientSecret, "oauthclient-secret": GenesysClientSecret, "client-secret": GenesysClientSecret,
	"secret": GenesysClientSecret, "password": GenesysClientSecret,
	"okta-private-key": OktaKey, "private-key": OktaKey, "access-token": GenesysAccessToken,
}

// SecretNamed returns the question for a secret of that name, which flags and files don't take.
func SecretNamed(name string) (Question, bool) {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	if key, ok := secretNames[name]; ok {
		return QuestionFor(key)
	}
	for _, q := range questions {
		if q.Kind != Hidden {
			continue
		}
		for _, known := range append([]string{string(q.Key)}, q.Env...) {
			if name == strings.ReplaceAll(strings.ToLower(known), "_", "-") {
				return q, true
			}
		}
	}
	return Question{}, false
}

package steps

import "context"

// The ways to sign in to Okta (contract okta.md 3), the least trouble first.
const (
	OktaByToken  = "token"
	OktaByFile   = "file"
	OktaByDevice = "device"
	OktaByKey    = "key"
	OktaByHand   = "hand"
)

// The ways to sign in to Genesys Cloud (contract genesys.md 6).
const (
	GenesysByClient  = "client"
	GenesysByBrowser = "browser"
	GenesysByToken   = "access-token"
	GenesysByProfile = "profile"
)

// OktaLogin is how an Okta org is signed in to. Which members count follows from Way; none of them does for
// OktaByHand.
type OktaLogin struct {
	Way      string
	Token    Secret // OktaByToken
	ClientID string // OktaByDevice, OktaByKey
	KeyID    string // OktaByKey; empty: the key says it
	Key      Secret // OktaByKey: PEM or JWK
}

// GenesysLogin is how a Genesys Cloud organization is signed in to.
type GenesysLogin struct {
	Way      string
	ClientID string // GenesysByClient, GenesysByBrowser
	Secret   Secret // GenesysByClient
	Token    Secret // GenesysByToken
	Port     string // GenesysByBrowser: where this computer is called back
}

// Prompter shows a Prompt; Env.Prompt is one.
type Prompter func(ctx context.Context, p Prompt) (string, error)

// byHand reports whether Okta is set up in its console, without the wizard.
func byHand(a *Answers) bool { return a.Value(OktaSignIn) == OktaByHand }

// byWizard is its opposite.
func byWizard(a *Answers) bool { return !byHand(a) }

// answers is When for a question that arises only with one of the values of another.
func answers(key Key, values ...string) func(*Answers) bool {
	return func(a *Answers) bool {
		for _, v := range values {
			if a.Value(key) == v {
				return true
			}
		}
		return false
	}
}

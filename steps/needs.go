package steps

import "slices"

// Link is a vendor's page.
type Link struct{ Title, URL string }

// NeedID names something to have before the guide can be followed.
type NeedID string

// The needs, in the order in which they are looked at.
const (
	NeedOktaOrg     NeedID = "okta-org"
	NeedOktaRole    NeedID = "okta-role"
	NeedGenesysOrg  NeedID = "genesys-org"
	NeedOAuthClient NeedID = "oauth-client"
	NeedPermissions NeedID = "permissions"
	NeedPage        NeedID = "page"
)

// Need is something to have before the guide can be followed, with how to get it.
type Need struct {
	ID    NeedID
	Title string
	How   string
	URL   string
}

// Needs returns all needs, in order.
func Needs() []Need { return slices.Clone(needed) }

var needed = []Need{
	{
		NeedOktaOrg, "An Okta org", "Its address, such as acme.okta.com. If you have none, sign up for an org of your own.",
		"https://developer.okta.com/signup/",
	},
	{
		NeedOktaRole, "An Okta admin role",
		"Super admin; or App admin together with API Access Management admin and Org admin. An API token has the role of the admin who makes it (Security > API > Tokens).",
		"https://help.okta.com/en-us/content/topics/security/administrators-admin-comparison.htm",
	},
	{
		NeedGenesysOrg, "A Genesys Cloud organization",
		"With a licence that includes authenticated web messaging: CX 1 Digital Add-on II, CX 2, CX 3, or their digital forms.",
		"https://www.genesys.com/pricing",
	},
	{
		NeedOAuthClient, "An OAuth client there", "Admin > Integrations > OAuth > Add client, with the grant type Client Credentials.",
		"https://help.mypurecloud.com/articles/create-an-oauth-client/",
	},
	{
		NeedPermissions, "Its role's permissions",
		"integrations > integration, webDeployments > configuration and webDeployments > deployment: view, add, edit each; and architect > flow > view.",
		"https://help.mypurecloud.com/articles/about-roles-permissions/",
	},
	{
		NeedPage, "A page for the chat", "Its full address is the sign-in redirect URI. To try it out, one on your own computer will do.",
		"https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin",
	},
}

// NeedState says how a need stands.
type NeedState int

// The states.
const (
	NeedOpen   NeedState = iota // not known yet
	NeedMet                     // it is there
	NeedFailed                  // it is not, or not as it has to be
)

// Checked is a need and how it stands.
type Checked struct {
	Need
	State NeedState
	Said  string // in a few words: what is there, or why that is not known
	Fix   string // of a failed one: the next step
}

package guide

import "slices"

// Link is a vendor's page.
type Link struct{ Title, URL string }

// PrerequisiteID names something to have before the guide can be followed.
type PrerequisiteID string

// The prerequisites, in the order in which they are looked at.
const (
	PrerequisiteOktaOrg     PrerequisiteID = "okta-org"
	PrerequisiteOktaRole    PrerequisiteID = "okta-role"
	PrerequisiteGenesysOrg  PrerequisiteID = "genesys-org"
	PrerequisiteOAuthClient PrerequisiteID = "oauth-client"
	PrerequisitePermissions PrerequisiteID = "permissions"
	PrerequisitePage        PrerequisiteID = "page"
)

// Prerequisite is something to have before the guide can be followed, with how to get it.
type Prerequisite struct {
	ID    PrerequisiteID
	Title string
	How   string
	URL   string
}

// Prerequisites returns all of them, in order.
func Prerequisites() []Prerequisite { return slices.Clone(prerequisites) }

var prerequisites = []Prerequisite{
	{
		PrerequisiteOktaOrg, "An Okta org", "Its address, such as acme.okta.com. If you have none, sign up for an org of your own.",
		"https://developer.okta.com/signup/",
	},
	{
		PrerequisiteOktaRole, "An Okta admin role",
		"Super admin; or App admin together with API Access Management admin and Org admin. An API token has the role of the admin who makes it (Security > API > Tokens).",
		"https://help.okta.com/en-us/content/topics/security/administrators-admin-comparison.htm",
	},
	{
		PrerequisiteGenesysOrg, "A Genesys Cloud organization",
		"With a licence that includes authenticated web messaging: CX 1 Digital Add-on II, CX 2, CX 3, or their digital forms.",
		"https://www.genesys.com/pricing",
	},
	{
		PrerequisiteOAuthClient, "An OAuth client there", "Admin > Integrations > OAuth > Add client, with the grant type Client Credentials.",
		"https://help.mypurecloud.com/articles/create-an-oauth-client/",
	},
	{
		PrerequisitePermissions, "Its role's permissions",
		"integrations > integration, webDeployments > configuration and webDeployments > deployment: view, add, edit each; and architect > flow > view.",
		"https://help.mypurecloud.com/articles/about-roles-permissions/",
	},
	{
		PrerequisitePage, "A page for the chat", "Its full address is the sign-in redirect URI. To try it out, one on your own computer will do.",
		"https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin",
	},
}

// PrerequisiteState says how a prerequisite stands.
type PrerequisiteState int

// The states.
const (
	Open  PrerequisiteState = iota // not known yet
	Met                            // it is there
	Unmet                          // it is not, or not as it has to be
)

// Checked is a prerequisite and how it stands.
type Checked struct {
	Prerequisite
	State PrerequisiteState
	Said  string // in a few words: what is there, or why that is not known
	Fix   string // of a failed one: the next step
}

package guide

import "slices"

// Link is a vendor's page.
type Link struct{ Title, URL string }

// PrerequisiteID names something to have before the guide can be followed.
type PrerequisiteID string

// The prerequisites, in the order in which they are checked.
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

// Licenses are those with authenticated web messaging (contract genesys.md 5).
const Licenses = "CX 1 Digital Add-on II, CX 2, CX 2 Digital, CX 3, or CX 3 Digital"

// TokenCreators says which admins of Okta can create an API token (contract okta.md 3.1). Others can sign in by an app.
const TokenCreators = "Only super, org, group, group membership, and read-only admins can create API tokens."

var prerequisites = []Prerequisite{
	{
		PrerequisiteOktaOrg, "An Okta org", "Its URL, such as acme.okta.com. If you have none, sign up for your own org.",
		"https://developer.okta.com/signup/",
	},
	{
		PrerequisiteOktaRole, "An Okta admin role",
		"Super admin, or app admin + API Access Management admin + org admin. An API token has its creator's role (Security > API > Tokens). " + TokenCreators,
		"https://help.okta.com/en-us/content/topics/security/administrators-admin-comparison.htm",
	},
	{
		PrerequisiteGenesysOrg, "A Genesys Cloud organization",
		"With a license for web messaging: " + Licenses + ".",
		"https://www.genesys.com/pricing",
	},
	{
		PrerequisiteOAuthClient, "Genesys Cloud OAuth client", PathOAuth + ", then Add client, with the grant type Client Credentials.",
		"https://help.mypurecloud.com/articles/create-an-oauth-client/",
	},
	{
		PrerequisitePermissions, "Its permissions",
		"integrations:integration, webDeployments:configuration, and webDeployments:deployment, each with view, add, and edit (undo: also delete). And architect:flow:view.",
		"https://help.mypurecloud.com/articles/about-roles-permissions/",
	},
	{
		PrerequisitePage, "A page for the chat", "Its full URL is the sign-in redirect URI. For a test, use a page on your computer.",
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
	Said  string // in a few words: what exists, or why that is not known
	Fix   string // of a failed one: the next step
}

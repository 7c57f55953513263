package guide

// SectionID names a section of the guide.
type SectionID string

// The guide's sections, in its order.
const (
	SectionOkta          SectionID = "okta"
	SectionGenesys       SectionID = "genesys"
	SectionIntegration   SectionID = "integration"
	SectionConfiguration SectionID = "configuration"
	SectionDeployment    SectionID = "deployment"
	SectionSnippet       SectionID = "snippet"
)

// Section is one heading of the guide.
type Section struct {
	ID    SectionID
	Title string // the guide's own heading
	Short string // one word for the stepper
	Why   string // one sentence: what this section is for
	More  []string
	Place string // where an admin does the same by hand, in the console's own labels
	Docs  []Link // the vendors' own pages on it, the likeliest first
}

// Sections returns the guide's sections, in order.
func Sections() []Section { return sections }

// SectionsUpTo are the sections up to that one, in order.
func SectionsUpTo(id SectionID) []SectionID {
	var out []SectionID
	for _, s := range sections {
		if out = append(out, s.ID); s.ID == id {
			break
		}
	}
	return out
}

var messagingDoc = Link{"Genesys Cloud: get started with authenticated web messaging", "https://help.mypurecloud.com/articles/get-started-with-authenticated-web-messaging/"}

var sections = []Section{
	{
		ID: SectionOkta, Title: "Okta set-up", Short: "Okta",
		Why: "Okta must know your chat as an app before it signs anyone in to it.",
		More: []string{
			"An app integration of type OIDC, Web Application, gives Genesys Cloud a client id and a client secret. With them Genesys Cloud redeems the code that a visitor brings back from Okta's sign-in page.",
			"The sign-in redirect URI is the page where Messenger runs. Okta compares it letter by letter: a missing slash or a capital letter is another page.",
			"Only people who are assigned to the app can sign in. \"Everyone\" assigns Okta's own Everyone group, so that you can see and undo it.",
			"A trusted origin lets the page call Okta, which signing out needs.",
		},
		Place: "Applications > Applications > Create App Integration",
		Docs:  []Link{{"Okta: create an OIDC app integration", "https://help.okta.com/en-us/content/topics/apps/apps_app_integration_wizard_oidc.htm"}},
	},
	{
		ID: SectionGenesys, Title: "Configure Genesys Cloud", Short: "Genesys",
		Why: "The next three sections change your Genesys Cloud organization, so the wizard signs in to it.",
		More: []string{
			"The wizard uses an OAuth client with the Client Credentials grant. What it may do is decided by the roles of that client.",
			"The client needs the permissions integrations > integration > view, add, edit; webDeployments > configuration > view, add, edit; webDeployments > deployment > view, add, edit; and architect > flow > view.",
		},
		Place: "Admin > Integrations > OAuth > Add client",
		Docs: []Link{
			{"Genesys Cloud: create an OAuth client", "https://help.mypurecloud.com/articles/create-an-oauth-client/"},
			{"Genesys Cloud: roles and permissions", "https://help.mypurecloud.com/articles/about-roles-permissions/"},
		},
	},
	{
		ID: SectionIntegration, Title: "Integration", Short: "Integration",
		Why: "Genesys Cloud uses this to turn a visitor's Okta sign-in into a chat session.",
		More: []string{
			"OpenID Connect Messenger Configuration is an integration that stores the Discovery URI and the app's client credentials.",
			"The Discovery URI is where your Okta authorization server describes itself. The wizard fetches it and checks it before it is saved, because Genesys Cloud reports a wrong one only when a visitor fails to sign in.",
			"Okta's \"default\" authorization server refuses everyone until an access policy covers the app. The wizard adds one for this app alone.",
		},
		Place: "Admin > Integrations > + Integrations > OpenID Connect Messenger Configuration",
		Docs: []Link{
			messagingDoc,
			{"Okta: access policies", "https://developer.okta.com/docs/guides/configure-access-policy/main/"},
		},
	},
	{
		ID: SectionConfiguration, Title: "Messenger configuration", Short: "Configuration",
		Why: "The Messenger configuration decides how the chat looks and that visitors must sign in.",
		More: []string{
			"Switching authentication on changes a draft. Visitors see it only after the draft is published as a new version (\"Save New Version\").",
			"In a configuration that you already have, every other setting is kept as it is.",
		},
		Place: "Admin > Message > Messenger Configurations > Apps > Authentication",
		Docs:  []Link{messagingDoc},
	},
	{
		ID: SectionDeployment, Title: "Messenger deployment", Short: "Deployment",
		Why: "A deployment puts one published version of the configuration on your website.",
		More: []string{
			"A deployment pins the version of its configuration. After a new version is published, the deployment must be moved to it.",
			"Messenger starts only on the allowed domains: bare host names, without scheme and port.",
			"The inbound message flow decides where a visitor's messages go.",
		},
		Place: "Admin > Message > Messenger Deployments",
		Docs:  []Link{messagingDoc},
	},
	{
		ID: SectionSnippet, Title: "Snippet", Short: "Snippet",
		Why: "Paste it before </head> on the pages that show Messenger.",
		More: []string{
			"The snippet loads Messenger with your deployment. Paste it as it is: Genesys Cloud does not support changing its values.",
			"The snippet alone signs nobody in. The page also registers an AuthProvider plugin that sends the visitor to Okta and hands the code to Messenger.",
		},
		Place: "Admin > Message > Messenger Deployments > your deployment > Deploy your snippet",
		Docs: []Link{
			{"Genesys Cloud: the AuthProvider plugin", "https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin"},
			messagingDoc,
		},
	},
}

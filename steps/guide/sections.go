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
	ID          SectionID
	Title       string // the guide's own heading
	Short       string // for the stepper; where there is little room, its first word
	Why         string // one sentence: what this section is for
	More        []string
	ConsolePath string // where an admin does the same manually, in the console's own labels
	Docs        []Link // the vendors' own pages on it, the likeliest first
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
		ID: SectionOkta, Title: "Okta setup", Short: "Okta",
		Why: "Register your chat with Okta so that visitors can sign in.",
		More: []string{
			"An app integration of type OIDC, Web Application, gives Genesys Cloud a client ID and a client secret. Genesys Cloud uses them to redeem the authorization code that a visitor gets from Okta.",
			"The sign-in redirect URI is the page with Messenger. Okta compares it exactly, including slashes and capital letters.",
			"Only users who are assigned to the app can sign in. \"Everyone\" assigns Okta's Everyone group, which you can see and undo.",
			"A trusted origin lets the page call Okta, which sign-out needs.",
		},
		ConsolePath: newApp,
		Docs:        []Link{{"Okta: create an OIDC app integration", "https://help.okta.com/en-us/content/topics/apps/apps_app_integration_wizard_oidc.htm"}},
	},
	{
		ID: SectionGenesys, Title: "Configure Genesys Cloud", Short: "Genesys Cloud",
		Why: "The next three sections change your Genesys Cloud organization, so the wizard signs in to it.",
		More: []string{
			"The wizard uses an OAuth client with the Client Credentials grant. The client's roles set its permissions.",
			"The client needs integrations:integration, webDeployments:configuration, and webDeployments:deployment, each with view, add, and edit. It also needs architect:flow:view. Undo also needs delete.",
		},
		ConsolePath: PathOAuth + ", then Add client",
		Docs: []Link{
			{"Genesys Cloud: create an OAuth client", "https://help.mypurecloud.com/articles/create-an-oauth-client/"},
			{"Genesys Cloud: roles and permissions", "https://help.mypurecloud.com/articles/about-roles-permissions/"},
		},
	},
	{
		ID: SectionIntegration, Title: "Integration", Short: "Integration",
		Why: "Lets Genesys Cloud verify your visitors with Okta.",
		More: []string{
			"OpenID Connect Messenger Configuration is an integration that stores the Discovery URI and the app's credential.",
			"The Discovery URI is the URL of your authorization server's discovery document. The wizard checks it before saving. Genesys Cloud reports a wrong one only when a visitor's sign-in fails.",
			"Okta's \"default\" authorization server refuses sign-in until an access policy covers the app. The wizard adds one for this app only.",
			"Agents see a visitor's name only if the ID token includes given_name and family_name. Okta leaves both out. To include them, the wizard sets both claims of the authorization server to Always.",
			"All apps of that authorization server then get both names, so the default is to keep Okta's setting. At the org authorization server, the wizard adds both claims to this app only.",
		},
		ConsolePath: PathIntegrations + ", then + Integrations > " + IntegrationTypeName,
		Docs: []Link{
			messagingDoc,
			{"Okta: access policies", "https://developer.okta.com/docs/guides/configure-access-policy/main/"},
		},
	},
	{
		ID: SectionConfiguration, Title: "Messenger configuration", Short: "Configuration",
		Why: "Sets how Messenger looks and requires visitors to sign in.",
		More: []string{
			"Enabling authentication changes a draft. Visitors see it only after the draft is published as a new version (Save New Version).",
			"An existing configuration keeps all other settings.",
		},
		ConsolePath: PathConfigurations + ", then the configuration > " + AuthenticationSwitch,
		Docs:        []Link{messagingDoc},
	},
	{
		ID: SectionDeployment, Title: "Messenger deployment", Short: "Deployment",
		Why: "A deployment puts one published version of the configuration on your website.",
		More: []string{
			"A deployment uses one version of its configuration. After you publish a new version, the deployment must be moved to it.",
			"Where pages are live, choose Try it first (Rollout): a test deployment uses the new version, and the live one stays until you go live.",
			"Messenger starts only on the allowed domains: bare host names, without scheme and port.",
			"The inbound message flow decides where a visitor's messages go.",
		},
		ConsolePath: PathDeployments,
		Docs:        []Link{messagingDoc},
	},
	{
		ID: SectionSnippet, Title: "Snippet", Short: "Snippet",
		Why: "Paste it before </head> on the pages that show Messenger.",
		More: []string{
			"The snippet loads Messenger with your deployment. Paste it as it is: Genesys Cloud doesn't support changing its values.",
			"Visitors can't sign in with the snippet alone. The page also needs an AuthProvider plugin, which sends visitors to Okta and passes the authorization code to Messenger.",
		},
		ConsolePath: snippetPath,
		Docs: []Link{
			{"Genesys Cloud: the AuthProvider plugin", "https://developer.genesys.cloud/commdigital/digital/webmessaging/messengersdk/SDKCommandsEvents/authProviderPlugin"},
			messagingDoc,
		},
	},
}

package steps

// The questions' keys.
const (
	OktaOrg             Key = "okta-org"
	OktaToken           Key = "okta-token"
	AppName             Key = "app-name"
	GrantTypes          Key = "grant-type"
	RedirectURIs        Key = "redirect-uri"
	LogoutURIs          Key = "logout-uri"
	Assign              Key = "assign"
	AssignGroups        Key = "group"
	GenesysRegion       Key = "genesys-region"
	GenesysClientID     Key = "genesys-client-id"
	GenesysClientSecret Key = "genesys-client-secret"
	IntegrationName     Key = "integration-name"
	DiscoveryURI        Key = "discovery-uri"
	MessengerConfig     Key = "messenger-config"
	DeploymentName      Key = "deployment"
	AllowedDomains      Key = "allowed-domain"
	MessageFlow         Key = "flow"
	SnippetFile         Key = "snippet-file"
)

// The ways to assign people to the app.
const (
	AssignEveryone = "everyone"
	AssignSelected = "groups"
	AssignSkip     = "skip"
)

// questions is the one table of all that is asked. It is filled by init because defaults that derive from
// other answers look questions up in it.
var questions []Question

func questionTable() []Question {
	return []Question{
		{
			Key: OktaOrg, Section: SectionOkta, Label: "Okta org", Flag: "okta-org", Env: []string{"OKTA_CLIENT_ORGURL"}, Needed: true,
			Help: "The address of your Okta org, such as acme.okta.com. The -admin address works too.", Parse: parseOrg,
		},
		{
			Key: OktaToken, Section: SectionOkta, Label: "API token", Kind: Hidden, Env: []string{"OKTA_CLIENT_TOKEN", "OKTA_API_TOKEN"}, Needed: true,
			Help: "Okta admin console > Security > API > Tokens > Create token. It is kept in memory only.",
		},
		{
			Key: AppName, Section: SectionOkta, Label: "App integration name", Flag: "app-name", Default: "Genesys Cloud Messenger",
			Help: "How the app is listed in Okta, 1 to 100 characters.", Parse: parseAppName,
		},
		{
			Key: GrantTypes, Section: SectionOkta, Label: "Grant types", Kind: Choices, Flag: "grant-type", Default: "authorization_code, refresh_token",
			Help:    "Authorization Code is always in. Refresh Token lets a visitor stay signed in for longer than an hour.",
			Options: fixed(Option{Value: "authorization_code", Label: "Authorization Code", Note: "always in"}, Option{Value: "refresh_token", Label: "Refresh Token", Note: "stay signed in"}),
			Parse:   oneOf("grant type", "authorization_code", "refresh_token"),
		},
		{
			Key: RedirectURIs, Section: SectionOkta, Label: "Sign-in redirect URIs", Kind: List, Flag: "redirect-uri", Default: "http://localhost:8080/",
			Help: "The full address of each page where Messenger runs. Okta compares it exactly: a slash and a capital letter count.", Parse: parseRedirectURI,
		},
		{
			Key: LogoutURIs, Section: SectionOkta, Label: "Sign-out redirect URIs", Kind: List, Flag: "logout-uri",
			Else: "the sign-in redirect URIs", Help: "Where visitors come back after signing out.", Parse: parseRedirectURI,
			Derive: func(a *Answers) string {
				q, _ := QuestionFor(RedirectURIs)
				return q.Join(a.Get(RedirectURIs).Values)
			},
		},
		{
			Key: Assign, Section: SectionOkta, Label: "Assignment", Kind: Choice, Flag: "assign", Default: AssignEveryone,
			Help: "Who may sign in to the chat? Only people assigned to the app can.",
			Options: fixed(
				Option{Value: AssignEveryone, Label: "Everyone in the org", Note: "Okta's own Everyone group"},
				Option{Value: AssignSelected, Label: "Selected groups"},
				Option{Value: AssignSkip, Label: "Nobody yet", Note: "sign-in fails until you assign someone"},
			),
			Parse: oneOf("assignment", AssignEveryone, AssignSelected, AssignSkip),
		},
		{
			Key: AssignGroups, Section: SectionOkta, Label: "Groups", Kind: PickMany, Flag: "group", Needed: true,
			Else: "needed with --assign groups", Help: "The groups whose people may sign in, by name or id.", Options: groupOptions,
			When: func(a *Answers) bool { return a.Value(Assign) == AssignSelected },
		},
		{
			Key: GenesysRegion, Section: SectionGenesys, Label: "Region", Flag: "genesys-region", Env: []string{"GENESYSCLOUD_REGION"}, Needed: true,
			Help: "Where your organization lives: mypurecloud.de, eu-central-1, Frankfurt, or any address of it.", Parse: parseRegion,
		},
		{
			Key: GenesysClientID, Section: SectionGenesys, Label: "OAuth client id", Env: []string{"GENESYSCLOUD_OAUTHCLIENT_ID"}, Needed: true,
			Help: "Admin > Integrations > OAuth > a client with the Client Credentials grant.", Parse: parseWord("client id"),
		},
		{
			Key: GenesysClientSecret, Section: SectionGenesys, Label: "OAuth client secret", Kind: Hidden, Env: []string{"GENESYSCLOUD_OAUTHCLIENT_SECRET"}, Needed: true,
			Help: "Shown beside the client id. It is kept in memory only.",
		},
		{
			Key: IntegrationName, Section: SectionIntegration, Label: "Name", Flag: "integration-name", Default: "Messenger SSO (Okta)",
			Help: "How the integration is listed in Genesys Cloud.", Parse: parseName("integration name"),
		},
		{
			Key: DiscoveryURI, Section: SectionIntegration, Label: "Discovery URI", Flag: "discovery-uri",
			Else: "found in the org", Help: "Where the Okta authorization server describes itself. Found in your org; change it to use another server.", Parse: parseDiscoveryURI,
		},
		{
			Key: MessengerConfig, Section: SectionConfiguration, Label: "Configuration", Kind: Pick, Flag: "messenger-config", Default: "Web SSO Messenger",
			Help: "A new configuration, or one you have, by name or id. One you have keeps every other setting.", Options: configurationOptions, Parse: parseName("configuration name"),
		},
		{
			Key: DeploymentName, Section: SectionDeployment, Label: "Deployment", Kind: Pick, Flag: "deployment", Default: "Web SSO",
			Help: "A new deployment, or one you have, by name or id.", Options: deploymentOptions, Parse: parseName("deployment name"),
		},
		{
			Key: AllowedDomains, Section: SectionDeployment, Label: "Allowed domains", Kind: List, Flag: "allowed-domain",
			Else: "the hosts of the redirect URIs", Help: "The hosts on which Messenger starts, without scheme and port. example.com allows www.example.com too.", Parse: parseDomain,
			Derive: func(a *Answers) string { return redirectHosts(a.Get(RedirectURIs).Values) },
		},
		{
			Key: MessageFlow, Section: SectionDeployment, Label: "Inbound message flow", Kind: Pick, Flag: "flow",
			Else: "the only published one", Help: "The published flow that receives the visitors' messages, by name or id; none: messages reach nobody yet.", Options: flowOptions, Parse: parseName("flow name"),
		},
		{
			Key: SnippetFile, Section: SectionSnippet, Label: "Save to", Flag: "snippet-file",
			Else: "not saved", Help: "A file to save the snippet to; never over an existing one without asking.",
		},
	}
}

func init() {
	questions = questionTable()
	for i, q := range questions {
		if q.Flag != "" {
			questions[i].Env = append(q.Env, "MSGSSO_"+envName(q.Flag))
		}
	}
}

package guide

import "msgsso-wizard/apiclient/genesys"

// genesysQuestions are those of the section Configure Genesys Cloud.
func genesysQuestions() []Question {
	return []Question{
		{
			Key: GenesysRegion, Section: SectionGenesys, Label: "Region", Flag: "genesys-region", Env: []string{"GENESYSCLOUD_REGION"}, Needed: true,
			Example: "mypurecloud.de",
			Help:    "Your organization's region: mypurecloud.de, eu-central-1, Frankfurt, or any URL of it.", Parse: parseRegion,
		},
		{
			Key: ConfirmRegion, Section: SectionGenesys, Label: "Confirm the region", Flag: "confirm-genesys-region", Needed: true,
			Else: "needed with an unlisted region", Example: "mypurecloud.de",
			Help: "The region again, if it isn't a listed one. Only then are your credentials sent there.", Parse: parseRegion, When: unknownHost(GenesysRegion),
		},
		{
			Key: GenesysSignIn, Section: SectionGenesys, Label: "Sign-in method", Kind: Choice, Flag: "genesys-sign-in", Derive: likelyGenesysMethod, Else: "client, or access-token if one is set",
			Help:  "How the wizard signs in to Genesys Cloud. Client credentials run unattended. Browser uses your own account.",
			Fixed: genesysMethods, Source: ListGenesysMethods, Parse: oneOf("sign-in method", genesysMethods),
		},
		{
			Key: GenesysProfile, Section: SectionGenesys, Label: "Profile", Kind: Choice, Flag: "genesys-profile", Needed: true, Else: "needed with profile",
			Help: "One of the profiles of the gc command line tool.", Source: ListProfiles, When: answers(GenesysSignIn, GenesysByProfile),
		},
		{
			Key: GenesysClientID, Section: SectionGenesys, Label: "OAuth client ID", Env: []string{"GENESYSCLOUD_OAUTHCLIENT_ID"}, Needed: true, Else: "needed with client and browser",
			Example: "c0ffee00-1111-4222-8333-444455556666",
			Help:    PathOAuth + ": a client with the Client Credentials grant; for the browser, Code Authorization / PKCE.",
			Parse:   parseWord("client ID"), When: answers(GenesysSignIn, GenesysByClient, GenesysByBrowser),
		},
		{
			Key: GenesysClientSecret, Section: SectionGenesys, Label: "OAuth client secret", Kind: Hidden, Env: []string{"GENESYSCLOUD_OAUTHCLIENT_SECRET"}, Needed: true, Else: "needed with client",
			Help: "Shown next to the client ID. It is kept in memory only.", When: answers(GenesysSignIn, GenesysByClient),
		},
		{
			Key: GenesysAccessToken, Section: SectionGenesys, Label: "Access token", Kind: Hidden, Scheme: "Bearer", Env: []string{"GENESYSCLOUD_ACCESS_TOKEN"}, Needed: true, Else: "needed with access-token",
			Help: "A token that you already have. It is kept in memory only.", When: answers(GenesysSignIn, GenesysByToken),
		},
		{
			Key: CallbackPort, Section: SectionGenesys, Label: "Callback port", Flag: "callback-port", Default: "8085",
			Help:  "Where the browser returns. Register http://localhost:8085/callback in the OAuth client, with this port.",
			Parse: parsePort, When: answers(GenesysSignIn, GenesysByBrowser),
		},
		{
			Key: ManualSections, Section: SectionGenesys, Label: "Manual setup", Kind: Choices, Flag: "manual", Else: "none",
			Help:  "Sections that you set up in the console. The wizard uses what you choose there as it is.",
			Fixed: manualSections, Parse: oneOf("section", manualSections),
			When: func(a *Answers) bool { return a.Get(ManualSections).Given },
		},
	}
}

// Regions are the places where Genesys Cloud runs, as the question after the region takes them.
func Regions() []Option {
	var options []Option
	for _, r := range genesys.Regions() {
		options = append(options, Option{Value: r.Domain, Label: r.Location})
	}
	return options
}

// integrationQuestions are those of the section Integration. The learned ones have their options from the organization.
func integrationQuestions() []Question {
	return []Question{
		{
			Key: IntegrationName, Section: SectionIntegration, Label: "Integration", Kind: Pick, Typed: "new name", Flag: "integration-name", Default: "Messenger SSO (Okta)",
			Help: "Name of a new integration, or ID of an existing one, or its URL in the console.", Source: ListIntegrations, Parse: parseIntegration,
		},
		{
			Key: DiscoveryURI, Section: SectionIntegration, Label: "Discovery URI", Kind: Pick, Flag: "discovery-uri", Empty: "Automatic", Typed: "address",
			Else: "found in the org", Help: "Discovery URI of your Okta authorization server. By default, the one found in your org.", Source: ListAuthServers, Parse: parseDiscoveryURI,
		},
		{
			Key: VisitorNames, Section: SectionIntegration, Label: "Visitor names", Kind: Choice, Flag: "visitor-names", Default: NamesKeep,
			Help:  "Agents see a name only if ID tokens include given_name and family_name. At a custom authorization server, include affects all its apps.",
			Fixed: visitorNames, Parse: oneOf("choice", visitorNames), When: OktaIsAutomated,
		},
		{
			Key: IntegrationType, Section: SectionIntegration, Label: "Integration type", Kind: Pick, Flag: "integration-type", Typed: "ID or console URL", Learned: true, Needed: true,
			Else: "found in the organization", Parse: parseIntegrationType,
			Help: "ID of the type for Messenger sign-in, or the URL of such an integration in the console.",
		},
		{
			Key: DiscoveryProperty, Section: SectionIntegration, Label: "Property for the Discovery URI", Kind: Choice, Flag: "discovery-property", Learned: true, Needed: true,
			Else: "found in the organization", Help: "The type's property that takes the Discovery URI.",
		},
		{
			Key: IntegrationProperty, Section: SectionIntegration, Label: "Property", Kind: Texts, Flag: "integration-property", Learned: true,
			Else: "needed if the type requires it", Example: "tier=gold", Parse: parsePair,
			Help: "NAME=VALUE of another property of the integration.",
		},
		{
			Key: CredentialKey, Section: SectionIntegration, Label: "Credential", Kind: Choice, Flag: "credential-key", Learned: true, Needed: true,
			Else: "found in the organization", Help: "The type's credential that takes the client ID and the client secret.",
		},
		{
			Key: ClientIDField, Section: SectionIntegration, Label: "Field for the client ID", Kind: Choice, Flag: "client-id-field", Learned: true, Needed: true,
			Else: "found in the organization", Help: "The credential's field that takes the client ID of the Okta app.",
		},
		{
			Key: ClientSecretField, Section: SectionIntegration, Label: "Field for the client secret", Kind: Choice, Flag: "client-secret-field", Learned: true, Needed: true,
			Else: "found in the organization", Help: "The credential's field that takes the client secret of the Okta app.",
		},
		{
			Key: CredentialFields, Section: SectionIntegration, Label: "Credential fields", Kind: Hidden, Lines: true, Env: []string{"MSGSSO_CREDENTIAL_FIELDS"}, Learned: true,
			Else: "needed if the credential requires more", Help: "NAME=VALUE of other fields of the credential, one on a line. They are kept in memory only.",
		},
	}
}

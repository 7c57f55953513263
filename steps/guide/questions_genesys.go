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

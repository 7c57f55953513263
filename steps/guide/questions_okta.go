package guide

// oktaQuestions are those of the section Okta setup.
func oktaQuestions() []Question {
	return []Question{
		{
			Key: OktaOrg, Section: SectionOkta, Label: "Okta org", Flag: "okta-org", Env: []string{"OKTA_CLIENT_ORGURL"}, Needed: true,
			Example: "acme.okta.com",
			Help:    "The URL of your Okta org, such as acme.okta.com. The -admin URL works too.", Parse: parseOrg,
		},
		{
			Key: ConfirmOrg, Section: SectionOkta, Label: "Confirm the org", Flag: "confirm-okta-org", Needed: true,
			Else: "needed with a custom domain", Example: "login.example.com",
			Help: "The org again, if its host isn't one of Okta's. Only then are your credentials sent there.", Parse: parseOrg, When: unknownHost(OktaOrg),
		},
		{
			Key: OktaSignIn, Section: SectionOkta, Label: "Sign-in method", Kind: Choice, Flag: "okta-sign-in", Derive: likelyOktaMethod, Else: "token, or key if one is set",
			Help:  "How the wizard signs in to Okta. An API token is quickest. A token that you type can be revoked at the end.",
			Fixed: oktaMethods, Source: ListOktaMethods, Parse: oneOf("sign-in method", oktaMethods),
		},
		{
			Key: OktaToken, Section: SectionOkta, Label: "API token", Kind: Hidden, Scheme: "SSWS", Env: []string{"OKTA_CLIENT_TOKEN", "OKTA_API_TOKEN"}, Needed: true, Else: "needed with token",
			Help: "Okta admin console > Security > API > Tokens > Create token. App admins can't create one. It is kept in memory only.", When: answers(OktaSignIn, OktaByToken),
		},
		{
			Key: OktaClientID, Section: SectionOkta, Label: "Client ID", Flag: "okta-client-id", Env: []string{"OKTA_CLIENT_CLIENTID"}, Needed: true, Else: "needed with device and key",
			Example: "0oa1b2c3d4E5f6G7h8i9",
			Help:    "Client ID of the app that an admin prepared: a native app with the Device Authorization grant, or an API service app.",
			Parse:   parseWord("client ID"), When: answers(OktaSignIn, OktaByDevice, OktaByKey),
		},
		{
			Key: OktaKey, Section: SectionOkta, Label: "Private key", Kind: Hidden, Lines: true, Env: []string{"OKTA_CLIENT_PRIVATEKEY"}, Needed: true, Else: "needed with key",
			Help: "The service app's private key, as PEM or JWK. It is kept in memory only.", When: answers(OktaSignIn, OktaByKey),
		},
		{
			Key: OktaKeyID, Section: SectionOkta, Label: "Key ID", Flag: "okta-key-id", Env: []string{"OKTA_CLIENT_PRIVATEKEYID"}, Else: "the one in the key",
			Help: "ID of the service app's key, as Okta lists it.", Parse: parseWord("key ID"), When: answers(OktaSignIn, OktaByKey),
		},
		{
			Key: AppName, Section: SectionOkta, Label: "App integration name", Kind: Pick, Typed: "new name", Flag: "app-name", Default: "Genesys Cloud Messenger",
			Help: "Name of a new app (1-100 characters), or ID of an existing one.", Source: ListApps, Parse: parseAppName,
		},
		{
			Key: GrantTypes, Section: SectionOkta, Label: "Grant types", Kind: Choices, Flag: "grant-type", Default: "authorization_code, refresh_token",
			Help:  "Authorization Code is required. Refresh Token keeps visitors signed in for more than an hour.",
			Fixed: grantTypes, Parse: oneOf("grant type", grantTypes),
		},
		{
			Key: RedirectURIs, Section: SectionOkta, Label: "Sign-in redirect URIs", Kind: List, Flag: "redirect-uri", Default: "http://localhost:8080/",
			Example: "https://www.example.com/support",
			Help:    "The full URL of each page with Messenger. Okta compares it exactly, including slashes and capital letters.", Parse: parseRedirectURI,
		},
		{
			Key: LogoutURIs, Section: SectionOkta, Label: "Sign-out redirect URIs", Kind: List, Flag: "logout-uri",
			Example: "https://www.example.com/",
			Else:    "the sign-in redirect URIs", Help: "Where visitors return after signing out.", Parse: parseRedirectURI,
			Derive: func(a *Answers) string {
				q, _ := QuestionFor(RedirectURIs)
				return q.Join(a.Get(RedirectURIs).Values)
			},
		},
		{
			Key: Assign, Section: SectionOkta, Label: "Assignment", Kind: Choice, Flag: "assign", Derive: likelyAssignment, Else: "everyone, or the groups set; an existing app keeps its assignments",
			Help:  "Who can sign in to the chat? Only users assigned to the app can.",
			Fixed: assignments, Parse: oneOf("assignment", assignments),
		},
		{
			Key: AssignGroups, Section: SectionOkta, Label: "Groups", Kind: PickMany, Typed: "name or ID", Flag: "group", Needed: true,
			Else: "needed with groups", Help: "The groups that can sign in, by name or ID.", Source: ListGroups,
			When: func(a *Answers) bool { return a.Value(Assign) == AssignSelected && OktaIsAutomated(a) },
		},
		{
			Key: ManualClientID, Section: SectionOkta, Label: "App's client ID", Flag: "app-client-id", Needed: true, Else: "needed with manual",
			Help: "Client ID of the app integration from manual setup.", Parse: parseWord("client ID"), When: OktaIsManual,
		},
		{
			Key: ManualClientSecret, Section: SectionOkta, Label: "App's client secret", Kind: Hidden, Env: []string{"MSGSSO_APP_CLIENT_SECRET"}, Needed: true, Else: "needed with manual",
			Help: "Shown next to the client ID. It is kept in memory only.", When: OktaIsManual,
		},
	}
}

var grantTypes = []Option{
	{Value: "authorization_code", Label: "Authorization Code", Note: "required", Locked: true},
	{Value: "refresh_token", Label: "Refresh Token", Note: "keeps visitors signed in"},
}

var assignments = []Option{
	{Value: AssignEveryone, Label: "Everyone in the org", Note: "Okta's Everyone group"},
	{Value: AssignSelected, Label: "Selected groups"},
	{Value: AssignSkip, Label: "Skip for now", Note: "sign-in fails until you assign users"},
}

// likelyAssignment is everyone, unless groups were named.
func likelyAssignment(a *Answers) string {
	if len(a.Get(AssignGroups).Values) > 0 {
		return AssignSelected
	}
	return AssignEveryone
}

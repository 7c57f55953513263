package guide

// oktaQuestions are those of the section Okta set-up.
func oktaQuestions() []Question {
	return []Question{
		{
			Key: OktaOrg, Section: SectionOkta, Label: "Okta org", Flag: "okta-org", Env: []string{"OKTA_CLIENT_ORGURL"}, Needed: true,
			Help: "The address of your Okta org, such as acme.okta.com. The -admin address works too.", Parse: parseOrg,
		},
		{
			Key: OktaSignIn, Section: SectionOkta, Label: "Sign in by", Kind: Choice, Flag: "okta-sign-in", Derive: likelyOktaMethod, Else: "token; key where one is given",
			Help:  "How the wizard signs in to Okta. An API token is the least trouble: made in a minute, and revoked at the end.",
			Fixed: oktaMethods, Source: ListOktaMethods, Parse: oneOf("way to sign in", OktaByToken, OktaByFile, OktaByDevice, OktaByKey, OktaManual),
		},
		{
			Key: OktaToken, Section: SectionOkta, Label: "API token", Kind: Hidden, Env: []string{"OKTA_CLIENT_TOKEN", "OKTA_API_TOKEN"}, Needed: true, Else: "needed with token",
			Help: "Okta admin console > Security > API > Tokens > Create token. It is kept in memory only.", When: answers(OktaSignIn, OktaByToken),
		},
		{
			Key: OktaClientID, Section: SectionOkta, Label: "Client id", Flag: "okta-client-id", Env: []string{"OKTA_CLIENT_CLIENTID"}, Needed: true, Else: "needed with device and key",
			Help:  "Of the app that an admin prepared: a native app with the Device Authorization grant, or an API service app.",
			Parse: parseWord("client id"), When: answers(OktaSignIn, OktaByDevice, OktaByKey),
		},
		{
			Key: OktaKey, Section: SectionOkta, Label: "Private key", Kind: Hidden, Lines: true, Env: []string{"OKTA_CLIENT_PRIVATEKEY"}, Needed: true, Else: "needed with key",
			Help: "The service app's private key, as PEM or JWK. It is kept in memory only.", When: answers(OktaSignIn, OktaByKey),
		},
		{
			Key: OktaKeyID, Section: SectionOkta, Label: "Key id", Flag: "okta-key-id", Env: []string{"OKTA_CLIENT_PRIVATEKEYID"}, Else: "the one in the key",
			Help: "Which of the service app's keys it is, as Okta lists it.", Parse: parseWord("key id"), When: answers(OktaSignIn, OktaByKey),
		},
		{
			Key: AppName, Section: SectionOkta, Label: "App integration name", Kind: Pick, Flag: "app-name", Default: "Genesys Cloud Messenger",
			Help: "How a new app is listed in Okta, 1 to 100 characters; or the id of one you have.", Source: ListApps, Parse: parseAppName,
		},
		{
			Key: GrantTypes, Section: SectionOkta, Label: "Grant types", Kind: Choices, Flag: "grant-type", Default: "authorization_code, refresh_token",
			Help:  "Authorization Code is always in. Refresh Token lets a visitor stay signed in for longer than an hour.",
			Fixed: []Option{{Value: "authorization_code", Label: "Authorization Code", Note: "always in"}, {Value: "refresh_token", Label: "Refresh Token", Note: "stay signed in"}},
			Parse: oneOf("grant type", "authorization_code", "refresh_token"),
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
			Key: Assign, Section: SectionOkta, Label: "Assignment", Kind: Choice, Flag: "assign", Derive: likelyAssignment, Else: "everyone, or the groups that are given; an app that is there keeps its own",
			Help: "Who may sign in to the chat? Only people assigned to the app can.",
			Fixed: []Option{
				{Value: AssignEveryone, Label: "Everyone in the org", Note: "Okta's own Everyone group"},
				{Value: AssignSelected, Label: "Selected groups"},
				{Value: AssignSkip, Label: "Nobody yet", Note: "sign-in fails until you assign someone"},
			},
			Parse: oneOf("assignment", AssignEveryone, AssignSelected, AssignSkip),
		},
		{
			Key: AssignGroups, Section: SectionOkta, Label: "Groups", Kind: PickMany, Flag: "group", Needed: true,
			Else: "needed with --assign groups", Help: "The groups whose people may sign in, by name or id.", Source: ListGroups,
			When: func(a *Answers) bool { return a.Value(Assign) == AssignSelected && OktaIsAutomated(a) },
		},
		{
			Key: ManualClientID, Section: SectionOkta, Label: "App's client id", Flag: "app-client-id", Needed: true, Else: "needed with hand",
			Help: "Of the app integration that you made by hand.", Parse: parseWord("client id"), When: OktaIsManual,
		},
		{
			Key: ManualClientSecret, Section: SectionOkta, Label: "App's client secret", Kind: Hidden, Env: []string{"MSGSSO_APP_CLIENT_SECRET"}, Needed: true, Else: "needed with hand",
			Help: "Shown beside the client id. It is kept in memory only.", When: OktaIsManual,
		},
	}
}

// likelyAssignment is everyone, unless groups were named.
func likelyAssignment(a *Answers) string {
	if len(a.Get(AssignGroups).Values) > 0 {
		return AssignSelected
	}
	return AssignEveryone
}

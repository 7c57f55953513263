package guide

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

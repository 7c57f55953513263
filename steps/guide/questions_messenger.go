package guide

// messengerQuestions are those of the sections in which Messenger is set up.
func messengerQuestions() []Question {
	return []Question{
		{
			Key: IntegrationName, Section: SectionIntegration, Label: "Integration", Kind: Pick, Flag: "integration-name", Default: "Messenger SSO (Okta)",
			Help: "How a new integration is listed in Genesys Cloud; or the id of one you have.", Source: ListIntegrations, Parse: ParseName("integration name"),
		},
		{
			Key: DiscoveryURI, Section: SectionIntegration, Label: "Discovery URI", Kind: Pick, Flag: "discovery-uri",
			Else: "found in the org", Help: "Where the Okta authorization server describes itself. Found in your org; choose another server, or give its address.", Source: ListAuthServers, Parse: parseDiscoveryURI,
		},
		{
			Key: MessengerConfig, Section: SectionConfiguration, Label: "Configuration", Kind: Pick, Flag: "messenger-config", Default: "Web SSO Messenger",
			Help: "A new configuration, or one you have, by name or id. One you have keeps every other setting.", Source: ListConfigurations, Parse: ParseName("configuration name"),
		},
		{
			Key: DeploymentName, Section: SectionDeployment, Label: "Deployment", Kind: Pick, Flag: "deployment", Default: "Web SSO",
			Help: "A new deployment, or one you have, by name or id.", Source: ListDeployments, Parse: ParseName("deployment name"),
		},
		{
			Key: AllowedDomains, Section: SectionDeployment, Label: "Allowed domains", Kind: List, Flag: "allowed-domain",
			Else: "the hosts of the redirect URIs", Help: "The hosts on which Messenger starts, without scheme and port. example.com allows www.example.com too.", Parse: parseDomain,
			Derive: func(a *Answers) string { return Hosts(a.Get(RedirectURIs).Values) },
		},
		{
			Key: MessageFlow, Section: SectionDeployment, Label: "Inbound message flow", Kind: Pick, Flag: "flow",
			Else: "the only published one", Help: "The published flow that receives the visitors' messages, by name or id; with none they reach nobody yet.", Source: ListFlows, Parse: ParseName("flow name"),
		},
		{
			Key: SnippetFile, Section: SectionSnippet, Label: "Save to", Flag: "snippet-file",
			Else: "not saved", Help: "A file to save the snippet to; never over an existing one without asking.",
		},
	}
}

// NoFlow is the answer to MessageFlow of who has no flow yet.
const NoFlow = "none"

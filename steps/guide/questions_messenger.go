package guide

import "strings"

// messengerQuestions are those of the sections in which Messenger is set up.
func messengerQuestions() []Question {
	return []Question{
		{
			Key: MessengerConfig, Section: SectionConfiguration, Label: "Configuration", Kind: Pick, Typed: "new name", Flag: "messenger-config", Default: "Web SSO Messenger",
			Help: "Name of a new configuration, or name or ID of an existing one. An existing one keeps all other settings.", Source: ListConfigurations, Parse: parseName("configuration name"),
		},
		{
			Key: DeploymentName, Section: SectionDeployment, Label: "Deployment", Kind: Pick, Typed: "new name", Flag: "deployment", Default: "Web SSO",
			Help: "Name of a new deployment, or name or ID of an existing one.", Source: ListDeployments, Parse: parseName("deployment name"),
		},
		{
			Key: AllowedDomains, Section: SectionDeployment, Label: "Allowed domains", Kind: List, Flag: "allowed-domain",
			Example: "www.example.com",
			Else:    "the hosts of the redirect URIs", Help: "The hosts on which Messenger starts, without scheme and port. example.com also allows www.example.com.", Parse: parseDomain,
			Derive: func(a *Answers) string { return strings.Join(Hosts(a.Get(RedirectURIs).Values), " ") },
		},
		{
			Key: MessageFlow, Section: SectionDeployment, Label: "Inbound message flow", Kind: Pick, Flag: "flow", Empty: "Automatic", Typed: "another name",
			Else: "the only published one", Help: "The published flow that receives visitors' messages, by name or ID. Without one, messages aren't routed.", Source: ListFlows, Parse: parseName("flow name"),
		},
		{
			Key: Rollout, Section: SectionDeployment, Label: "Rollout", Kind: Choice, Flag: "rollout", Default: RolloutNow, Learned: true,
			Help:  "When a live deployment uses the new version. Try it first sets up a test deployment, and the live one keeps its version until you go live.",
			Fixed: rollouts, Parse: oneOf("choice", rollouts),
		},
		{
			Key: StagingHosts, Section: SectionDeployment, Label: "Staging hosts", Kind: List, Flag: "staging-host", Learned: true,
			Example: "staging.example.com", Else: "localhost only", Parse: parseDomain, When: answers(Rollout, RolloutTry),
			Help: "The hosts of your staging pages, without scheme and port, for the test deployment. It always allows localhost.",
		},
		{
			Key: SnippetFile, Section: SectionSnippet, Label: "Save to", Flag: "snippet-file",
			Else: "not saved", Help: "A file for the snippet. It never overwrites an existing file without asking.", Parse: parsePath,
		},
	}
}

// visitorNames begin with the default. Including the names at a custom authorization server changes what all its apps get,
// and personal data with it, so that an admin has to choose it.
var visitorNames = []Option{
	{Value: NamesKeep, Label: "Keep Okta's setting", Note: "agents may see no name"},
	{Value: NamesInclude, Label: "Include in ID tokens", Note: "for all apps of a custom server"},
}

// rollouts begin with the default, which is what unattended runs do.
var rollouts = []Option{
	{Value: RolloutNow, Label: "Go live at once"},
	{Value: RolloutTry, Label: "Try it first", Note: "live pages keep their version"},
}

// NoFlow is the answer to MessageFlow of who has no flow yet.
const NoFlow = "none"

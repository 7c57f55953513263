package signintest

import (
	"fmt"
	"strings"
)

// about fills in the places of the problem.
func (f fault) about(facts ...any) fault {
	f.problem = fmt.Sprintf(f.problem, facts...)
	return f
}

// What keeps Genesys Cloud from redeeming a code. The problems go on after "The fault is … :".
func authenticationOff(version, better string) fault {
	f := fault{
		side: SideGenesys, autoFix: FixPublish,
		problem: fmt.Sprintf("authentication is off in version %s of the configuration, which visitors get.", version),
		fix:     "Switch authentication on, save a new version, and choose that version in the deployment.",
	}
	if better != "" {
		f.problem = fmt.Sprintf("the deployment uses version %s of the configuration, in which authentication is off. It is on in version %s.", version, better)
		f.fix = "Choose version " + better + " in the deployment."
	}
	return f
}

var integrationGone = fault{
	side: SideGenesys, autoFix: FixPublish,
	problem: "the configuration names the integration %s, which is not there.",
	fix:     "Choose an existing integration in the configuration's authentication settings, and publish.",
}

func integrationInactive(name, state, detail string) fault {
	return fault{
		side: SideGenesys, autoFix: FixIntegration,
		problem: strings.TrimSpace(fmt.Sprintf("the integration %q is %s, not ACTIVE. %s", name, state, detail)),
		fix:     "Activate it (Admin > Integrations).",
	}
}

var otherDiscovery = fault{
	side: SideBetween, autoFix: FixDiscovery,
	problem: "the integration's Discovery URI is %s, and the page signs in at %s.",
	fix:     "Set the Discovery URI to the page's server. A code of one server is unknown to the other.",
}

var wrongSecret = fault{
	side: SideBetween, autoFix: FixCredential,
	problem: "most likely the client secret stored in the integration is not the app's any more.",
	fix:     "Send the credential to Genesys Cloud again, then test again.",
}

var otherApp = fault{
	side: SideBetween, autoFix: FixCredential,
	problem: "most likely the integration holds the credential of another app. Genesys Cloud came to Okta as client %s.",
	fix:     "Send the credential of the page's app to Genesys Cloud, or use that app on the page.",
}

var otherServer = fault{
	side: SideBetween, autoFix: FixDiscovery,
	problem: "most likely the integration's Discovery URI names another authorization server of this org than %s. That server does not know the code.",
	fix:     "Set the Discovery URI to the page's server.",
}

var refusedTokens = fault{
	side:    SideGenesys,
	problem: "Okta gave Genesys Cloud the tokens, and Genesys Cloud did not take them.",
	fix:     "Test again. If it stays, give Genesys Cloud's support the request's id.",
}

var neverAsked = fault{
	side: SideBetween, autoFix: FixDiscovery,
	problem: "Okta's System Log shows no request of Genesys Cloud. Most likely the integration's Discovery URI names another server; also possible: the integration is not active, or Okta writes late.",
	fix:     "Look at the integration's Discovery URI and state; doctor compares them.",
}

var nobodyLooked = fault{
	side: SideBetween, autoFix: FixCredential,
	problem: "most likely the client secret stored in the integration is not the app's any more; also possible: its Discovery URI names another server, or the integration is not active. Okta's System Log could not be read.",
	fix:     "Send the credential again and test again. Otherwise doctor compares both sides.",
}

var ownProblem = fault{
	side:    SideGenesys,
	problem: "it has a problem of its own (HTTP %d).",
	fix:     "Test again in a moment. If it stays, give Genesys Cloud's support the request's id.",
}

var noDeployment = fault{
	side:    SideGenesys,
	problem: "it does not know the deployment %s at %s.",
	fix:     "Compare the snippet's deploymentId and environment with the deployment (Admin > Message > Messenger Deployments).",
}

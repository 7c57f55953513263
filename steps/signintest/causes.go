package signintest

import (
	"cmp"
	"fmt"
	"strings"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/steps/guide"
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
		fix:     "Enable authentication, save a new version, and choose it in the deployment.",
	}
	if better != "" {
		f.problem = fmt.Sprintf("the deployment uses version %s of the configuration, where authentication is off. It is on in version %s.", version, better)
		f.fix = "Choose version " + better + " in the deployment."
	}
	return f
}

var deploymentInactive = fault{
	side:    SideGenesys,
	problem: "the deployment %q is %s, not Active.",
	fix:     "Open it (" + guide.PathDeployments + "). If it is Pending, wait a minute.",
}

func domainNotAllowed(page string, allowed []string) fault {
	host := address.OriginOf(page).Host.String()
	return fault{
		side: SideGenesys, autoFix: FixDomains,
		problem: fmt.Sprintf("the deployment doesn't allow %s, where the test's page is. It allows %s.", host, cmp.Or(strings.Join(allowed, ", "), "no domain")),
		fix:     "Add the host to the deployment's allowed domains, without scheme and port (" + guide.PathDeployments + "). Or test with a redirect URI on an allowed domain.",
	}
}

var integrationGone = fault{
	side: SideGenesys, autoFix: FixPublish,
	problem: "the configuration names the integration %s, which doesn't exist.",
	fix:     "Choose an existing integration in the configuration's authentication settings, and publish.",
}

func integrationInactive(name, state, detail string) fault {
	return fault{
		side: SideGenesys, autoFix: FixIntegration,
		problem: strings.TrimSpace(fmt.Sprintf("the integration %q is %s, not ACTIVE. %s", name, state, detail)),
		fix:     "Activate it (" + guide.PathIntegrations + ").",
	}
}

var otherDiscovery = fault{
	side: SideBetween, autoFix: FixDiscovery,
	problem: "the integration's Discovery URI is %s, but the page signs in at %s.",
	fix:     "Set the Discovery URI to the page's server. A code from one server isn't valid at another.",
}

var noCredential = fault{
	side: SideGenesys, autoFix: FixCredential,
	problem: "the integration has no stored credential.",
	fix:     "Send the credential to Genesys Cloud, then test again.",
}

var oldCredential = fault{
	side: SideBetween, autoFix: FixCredential,
	problem: "the stored credential (%s) is older than every active client secret of the app (%s). The secret was rotated in Okta.",
	fix:     wrongSecret.fix,
}

// AuthMethodFix is what to do about an app that accepts another client authentication. Okta's console doesn't show the two
// kinds of client secret.
const AuthMethodFix = "Set the app's token_endpoint_auth_method to client_secret_basic with Okta's Apps API, or let the wizard do it."

var otherMethod = fault{
	side: SideOkta, autoFix: FixAuthMethod,
	problem: "The app accepts only the client authentication %s. The wizard uses client_secret_basic, and Genesys Cloud likely does, too.",
	fix:     AuthMethodFix,
}

var wrongSecret = fault{
	side: SideBetween, autoFix: FixCredential,
	problem: "the integration likely has an outdated client secret.",
	fix:     "Send the credential to Genesys Cloud again, then test again.",
}

var otherApp = fault{
	side: SideBetween, autoFix: FixCredential,
	problem: "the integration likely has the credential of another app. Genesys Cloud used client %s at Okta.",
	fix:     "Send the credential of the page's app to Genesys Cloud, or use the integration's app on the page.",
}

var otherServer = fault{
	side: SideBetween, autoFix: FixDiscovery,
	problem: "the integration's Discovery URI likely names another authorization server of this org than %s. That server doesn't know the code.",
	fix:     "Set the Discovery URI to the page's server.",
}

var outsideZones = fault{
	side:    SideBetween,
	problem: "the app accepts token requests from some network zones only. Genesys Cloud's address %s isn't in them.",
	fix:     "Add the addresses of Genesys Cloud to the zones (Security > Networks), or allow any zone (the app > General).",
}

var refusedTokens = fault{
	side:    SideGenesys,
	problem: "Okta issued tokens to Genesys Cloud, but Genesys Cloud rejected them.",
	fix:     "Test again. If the error stays, give the request ID to Genesys Cloud support.",
}

var neverAsked = fault{
	side: SideBetween, autoFix: FixDiscovery,
	problem: "Okta's System Log shows no request from Genesys Cloud. Likely cause: the Discovery URI names another server. The integration may also be inactive, or the log may be late.",
	fix:     "Check the integration's Discovery URI and status. Doctor compares them.",
}

var neverSearched = fault{
	side: SideBetween, autoFix: FixCredential,
	problem: "the integration likely has an outdated client secret. Its Discovery URI may also name another server, or it may be inactive. Okta's System Log couldn't be read.",
	fix:     "Send the credential again and test again. If the error stays, doctor compares both sides.",
}

// likelyCredential is what is left where all else is right. seen is what the System Log shows.
func likelyCredential(seen string) fault {
	return fault{
		side: SideBetween, autoFix: FixCredential,
		problem: "the integration likely has an outdated client secret, or the credential of another app. Its Discovery URI and status are right. " + seen,
		fix:     wrongSecret.fix,
	}
}

var ownProblem = fault{
	side:    SideGenesys,
	problem: "it failed (HTTP %d).",
	fix:     "Test again in a moment. If the error stays, give the request ID to Genesys Cloud support.",
}

var noDeployment = fault{
	side:    SideGenesys,
	problem: "it doesn't know the deployment %s at %s.",
	fix:     "Compare the snippet's deploymentId and environment with the deployment (" + guide.PathDeployments + ").",
}

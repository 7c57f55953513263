package signintest

import (
	"cmp"
	"fmt"
	"strings"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/steps/guide"
)

func cause(side Side, autoFix Fix, problem, fix string) fault {
	return fault{side: side, autoFix: autoFix, problem: problem, fix: fix}
}

// about fills in the places of the problem.
func (f fault) about(facts ...any) fault {
	f.problem = strings.TrimSpace(fmt.Sprintf(f.problem, facts...))
	return f
}

// AuthMethodFix is what to do about an app that accepts another client authentication. Okta's console doesn't show the two
// kinds of client secret.
const AuthMethodFix = "Set the app's token_endpoint_auth_method to client_secret_basic with Okta's Apps API, or let the wizard do it."

// What keeps Genesys Cloud from redeeming a code. The problems go on after "The error is … :".
var (
	signInOff = cause(SideGenesys, FixPublish,
		"authentication is off in version %s of the configuration, which visitors get.",
		"Enable authentication, save a new version, and choose it in the deployment.")
	deploymentInactive = cause(SideGenesys, "",
		"the deployment %q is %s, not Active.",
		"Open it ("+guide.PathDeployments+"). If it is Pending, wait a minute.")
	integrationGone = cause(SideGenesys, FixPublish,
		"the configuration names the integration %s, which doesn't exist.",
		"Choose an existing integration in the configuration's authentication settings, and publish.")
	integrationInactive = cause(SideGenesys, FixIntegration,
		"the integration %q is %s, not ACTIVE. %s",
		"Activate it ("+guide.PathIntegrations+").")
	otherDiscovery = cause(SideBetween, FixDiscovery,
		"the integration's Discovery URI is %s, but the page signs in at %s.",
		"Set the Discovery URI to the page's server. A code from one server isn't valid at another.")
	noCredential = cause(SideGenesys, FixCredential,
		"the integration has no stored credential.",
		"Send the credential to Genesys Cloud, then test again.")
	oldCredential = cause(SideBetween, FixCredential,
		"the stored credential (%s) is older than every active client secret of the app (%s). The secret was rotated in Okta.",
		wrongSecret.fix)
	otherMethod = cause(SideOkta, FixAuthMethod,
		"The app accepts only the client authentication %s. The wizard uses client_secret_basic, and Genesys Cloud likely does, too.",
		AuthMethodFix)
	wrongSecret = cause(SideBetween, FixCredential,
		"the integration likely has an outdated client secret.",
		"Send the credential to Genesys Cloud again, then test again.")
	otherApp = cause(SideBetween, FixCredential,
		"the integration likely has the credential of another app. Genesys Cloud used client %s at Okta.",
		"Send the credential of the page's app to Genesys Cloud, or use the integration's app on the page.")
	otherServer = cause(SideBetween, FixDiscovery,
		"the integration's Discovery URI likely names another authorization server of this org than %s. That server doesn't know the code.",
		"Set the Discovery URI to the page's server.")
	outsideZones = cause(SideBetween, "",
		"the app accepts token requests from some network zones only. Genesys Cloud's address %s isn't in them.",
		"Add the addresses of Genesys Cloud to the zones (Security > Networks), or allow any zone (the app > General).")
	refusedTokens = cause(SideGenesys, "",
		"Okta issued tokens to Genesys Cloud, but Genesys Cloud rejected them.",
		"Test again. If the error stays, give the request ID to Genesys Cloud support.")
	neverAsked = cause(SideBetween, FixDiscovery,
		"Okta's System Log shows no request from Genesys Cloud. Likely cause: the Discovery URI names another server. The integration may also be inactive, or the log may be late.",
		"Check the integration's Discovery URI and status. Doctor compares them.")
	neverSearched = cause(SideBetween, FixCredential,
		"the integration likely has an outdated client secret. Its Discovery URI may also name another server, or it may be inactive. Okta's System Log couldn't be read.",
		"Send the credential again and test again. If the error stays, doctor compares both sides.")
	likelyCredential = cause(SideBetween, FixCredential,
		"the integration likely has an outdated client secret, or the credential of another app. Its Discovery URI and status are right. %s",
		wrongSecret.fix)
	ownProblem = cause(SideGenesys, "",
		"it failed (HTTP %d).",
		"Test again in a moment. If the error stays, give the request ID to Genesys Cloud support.")
	noDeployment = cause(SideGenesys, "",
		"it doesn't know the deployment %s at %s.",
		"Compare the snippet's deploymentId and environment with the deployment ("+guide.PathDeployments+").")
)

// authenticationOff is of a deployment whose version has authentication off. better is a version that has it on; empty: none.
func authenticationOff(version, better string) fault {
	if better == "" {
		return signInOff.about(version)
	}
	return cause(SideGenesys, FixPublish,
		fmt.Sprintf("the deployment uses version %s of the configuration, where authentication is off. It is on in version %s.", version, better),
		"Choose version "+better+" in the deployment.")
}

func domainNotAllowed(page string, allowed []string) fault {
	return cause(SideGenesys, FixDomains,
		fmt.Sprintf("the deployment doesn't allow %s, where the test's page is. It allows %s.",
			address.OriginOf(page).Host, cmp.Or(strings.Join(allowed, ", "), "no domain")),
		"Add the host to the deployment's allowed domains, without scheme and port ("+guide.PathDeployments+"). Or test with a redirect URI on an allowed domain.")
}

package doctor

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/signintest"
)

// checkIntegration looks whether the integration that visitors are signed in with is there, and of the right type:
// Genesys Cloud does not check that (contract genesys.md 2.2).
func checkIntegration(s *seen) []Finding {
	const fix = "Choose an integration of the type " + guide.IntegrationTypeName + " in the configuration (Apps > Authentication), and save a new version."
	auth := s.pinned.value.Auth
	switch e := s.integration.err; {
	case s.pinned.value.SignsIn() && auth.IntegrationID == "":
		return fails("Authentication is on, but no integration is chosen.", "Genesys Cloud doesn't know where to verify visitors.", fix, signintest.FixPublish)
	case e != nil && apiclient.NotFound(e.Err):
		return fails(fmt.Sprintf("The configuration names the integration %s, which doesn't exist.", auth.IntegrationID), "Genesys Cloud doesn't know where to verify visitors.", fix, "")
	case s.integration.gap() != "":
		return skipped(s.integration.gap())
	case s.keys.err != nil && s.keys.err.Err == nil:
		return fails(fmt.Sprintf("The integration %q isn't of the type %s.", s.integration.value.Name, guide.IntegrationTypeName), "Genesys Cloud finds no Discovery URI and no credential in it.", fix, "")
	case !s.pinned.value.SignsIn():
		return fine("The integration %q would be used.", s.integration.value.Name)
	}
	return fine("Visitors are signed in with the integration %q.", s.integration.value.Name)
}

func checkState(s *seen) []Finding {
	i := s.integration.value
	if s.active() {
		return fine("The integration %q is Active.", i.Name)
	}
	what := fmt.Sprintf("The integration %q is %s, not Active.", i.Name, cmp.Or(i.State, "in an unknown status"))
	if i.StateDetail != "" {
		what += " Genesys Cloud says: " + explain.Sentence(i.StateDetail)
	}
	const why, fix = "Genesys Cloud can't redeem authorization codes.", "Set it to Active (" + guide.PathIntegrations + ")."
	if s.brokenSettings() {
		return fails(what, why, "Fix its settings first. "+fix, "") // that fix also activates it
	}
	return fails(what, why, fix, signintest.FixIntegration)
}

func (s *seen) active() bool {
	i := s.integration.value
	return i.State == "ACTIVE" && i.IntendedState != "DISABLED"
}

// brokenSettings reports whether a setting of the integration can be why it isn't active.
func (s *seen) brokenSettings() bool {
	return s.settings.known && s.keys.known && failed(append(checkDiscoveryURI(s), checkCredential(s)...))
}

// checkDiscoveryURI checks the address alone; the document has its own checks.
func checkDiscoveryURI(s *seen) []Finding {
	const why = "Genesys Cloud redeems codes at this URI's server. A code from another server isn't valid there."
	fix := "Set it to the Discovery URI of the page's authorization server (" + guide.PathIntegrations + ", then the integration > Configuration > Properties)."
	uri := s.discoveryURI()
	server, found := s.server()
	switch {
	case uri == "":
		return fails("The integration has no Discovery URI.", "Genesys Cloud doesn't know where to redeem codes.", fix, signintest.FixDiscovery)
	case s.foreign() != "":
		return fails(s.foreign(), why, fix, signintest.FixDiscovery)
	case s.unknownServer():
		return fails(fmt.Sprintf("The Discovery URI is %s, but the org has no such authorization server.", uri), why, fix, signintest.FixDiscovery)
	case found && server.Status != "ACTIVE":
		return fails(fmt.Sprintf("The authorization server %q is inactive.", server.Name), "Sign-in fails.", "Activate it in Okta (Security > API), or use another one.", "")
	case s.elsewhere():
		return fails(fmt.Sprintf("The Discovery URI names %s, but the access policy for the app is on %s.", s.issuer(), s.access.value.other), why, fix, signintest.FixDiscovery)
	}
	return fine("Discovery URI: %s", uri)
}

// unknownServer reports whether the Discovery URI names a server that the org does not have.
func (s *seen) unknownServer() bool {
	_, found := s.server()
	return s.issuer() != "" && !found && s.servers.known
}

// elsewhere reports whether another server than that of the Discovery URI has a policy that names the app, and this
// one has none. Where the page, too, signs visitors in at the Discovery URI's, that is on purpose.
func (s *seen) elsewhere() bool {
	a := s.access.value
	return a.other != "" && !s.pageSignsInAt(s.issuer()) && !slices.ContainsFunc(a.policies, func(p policy) bool { return slices.Contains(p.Clients, s.app.value.ClientID) })
}

// checkCredential reports what is known of a credential that can't be read: whose it is, and whether the app's
// secrets are all newer.
func checkCredential(s *seen) []Finding {
	const fix = "Store the app's client ID and client secret again (" + guide.PathIntegrations + ", then the integration > Configuration > Credentials)."
	used := s.settings.value.Credentials[s.keys.value.CredentialKey]
	client, org := s.noted()
	switch {
	case used == "":
		return fails("The integration has no credential.", "Genesys Cloud can't redeem authorization codes without one.", fix, signintest.FixCredential)
	case !s.credential.known:
		return fails(fmt.Sprintf("The integration's credential %s can't be found.", used), "Genesys Cloud can't redeem authorization codes without one.", fix, signintest.FixCredential)
	}
	if client != "" && s.app.known && client != s.app.value.ClientID {
		return fails(fmt.Sprintf("The integration has the credential of client %s, but the app is client %s.", client, s.app.value.ClientID),
			"Okta accepts a code only from the client it was issued to.", fix, signintest.FixCredential)
	}
	whose := "A credential is stored" + when(s.credential.value.Modified) + ". The integration's notes don't name its client."
	if client != "" {
		whose = fmt.Sprintf("The wizard recorded client %s of %s. The credential was stored%s.", client, org, when(s.credential.value.Modified))
	}
	whose += " Genesys Cloud doesn't show what is stored, so only a sign-in test verifies it."
	oldest, known := oktasteps.OldestSecret(s.secrets.value)
	stored := s.credential.value.Modified
	if s.noSecret() {
		return fails(noSecret, "Okta refuses Genesys Cloud with invalid_client.", noSecretFix, "")
	}
	if known && !s.guessed && !stored.IsZero() && oldest.Created.After(stored) {
		then, later := explain.Moments(stored, oldest.Created)
		return fails(fmt.Sprintf("The stored credential (%s) is older than every active client secret of the app (%s). The secret was rotated in Okta.", then, later),
			"Okta refuses Genesys Cloud with invalid_client.", fix, signintest.FixCredential)
	}
	return fine("%s", whose)
}

const (
	noSecret    = "The app has no active client secret."
	noSecretFix = "Generate one in Okta (the app > General > Client Secrets), then store it in Genesys Cloud."
)

func (s *seen) noSecret() bool {
	_, known := oktasteps.OldestSecret(s.secrets.value)
	return s.secrets.known && !known
}

// when is a time in a sentence; empty: not known.
func when(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return " on " + explain.Moment(at)
}

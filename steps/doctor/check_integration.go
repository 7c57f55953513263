package doctor

import (
	"cmp"
	"fmt"
	"slices"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/signintest"
)

const typeName = "OpenID Connect Messenger Configuration"

// checkIntegration looks whether the integration that visitors are signed in with is there, and of the right type:
// Genesys Cloud does not check that (contract genesys.md 2.2).
func checkIntegration(s *seen) []Finding {
	const fix = "Choose an integration of the type " + typeName + " in the configuration (Apps > Authentication), and save a new version."
	auth := s.pinned.value.Auth
	switch e := s.integration.err; {
	case signsIn(s.pinned.value) && auth.IntegrationID == "":
		return fails("Authentication is on, but no integration is chosen.", "Genesys Cloud does not know whom to ask about visitors.", fix, signintest.FixPublish)
	case e != nil && gone(e):
		return fails(fmt.Sprintf("The configuration names the integration %s, which is not there.", auth.IntegrationID), "Genesys Cloud does not know whom to ask about visitors.", fix, "")
	case s.integration.gap() != "":
		return skipped(s.integration.gap())
	case s.keys.err != nil && s.keys.err.Err == nil:
		return fails(fmt.Sprintf("The integration %q is not of the type %s.", s.integration.value.Name, typeName), "Genesys Cloud finds no Discovery URI and no client in it.", fix, "")
	case !signsIn(s.pinned.value):
		return fine("The integration %q is the one that would be used.", s.integration.value.Name)
	}
	return fine("Visitors are signed in with the integration %q.", s.integration.value.Name)
}

// gone reports whether a service does not find what was asked for.
func gone(e *explain.Error) bool {
	api, ok := apiclient.AsError(e.Err)
	return ok && api.Err == nil && api.Status == 404
}

func checkState(s *seen) []Finding {
	i := s.integration.value
	if i.State == "ACTIVE" && i.IntendedState != "DISABLED" {
		return fine("The integration %q is Active.", i.Name)
	}
	what := fmt.Sprintf("The integration %q is %s, not Active.", i.Name, cmp.Or(i.State, "in an unknown state"))
	if i.StateDetail != "" {
		what += " Genesys Cloud says: " + explain.Sentence(i.StateDetail)
	}
	return fails(what, "Genesys Cloud redeems no visitor's code.", "Set it to Active (Admin > Integrations).", signintest.FixIntegration)
}

// checkDiscoveryURI looks at the address alone; the document has checks of its own.
func checkDiscoveryURI(s *seen) []Finding {
	const why = "Genesys Cloud redeems every code at the server of this address, and a code of one server is unknown to all others."
	fix := "Set it to the Discovery URI of the server at which the page signs in (Admin > Integrations > the integration > Configuration > Properties)."
	uri := s.discoveryURI()
	server, found := s.server()
	switch {
	case uri == "":
		return fails("The integration has no Discovery URI.", "Genesys Cloud does not know where to redeem codes.", fix, signintest.FixDiscovery)
	case s.foreign() != "":
		return fails(s.foreign(), why, fix, signintest.FixDiscovery)
	case s.unknownServer():
		return fails(fmt.Sprintf("The Discovery URI is %s, and the org has no such authorization server.", uri), why, fix, signintest.FixDiscovery)
	case found && server.Status != "ACTIVE":
		return fails(fmt.Sprintf("The authorization server %q is inactive.", server.Name), "It signs nobody in.", "Activate it in Okta (Security > API), or use another one.", "")
	case s.elsewhere():
		return fails(fmt.Sprintf("The Discovery URI names %s, but the access policy for the app is at %s.", s.issuer(), s.access.value.other), why, fix, signintest.FixDiscovery)
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

// checkCredential tells what can be known of a credential that nobody can read: whose it is, and whether the app's
// secrets are all newer.
func checkCredential(s *seen) []Finding {
	const fix = "Store the app's client id and client secret again (Admin > Integrations > the integration > Configuration > Credentials)."
	used := s.settings.value.Credentials[s.keys.value.CredentialKey]
	client, org := mark.Client(s.settings.value.Notes)
	switch {
	case used == "":
		return fails("The integration has no credential.", "Okta does not let Genesys Cloud redeem codes without one.", fix, signintest.FixCredential)
	case !s.credential.known:
		return fails(fmt.Sprintf("The integration's credential %s cannot be found.", used), "Okta does not let Genesys Cloud redeem codes without one.", fix, signintest.FixCredential)
	}
	if client != "" && s.app.known && client != s.app.value.ClientID {
		return fails(fmt.Sprintf("The integration has the credential of client %s, and the app is client %s.", client, s.app.value.ClientID),
			"Okta gives a client's tokens to no other client.", fix, signintest.FixCredential)
	}
	whose := "The notes do not say whose credential it is."
	if client != "" {
		whose = fmt.Sprintf("The credential of client %s of %s is stored.", client, org)
	}
	oldest, known := s.oldestSecret()
	stored := s.credential.value.Modified
	if s.secrets.known && !known {
		return fails("The app has no active client secret.", "Okta refuses Genesys Cloud with invalid_client.",
			"Generate one in Okta (the app > General > Client Secrets), then store it at Genesys Cloud.", "")
	}
	if known && !s.guessed && !stored.IsZero() && oldest.Created.After(stored) {
		return fails(fmt.Sprintf("The stored credential is older (%s) than every active client secret of the app (%s): the secret was rotated at Okta.", moment(stored), moment(oldest.Created)),
			"Okta refuses Genesys Cloud with invalid_client.", fix, signintest.FixCredential)
	}
	if !known && client != "" {
		whose += " Whether its secret is still the app's shows only in a test."
	}
	return fine("%s", whose)
}

func (s *seen) oldestSecret() (okta.AppSecret, bool) {
	active := slices.DeleteFunc(slices.Clone(s.secrets.value), func(x okta.AppSecret) bool { return x.Status != "ACTIVE" })
	if !s.secrets.known || len(active) == 0 {
		return okta.AppSecret{}, false
	}
	return slices.MinFunc(active, func(a, b okta.AppSecret) int { return a.Created.Compare(b.Created) }), true
}

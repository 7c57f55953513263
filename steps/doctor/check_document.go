package doctor

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/signintest"
)

// shown are the passed checks of a document that are worth a word.
var shown = []string{"discovery document", "issuer matches", "RS256", "S256"}

// checkDocument judges what the Discovery URI names, but for its keys.
func checkDocument(s *seen) []Finding {
	const why = "Genesys Cloud uses this document to redeem authorization codes."
	const fix = "Set the Discovery URI to the one of an Okta authorization server (" + guide.PathIntegrations + ", then the integration > Configuration > Properties)."
	if s.unknownServer() {
		return skipped(fixFirst)
	}
	if e := s.document.err; e != nil && apiclient.NotFound(e.Err) {
		return fails("There is no discovery document at "+s.discoveryURI()+".", why, fix, signintest.FixDiscovery)
	} else if e != nil {
		return []Finding{{State: Fail, What: e.Problem, Why: why, Fix: e.Fix, RequestID: e.RequestID}}
	}
	if why := s.document.gap(); why != "" {
		return skipped(why)
	}
	var passed []string
	var soft []Finding
	all := s.validated()
	for _, f := range all[:len(all)-1] {
		switch {
		case f.OK && slices.Contains(shown, f.Check):
			passed = append(passed, f.Check)
		case f.OK:
		case f.Stop:
			return fails(f.Why, why, fix, signintest.FixDiscovery)
		default:
			soft = append(soft, warns(f.Why, "Some sign-in features are missing.", "Enable it on the authorization server, or leave it.", "")...)
		}
	}
	return append(fine("%s", strings.Join(passed, " · ")), soft...)
}

// validated are the findings about the document, and at last the one about its keys (oidc.Validate).
func (s *seen) validated() []oidc.Finding { return s.validate(s.document.value, s.signing.value) }

func (s *seen) validate(doc oidc.Document, keys []oidc.Key) []oidc.Finding {
	uri := parsed(doc.URI)
	org := parsed(s.conn.Visitors)
	if org.Host == "" || uri.Host == hostOf(s.conn.OktaURL) {
		org = &url.URL{Scheme: uri.Scheme, Host: uri.Host}
	}
	return oidc.Validate(doc, keys, oidc.Want{
		URI: uri, Org: org, AuthMethod: oktasteps.BasicAuth, Refresh: slices.Contains(s.app.value.GrantTypes, "refresh_token"),
	})
}

func checkKeys(s *seen) []Finding {
	const why = "Without the keys, Genesys Cloud can't verify ID tokens."
	if e := s.signing.err; e != nil {
		return []Finding{{
			State: Fail, What: fmt.Sprintf("The signing keys at %s can't be read: %s", s.document.value.JWKSURI, e.Problem),
			Why: why, Fix: refusedFix(e, "Try again in a minute. If the error stays, check status.okta.com and your network."), RequestID: e.RequestID,
		}}
	}
	if gap := s.signing.gap(); gap != "" {
		return skipped(gap)
	}
	all := s.validated()
	keys := all[len(all)-1]
	if keys.OK {
		return fine("%s, reachable", keys.Check)
	}
	return fails(keys.Why, why, signintest.KeyFix, "")
}

// refusedFix is what to do about a failed read of a public file.
func refusedFix(e *explain.Error, otherwise string) string {
	if api, ok := apiclient.AsError(e.Err); ok && explain.NeedsNoCredentials(api) {
		return explain.PublicFix
	}
	return otherwise
}

// checkClocks compares the clocks of both services with this computer's. Only Okta's signs ID tokens for visitors.
func checkClocks(s *seen) []Finding {
	if !s.document.known {
		return nil
	}
	clocks := signintest.ReadClocks(s.document.value, s.cfg.Env.Dial.Discovery(s.conn.Visitors), s.conn.Messenger)
	switch side, problem, fix := clocks.Wrong(); {
	case problem == "":
		return nil
	case side == signintest.SideOkta:
		return fails(problem, "Genesys Cloud refuses ID tokens with wrong times.", fix, "")
	default:
		return warns(problem, "A sign-in test on this computer can't check ID tokens.", fix, "")
	}
}

// discoveryURI is what the integration's settings say; empty: not known.
func (s *seen) discoveryURI() string {
	if !s.keys.known {
		return ""
	}
	return s.settings.value.Property(s.keys.value.DiscoveryKey)
}

// readDocument fetches what the Discovery URI names. Another provider's is not fetched: whose it is says enough.
func (s *seen) readDocument(ctx context.Context) {
	uri := parsed(s.discoveryURI())
	why := cmp.Or(s.keys.gap(), s.settings.gap())
	switch {
	case why != "":
	case uri.Host == "" || s.foreign() != "":
		why = fixFirst
	case s.conn.OktaURL == "":
		why = "The Okta org isn't known."
	}
	if why != "" {
		skipAll(why, &s.document, &s.signing)
		return
	}
	api := s.cfg.Env.Dial.Discovery(s.conn.Visitors)
	s.document.read("read the discovery document", func() (oidc.Document, error) { return api.Document(ctx, uri) })
	if !s.document.known || s.document.value.JWKSURI == "" || s.document.value.Trusted() != nil {
		s.signing.skip("The discovery document doesn't name the URL of the signing keys.")
		return
	}
	s.signing.read("read the signing keys", func() ([]oidc.Key, error) { return api.Keys(ctx, s.document.value) })
}

const fixFirst = "Fix the Discovery URI first."

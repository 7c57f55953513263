package doctor

import (
	"cmp"
	"context"

	"msgsso-wizard/apiclient/oidc"
)

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

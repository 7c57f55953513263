package doctor

import (
	"context"
	"net/url"
	"slices"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/site"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/taskgroup"
)

// read reads everything, first what later reads need.
func (s *seen) read(ctx context.Context) {
	var parallel, rest taskgroup.Group
	parallel.Go(func() { s.readPage(ctx) })
	s.readGenesys(ctx)
	s.readOrg(ctx)
	rest.Go(func() { s.readOkta(ctx) })
	rest.Go(func() { s.readDocument(ctx) })
	rest.Wait()
	parallel.Wait()
}

func (s *seen) readPage(ctx context.Context) {
	if s.cfg.Site == "" {
		s.page.skip("No page was set.")
		return
	}
	s.page.read("read the page", func() (*site.Page, error) { return s.cfg.Env.Dial.Site().Fetch(ctx, s.cfg.Site) })
}

// readOrg takes the org from the integration where none is named: from its notes, else its Discovery URI.
func (s *seen) readOrg(ctx context.Context) {
	if s.conn.OktaURL != "" {
		return
	}
	_, host := mark.Client(s.settings.value.Notes)
	if at := hostOf(s.discoveryURI()); host == "" && at != google {
		host = at
	}
	scheme := "https://"
	if apiclient.IsLoopback(host) {
		scheme = "http://"
	}
	if host != "" {
		s.conn.LookUpOrg(ctx, s.cfg.Env.Dial, scheme+host)
	}
}

// google is where the Discovery URI of an old edition of the guide points (contract genesys.md 4).
const google = "accounts.google.com"

// foreign says what is wrong with a Discovery URI that is not on the org's host; empty: it is.
func (s *seen) foreign() string {
	u := parsed(s.discoveryURI())
	known := []string{hostOf(s.conn.OktaURL), hostOf(s.conn.Visitors)}
	switch {
	case u.Host == google:
		return "The Discovery URI is Google's, from an old edition of the guide. Google doesn't know your visitors."
	case u.Host == "" || known[0] == "" || slices.Contains(known, u.Host):
		return ""
	default:
		return "The Discovery URI is on " + apiclient.Clean(u.Host) + ", but visitors sign in at " + known[1] + "."
	}
}

// parsed is an address in its parts; all are empty where it is none.
func parsed(text string) *url.URL {
	u, _ := address.Parse(text)
	return u.URL()
}

func hostOf(text string) string { return address.OriginOf(text).HostPort() }

package doctor

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/site"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
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

// readOrg takes the org from the integration where none is named: from its notes, else its Discovery URI. Another admin who edits
// them can't have this computer call itself or its network.
func (s *seen) readOrg(ctx context.Context) {
	if s.conn.OktaURL != "" {
		return
	}
	_, host := mark.Client(s.settings.value.Notes)
	if at := hostOf(s.discoveryURI()); host == "" && at != google {
		host = at
	}
	scheme := "https://"
	if apiclient.IsLoopback(host) && strings.HasPrefix(s.conn.Region.API, "http://") { // both services are simulated
		scheme = "http://"
	}
	if org, err := okta.ParseOrg(scheme + host); err == nil && (scheme == "http://" || !apiclient.IsLoopback(host)) {
		s.conn.LookUpOrg(ctx, s.cfg.Env.Dial, org.URL)
	}
}

// noted is the client whose credential the integration has, and its org's host; see clientOf.
func (s *seen) noted() (client, host string) { return s.clientOf(s.settings.value) }

// clientOf is the client whose credential an integration has, and its org's host: as its notes say, else, where others changed
// them, as the run journal says. Empty: neither does.
func (s *seen) clientOf(settings genesys.IntegrationConfig) (client, host string) {
	journal := s.cfg.Env.Journal
	if client, host = mark.Client(settings.Notes); client != "" || journal == nil {
		return client, host
	}
	for _, past := range journal.Created(guide.KindCredential, engine.Key{}, engine.Ever) {
		if past.ID != "" && slices.Contains(slices.Collect(maps.Values(settings.Credentials)), past.ID) {
			return strings.TrimPrefix(past.Name, "client "), hostOf(s.conn.OktaURL)
		}
	}
	return "", ""
}

// google is where the Discovery URI of an old edition of the guide points (contract genesys.md 4).
const google = "accounts.google.com"

// foreign says what is wrong with a Discovery URI that is not on the org's host, or on no org's where that isn't known;
// empty: nothing.
func (s *seen) foreign() string {
	read, err := address.Parse(s.discoveryURI())
	u := read.URL()
	if err == nil && s.conn.OktaURL == "" {
		_, err = okta.ParseOrg(read.Origin.String())
	}
	known := []string{hostOf(s.conn.OktaURL), hostOf(s.conn.Visitors)}
	switch {
	case s.discoveryURI() != "" && err != nil:
		return explain.Sentence("The Discovery URI can't be used: " + err.Error())
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

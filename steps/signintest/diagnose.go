package signintest

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/syslog"
)

// diagnose finds out, by looking only, why Genesys Cloud gave no JWT for a code. How Genesys Cloud words that is not
// known (contract genesys.md), so what counts is what both sides show: what is set up at Genesys Cloud, what
// browsers get, and whether its request reached Okta.
func (t *test) diagnose(ctx context.Context, err error) fault {
	if f, ok := unanswered(SideGenesys, err); ok {
		return f
	}
	f, found := t.setUp(ctx)
	if !found {
		f, found = t.published(ctx)
	}
	e, _ := apiclient.AsError(err)
	if !found && apiclient.NotFound(err) {
		f, found = noDeployment.about(t.DeploymentID, t.Region), true
	}
	if !found {
		f = t.atOkta(ctx, e)
	}
	if e != nil {
		f.request = e.RequestID
	}
	f.err = err
	return f
}

// published reads what browsers get.
func (t *test) published(ctx context.Context) (fault, bool) {
	public, err := t.Messenger.PublicConfig(ctx, t.DeploymentID)
	if err == nil && !public.AuthEnabled {
		return authenticationOff(public.Version, ""), true
	}
	domains, err := t.Messenger.PublicDomains(ctx, t.DeploymentID)
	if err != nil || domains.Allow(t.RedirectURI) {
		return fault{}, false
	}
	return domainNotAllowed(t.RedirectURI, domains.Domains), true
}

// atOkta looks for Genesys Cloud's request in the System Log. This program's own request went well, so one that did
// not is Genesys Cloud's, and so is the second one that did.
func (t *test) atOkta(ctx context.Context, e *apiclient.Error) fault {
	var (
		f     fault
		found bool
	)
	readable := t.searchLog(ctx, func(events []okta.LogEvent) (seen string, ok bool) {
		f, seen, found = t.redemption(events)
		return seen, found
	})
	switch {
	case found:
		return f
	case ctx.Err() != nil:
		return interrupted(ctx.Err())
	case e != nil && e.Status >= outOfOrder:
		return ownProblem.about(e.Status)
	case t.rightURI && readable:
		return likelyCredential.about("Okta's System Log shows no request from Genesys Cloud yet. The log may be late.")
	case t.rightURI:
		return likelyCredential.about("Okta's System Log couldn't be read.")
	case readable:
		return neverAsked
	default:
		return neverSearched
	}
}

// redemption is what the events tell about Genesys Cloud's request for tokens, and the event as a row shows it.
func (t *test) redemption(events []okta.LogEvent) (f fault, seen string, found bool) {
	all := syslog.Explain(events, "", "")
	all = slices.DeleteFunc(all, func(s syslog.Sentence) bool { return !s.Token })
	mine := func(s syslog.Sentence) bool { return s.Client == t.ClientID || s.Client == "" || s.Client == t.AppID }
	at := slices.IndexFunc(all, mine)
	if at < 0 && t.grants(events) > 1 {
		return refusedTokens, "Genesys Cloud was given tokens", true
	}
	if at < 0 && len(all) > 0 {
		at = 0
	}
	if at < 0 {
		return fault{}, "", false
	}
	s := all[at]
	switch {
	case !mine(s):
		f = otherApp.about(s.Client)
	case strings.HasPrefix(s.Code, "invalid_client"):
		f = wrongSecret
	case s.Code == "disallowed_network_zone":
		f = outsideZones.about(s.IP)
	case !t.rightURI && (s.Code == "invalid_authorization_code" || s.Custom != custom(t.Document.TokenEndpoint)):
		f = otherServer.about(t.Document.Issuer)
	default:
		f = faultOf(s)
		f.side = SideBetween
	}
	return f, entry(s) + " (Genesys Cloud)", true
}

// grants counts how often the client was given an ID token for the user, or for one that Okta doesn't name.
func (t *test) grants(events []okta.LogEvent) (n int) {
	for _, e := range events {
		other := func(target okta.LogTarget) bool { return target.Type == "User" && target.ID != t.visitor }
		if e.Result == "SUCCESS" && strings.HasSuffix(e.Type, ".token.grant.id_token") && e.Actor == t.ClientID && !slices.ContainsFunc(e.Targets, other) {
			n++
		}
	}
	return n
}

// custom reports whether an end point is a custom authorization server's (contract okta.md 4).
func custom(endpoint string) bool {
	u, err := url.Parse(endpoint)
	return err == nil && strings.HasPrefix(u.Path, "/oauth2/") && !strings.HasPrefix(u.Path, "/oauth2/v1/")
}

package signintest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/syslog"
)

// What is checked, as the rows say it.
const (
	comesBack  = "The browser returns with a code"
	givesID    = "Okta issues an ID token"
	forAgents  = "Claims for agents"
	comesTwice = "The browser returns with a second code"
	givesJWT   = "Genesys Cloud redeems it for a JWT"
	revoked    = "The test's tokens are revoked"
	inLog      = "Okta's System Log"
)

// redeem is leg 1: this program redeems the code itself, with the client secret, and checks the ID token.
func (t *test) redeem(ctx context.Context, back callback.Response, try oidc.Attempt) bool {
	if !t.arrived(comesBack, back) {
		return false
	}
	t.report(Line{State: Working, Text: givesID})
	began := time.Now()
	tokens, err := t.Discovery.Redeem(ctx, t.Document, t.ClientID, t.Secret, oidc.Grant{Code: back.Code, Verifier: try.Verifier, RedirectURI: t.RedirectURI})
	t.tokens = tokens
	if err != nil {
		t.lostAnswer(err, "Okta may have issued tokens, but its response was lost. They expire within 1 hour.")
		t.stop(Line{Text: givesID, Detail: said(err), Took: time.Since(began)}, func(context.Context) fault { return t.notRedeemed(err) })
		return false
	}
	claims, detail, f := t.verify(ctx, tokens, try.Nonce)
	l := Line{State: Passed, Text: givesID, Detail: detail, Took: time.Since(began)}
	if f != nil {
		t.stop(l, func(context.Context) fault { return *f })
		return false
	}
	t.report(l)
	t.report(seenByAgents(claims))
	t.visitor = claims.Subject
	t.mu.Lock()
	defer t.mu.Unlock()
	t.result.Claims, t.result.User = shown(claims), claims.Username
	return true
}

// arrived tells that the browser is back. False: without a code, and the reason is being looked for.
func (t *test) arrived(what string, back callback.Response) bool {
	l := Line{State: Passed, Text: what, Took: t.back()}
	switch {
	case back.Issuer != t.Document.Issuer && (back.Issuer != "" || t.Document.SendsIssuer): // RFC 9207 2.4
		from := cmp.Or(back.Issuer, "an unnamed server (no iss)")
		l.Detail = "from " + from
		t.stop(l, func(context.Context) fault {
			return fault{
				side:    SideOkta,
				problem: "The response came from " + from + ", but was requested at " + t.Document.Issuer + ".",
				fix:     "Use the Discovery URI of the server that answers, for the page and for Genesys Cloud.",
			}
		})
		return false
	case back.Error != "":
		l.Detail = strings.TrimSuffix(back.Error+" · "+back.Description, " · ")
		t.stop(l, func(ctx context.Context) fault { return t.denied(ctx, back) })
		return false
	}
	t.report(l)
	return true
}

// denied explains an OAuth error that the browser brought back. The System Log confirms it, and knows who it was.
func (t *test) denied(ctx context.Context, back callback.Response) fault {
	code := syslog.Code(back.Error, back.Description)
	f := faultOf(syslog.Say(code, syslog.Sentence{Sent: t.RedirectURI, Client: t.ClientID}))
	t.searchLog(ctx, func(events []okta.LogEvent) (string, bool) {
		all := t.refusals(events)
		at := slices.IndexFunc(all, func(s syslog.Sentence) bool { return s.Code == code })
		if at < 0 {
			return "", false
		}
		f = faultOf(all[at])
		return entry(all[at]), true
	})
	return f
}

// notRedeemed explains why this program got no tokens.
func (t *test) notRedeemed(err error) fault {
	if f, ok := unanswered(SideOkta, err); ok {
		return f
	}
	e, ok := apiclient.AsError(err)
	if !ok {
		return fault{problem: explain.Sentence(err.Error()), fix: "Test again. If the error stays, report this message.", err: err}
	}
	code := syslog.Code(e.Code, e.Summary)
	f := faultOf(syslog.Say(code, syslog.Sentence{Sent: t.RedirectURI, Client: t.ClientID}))
	switch {
	case e.Code == "invalid_client" && t.AuthMethod != "" && t.AuthMethod != oktasteps.BasicAuth:
		f = otherMethod.about(t.AuthMethod)
	case code == "disallowed_network_zone":
		f.side = SideHere
		f.problem = "The app accepts token requests from some network zones only, and this computer isn't in them."
		f.fix = "Test from a computer in these zones. The addresses of Genesys Cloud must be in them, too (Security > Networks)."
	case e.Code == "invalid_client":
		f.side, f.autoFix = SideHere, FixCredential
		f.problem = "Okta doesn't accept the client secret that the wizard has. Likely cause: a new secret was created in Okta, and Genesys Cloud also has the old one."
		f.fix = "Send the app's newest client secret to Genesys Cloud again, then test again."
		if t.AuthMethod == "" {
			f.problem += " The app may also have another client authentication than client_secret_basic."
		}
	case e.Code == "invalid_grant": // all that comes with the code is this test's own
		f.side = SideNone
		f.problem = "Okta doesn't accept the browser's authorization code. It was already used, is older than 5 minutes, or belongs to another sign-in."
		f.fix = "Test again. Each test uses a new code and PKCE verifier. If the error stays, something between the browser and this computer changes the data."
	case e.Status >= outOfOrder:
		f.problem, f.fix = "Okta reports an internal error.", "Try again in a moment."
	}
	f.request, f.err = e.RequestID, err
	return f
}

// said is a refusal as a row shows it: status and code as they came, and the request for the vendor's support.
func said(err error) string {
	e, ok := apiclient.AsError(err)
	if !ok {
		return err.Error()
	}
	answer := e.Code
	switch {
	case e.Err != nil:
		answer = e.Err.Error()
	case e.Status != 0:
		answer = strings.TrimSpace(fmt.Sprint(e.Status, " ", e.Code))
	}
	if e.RequestID == "" {
		return answer
	}
	return answer + " · request " + e.RequestID
}

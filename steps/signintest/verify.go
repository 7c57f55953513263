package signintest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/explain"
)

// Where an ID token fails, by the check (see oidc.VerifyIDToken): whose fault it is and what to do about it. Of the expiry,
// clocks tell (see outOfTime).
var tokenFaults = map[string]struct {
	side Side
	fix  string
}{
	"key":       {SideOkta, "Okta may have just changed its keys. Try again. If the error stays, the Discovery URI names another server than the one that signed."},
	"key size":  {SideOkta, KeyFix},
	"signature": {SideOkta, "A system between you and Okta may change the data. Try again from another network."},
	"issuer":    {SideOkta, "Use the Discovery URI of the server that signs, for the page and for Genesys Cloud. With a custom domain, the app's Issuer setting must match it (the app > Sign On)."},
	"audience":  {SideOkta, "The token is for another client. Use the client ID of the app integration that requested the code."},
	"nonce":     {SideOkta, "The provider must return the nonce unchanged. Test again. If the error stays, Messenger can't use this server."},
}

// shownChecks are the passed checks of an ID token that are worth a word.
var shownChecks = []string{"key", "signature", "issuer", "audience", "expiry", "nonce"}

// KeyFix is what to do about signing keys that can't be used.
const KeyFix = "Check the authorization server's signing keys in Okta (Security > API)."

// verify checks the ID token of leg 1 as Genesys Cloud has to check the one of leg 2, and says in a row what came
// out.
func (t *test) verify(ctx context.Context, tokens oidc.Tokens, nonce string) (oidc.Claims, string, *fault) {
	keys, f := t.keys(ctx)
	if f != nil {
		return oidc.Claims{}, "the signing keys can't be fetched", f
	}
	claims, findings := oidc.VerifyIDToken(tokens.ID, keys, oidc.Expect{
		Issuer: t.Document.Issuer, ClientID: t.ClientID, Nonce: nonce, Access: tokens.Access, Now: time.Now(),
	})
	var held, not []string
	for _, finding := range findings {
		switch {
		case !finding.OK:
			if not = append(not, finding.Check); len(not) > 1 {
				continue
			}
			known := tokenFaults[finding.Check]
			if finding.Check == "expiry" {
				late := t.outOfTime(ctx, finding.Why)
				f = &late
				continue
			}
			f = &fault{
				side: cmp.Or(known.side, SideOkta), problem: "Its ID token isn't valid. " + finding.Why,
				fix: cmp.Or(known.fix, "Try again. If the error stays, report this message."),
			}
		case slices.Contains(shownChecks, finding.Check):
			held = append(held, finding.Check)
		}
	}
	if f != nil && oidc.Encrypted(tokens.ID) {
		f.fix = "Turn off ID token encryption (the app > General)."
	}
	if f != nil {
		return claims, "wrong: " + strings.Join(not, ", "), f
	}
	return claims, strings.Join(held, ", "), nil
}

// keys are Okta's signing keys.
func (t *test) keys(ctx context.Context) ([]oidc.Key, *fault) {
	keys, err := t.Discovery.Keys(ctx, t.Document)
	if err == nil {
		return keys, nil
	}
	at := "signing keys at " + t.Document.JWKSURI + " can't be fetched (" + said(err) + ")."
	f, lost := unanswered(SideOkta, err)
	switch e, _ := apiclient.AsError(err); {
	case lost:
		f.problem = "Its " + at
	case e != nil && explain.NeedsNoCredentials(e):
		f = fault{problem: "Okta's " + at + " They need no credentials, so the network or the server refuses the wizard.", fix: explain.PublicFix}
	default:
		f = fault{side: SideOkta, problem: "Its " + at, fix: "Try again in a moment. Genesys Cloud also needs these keys. Without them, visitors can't sign in."}
	}
	f.err = err
	return nil, &f
}

// seenByAgents says which of the claims arrived that Genesys Cloud shows agents (contract genesys.md 4).
func seenByAgents(c oidc.Claims) Line {
	var there, missing []string
	for _, claim := range []Claim{{"sub", c.Subject}, {"email", c.Email}, {"given_name", c.GivenName}, {"family_name", c.FamilyName}} {
		if claim.Value != "" {
			there = append(there, claim.Name)
		} else {
			missing = append(missing, claim.Name)
		}
	}
	l := Line{State: Passed, Text: forAgents, Detail: strings.Join(there, ", ")}
	if len(missing) > 0 {
		l.State = Note
		l.Detail += " · missing: " + strings.Join(missing, ", ")
	}
	return l
}

// shown are the claims that a user wants to see, those that are there.
func shown(c oidc.Claims) []Claim {
	var claims []Claim
	for _, claim := range []Claim{{"name", c.Name}, {"given_name", c.GivenName}, {"family_name", c.FamilyName}, {"email", c.Email}, {"username", c.Username}, {"subject", c.Subject}, {"issuer", c.Issuer}} {
		if claim.Value != "" {
			claims = append(claims, claim)
		}
	}
	return claims
}

package signintest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/internal/faulttable"
	"msgsso-wizard/steps/internal/kit"
)

// scene is one broken thing, and how the test names it.
type scene struct {
	opts    simulator.Options
	damage  kit.Damage
	blind   bool                     // the admin reads nothing of Genesys Cloud but what browsers get
	knows   func(*testing.T, *world) // changes what the wizard knows
	visitor func(*browser, Address)  // nil: signs in
	side    Side
	autoFix Fix
	says    string // the beginning of the result's sentence, after the side
	class   explain.Class
}

const (
	google    = "https://accounts.google.com/.well-known/openid-configuration"
	orgServer = "{okta}/.well-known/openid-configuration"
)

var scenes = map[string]scene{
	"secret rotated at Okta":                             {damage: kit.RotateSecret, knows: newSecret, side: SideBetween, autoFix: FixCredential, says: "the stored credential ("},
	"secret rotated at Okta, nothing is read":            {damage: kit.RotateSecret, knows: newSecret, blind: true, side: SideBetween, autoFix: FixCredential, says: "the integration likely has an outdated client secret."},
	"secret rotated at Okta, the wizard has the old one": {damage: kit.RotateSecret, side: SideHere, autoFix: FixCredential, says: "Okta doesn't accept the client secret that the wizard has."},
	"credential of another app":                          {damage: otherCredential, side: SideBetween, autoFix: FixCredential, says: "the integration likely has the credential of another app. Genesys Cloud used client 0oa"},
	"redirect URI removed":                               {damage: redirectTo(func(string) string { return "https://www.acme.test/" }), side: SideOkta, autoFix: FixRedirect, says: "The redirect URI http://localhost:"},
	"redirect URI without its slash":                     {damage: redirectTo(func(uri string) string { return strings.TrimSuffix(uri, "/") }), side: SideOkta, autoFix: FixRedirect, says: "The redirect URI http://localhost:"},
	"redirect URI in other capitals":                     {damage: redirectTo(func(uri string) string { return strings.Replace(uri, "localhost", "LocalHost", 1) }), side: SideOkta, autoFix: FixRedirect, says: "The redirect URI http://localhost:"},
	"user not assigned":                                  {damage: kit.Unassign, side: SideOkta, autoFix: FixAssignUser, says: "alice@acme.test isn't assigned to the app integration."},
	"user not assigned, the log is late":                 {opts: simulator.Options{Okta: oktasim.Options{LogDelay: 50 * time.Millisecond}}, damage: kit.Unassign, side: SideOkta, autoFix: FixAssignUser, says: "alice@acme.test isn't assigned to the app integration."},
	"no policy":                                          {damage: dropPolicies, side: SideOkta, autoFix: FixAccessPolicy, says: "No access policy of the authorization server allows this app and user."},
	"integration disabled":                               {damage: kit.DisableIntegration, side: SideGenesys, autoFix: FixIntegration, says: `the integration "Messenger SSO (Okta)" is `},
	"integration disabled, nothing is read":              {damage: kit.DisableIntegration, blind: true, side: SideBetween, autoFix: FixDiscovery, says: "Okta's System Log shows no request from Genesys Cloud."},
	"Discovery URI of Google":                            {damage: kit.DiscoverAt(google), side: SideBetween, autoFix: FixDiscovery, says: "the integration's Discovery URI is https://accounts.google.com/"},
	"Discovery URI of Google, nothing is read":           {damage: kit.DiscoverAt(google), blind: true, side: SideBetween, autoFix: FixDiscovery, says: "Okta's System Log shows no request from Genesys Cloud."},
	"Discovery URI of another org":                       {damage: kit.DiscoverAt("https://other.okta.com/oauth2/default/.well-known/openid-configuration"), side: SideBetween, autoFix: FixDiscovery, says: "the integration's Discovery URI is https://other.okta.com/"},
	"Discovery URI of the org server":                    {damage: kit.DiscoverAt(orgServer), side: SideBetween, autoFix: FixDiscovery, says: "the integration's Discovery URI is http://127.0.0.1:"},
	"Discovery URI of the org server, nothing is read":   {damage: kit.DiscoverAt(orgServer), blind: true, side: SideBetween, autoFix: FixDiscovery, says: "the integration's Discovery URI likely names another authorization server of this org"},
	"authentication off":                                 {damage: authenticationOffLive, side: SideGenesys, autoFix: FixPublish, says: "the deployment uses version 2 of the configuration, where authentication is off. It is on in version 1."},
	"authentication off, nothing is read":                {damage: authenticationOffLive, blind: true, side: SideGenesys, autoFix: FixPublish, says: "authentication is off in version 2 of the configuration"},
	"the old version is pinned":                          {damage: useOldVersion, side: SideGenesys, autoFix: FixPublish, says: "the deployment uses version 2 of the configuration, where authentication is off. It is on in version 3."},
	"nonce wrong":                                        {opts: simulator.Options{Okta: oktasim.Options{WrongNonce: true}}, side: SideOkta, says: "Its ID token isn't valid."},
	"keys unreachable":                                   {damage: atOkta("/keys$", simkit.Fault{Status: http.StatusInternalServerError}), side: SideOkta, says: "Its signing keys at http://127.0.0.1:"},
	"PKCE missing at the page":                           {damage: kit.ChangeApp(requirePKCE), visitor: tampered(withoutPKCE), side: SideOkta, says: "The app integration requires PKCE, but the page sent no code challenge."},
	"the challenge of another sign-in":                   {visitor: tampered(challengedByAnother), side: SideNone, says: "Okta doesn't accept the browser's authorization code. It was already used"},
	"the code of another sign-in":                        {visitor: tampered(bringsAnotherCode), side: SideNone, says: "Okta doesn't accept the browser's authorization code. It was already used"},
	"the app asks for consent":                           {visitor: meets("consent_required", ""), side: SideOkta, says: "The app integration requires user consent"},
	"the password has expired":                           {visitor: meets("access_denied", "The password is expired."), side: SideOkta, says: "The password of the user has expired."},
	"the user cancels":                                   {visitor: meets("access_denied", "The resource owner or authorization server denied the request."), side: SideNone, says: "The user canceled the sign-in, or Okta denied it."},
	"Okta has a problem":                                 {visitor: meets("server_error", ""), side: SideOkta, says: "Okta reports an internal error."},
	"Okta's token end point is out of order":             {damage: atOkta("/token$", simkit.Fault{Status: http.StatusServiceUnavailable}), side: SideOkta, says: "Okta reports an internal error."},
	"exchange out of order":                              {damage: atGenesys("oauthcodegrantjwtexchange", simkit.Fault{Status: http.StatusServiceUnavailable}), side: SideGenesys, says: "it failed (HTTP 503)."},
	"exchange cut off":                                   {damage: atGenesys("oauthcodegrantjwtexchange", simkit.Fault{Drop: true}), side: SideGenesys, says: "127.0.0.1:", class: explain.ClassNetwork},
	"ID tokens encrypted":                                {damage: kit.AppSetting("id_token_encrypted_response_alg", "RSA-OAEP-256"), side: SideOkta, says: "Its ID token isn't valid. The ID token is encrypted."},
	"DPoP required":                                      {damage: kit.AppSetting("dpop_bound_access_tokens", true), side: SideOkta, says: "The app integration requires DPoP"},
	"PAR required":                                       {damage: kit.AppSetting("require_pushed_authorization_requests", true), side: SideOkta, says: "The app integration requires pushed authorization requests (PAR)"},
	"this computer is in no network zone of the app":     {damage: zone(func(*kit.Org) string { return "nzo1" }), side: SideHere, says: "The app accepts token requests from some network zones only, and this computer isn't in them."},
	"Genesys Cloud is in no network zone of the app":     {damage: zone(func(o *kit.Org) string { return o.Sim.Okta().OfficeZone() }), side: SideBetween, says: "the app accepts token requests from some network zones only. Genesys Cloud's address 198.51.100.23 isn't in them."},
	"integration gone":                                   {damage: deleteIntegration, side: SideGenesys, autoFix: FixPublish, says: "the configuration names the integration "},
	"no such deployment":                                 {knows: func(_ *testing.T, w *world) { w.setup.DeploymentID = "3761bdd3-8876-4087-b514-98d6bdf6b003" }, side: SideGenesys, says: "it doesn't know the deployment 3761bdd3"},
	"page's domain not allowed":                          {damage: kit.Deploy(onlyWWW), side: SideGenesys, autoFix: FixDomains, says: "the deployment doesn't allow localhost, where the test's page is. It allows www.acme.test."},
	"page's domain not allowed, nothing is read":         {damage: kit.Deploy(onlyWWW), blind: true, side: SideGenesys, autoFix: FixDomains, says: "the deployment doesn't allow localhost, where the test's page is. It allows www.acme.test."},
	"deployment inactive":                                {damage: kit.Deploy(func(d *genesys.Deployment) { d.Status = "Inactive" }), side: SideGenesys, says: `the deployment "Web SSO" is Inactive, not Active.`},
	"credential gone":                                    {damage: kit.DropCredential, side: SideGenesys, autoFix: FixCredential, says: "the integration has no stored credential."},
	"credential of another app, the log is late":         {opts: simulator.Options{Okta: oktasim.Options{LogDelay: time.Hour}}, damage: otherCredential, side: SideBetween, autoFix: FixCredential, says: "the integration likely has an outdated client secret, or the credential of another app. Its Discovery URI and status are right."},
	"secret rotated at Okta, the log is late":            {opts: simulator.Options{Okta: oktasim.Options{LogDelay: time.Hour}}, damage: kit.RotateSecret, knows: newSecret, side: SideBetween, autoFix: FixCredential, says: "the stored credential ("},
	"Discovery URI of Google, integration in ERROR":      {damage: inError(kit.DiscoverAt(google)), side: SideBetween, autoFix: FixDiscovery, says: "the integration's Discovery URI is https://accounts.google.com/"},
	"integration in ERROR":                               {damage: inError(kit.DisableIntegration), side: SideGenesys, autoFix: FixIntegration, says: `the integration "Messenger SSO (Okta)" is ERROR, not ACTIVE.`},
	"keys refused without a reason (401)":                {damage: atOkta("/keys$", simkit.Fault{Status: http.StatusUnauthorized}), side: SideNone, says: "Okta's signing keys at http://127.0.0.1:"},
	"keys refused as if for lack of a token (403)":       {damage: atOkta("/keys$", oktasim.Refusal("E0000006")), side: SideNone, says: "Okta's signing keys at http://127.0.0.1:"},
	"Okta's clock is 3 hours behind":                     {opts: clocks(-3*time.Hour, 0), side: SideOkta, says: "The ID token isn't valid. The ID token expired 2 hours ago. Okta's clock is 3 hours behind this computer's and Genesys Cloud's."},
	"Okta's clock is 10 minutes ahead":                   {opts: clocks(10*time.Minute, 0), side: SideOkta, says: "The ID token isn't valid. The ID token was issued 10 minutes in the future. Okta's clock is 10 minutes ahead of"},
	"this computer's clock is 3 hours ahead":             {opts: clocks(-3*time.Hour, -3*time.Hour), side: SideHere, says: "The ID token isn't valid. The ID token expired 2 hours ago. This computer's clock is 3 hours ahead of Okta's and Genesys Cloud's."},
	"this computer's clock is 10 minutes late":           {opts: clocks(10*time.Minute, 10*time.Minute), side: SideHere, says: "The ID token isn't valid. The ID token was issued 10 minutes in the future. This computer's clock is 10 minutes behind"},
	"three clocks differ":                                {opts: clocks(-3*time.Hour, time.Hour), side: SideNone, says: "The ID token isn't valid. The ID token expired 2 hours ago. This computer's clock and Okta's differ by 3 hours. Which one is wrong isn't known."},
	"app on client_secret_post, which isn't known":       {damage: postMethod, knows: authMethod(""), side: SideHere, autoFix: FixCredential, says: "Okta doesn't accept the client secret that the wizard has. Likely cause: a new secret was created in Okta, and Genesys Cloud also has the old one. The app may also have another client authentication than client_secret_basic."},
	"app on client_secret_post":                          {damage: postMethod, knows: authMethod("client_secret_post"), side: SideOkta, autoFix: FixAuthMethod, says: "The app accepts only the client authentication client_secret_post."},
	"signing keys of 1024 bits":                          {damage: kit.WeakKeys, side: SideOkta, says: "Its ID token isn't valid. The provider's signing key has 1024 bits. It must have 2048 to 8192."},
	"app deleted":                                        {damage: kit.DeleteApp, side: SideOkta, autoFix: FixActivateApp, says: "Okta doesn't know the client ID"},
	"app inactive":                                       {damage: kit.DeactivateApp, side: SideOkta, autoFix: FixActivateApp, says: "Okta doesn't know the client ID"},
	"log can't be read":                                  {damage: kit.DisableIntegration, blind: true, knows: func(_ *testing.T, w *world) { w.setup.Okta = nil }, side: SideBetween, autoFix: FixCredential, says: "the integration likely has an outdated client secret"},
}

// world is one in which the scene's thing is broken.
func (s scene) world(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, s.opts)
	if s.damage != nil {
		s.damage(t, w.Org)
	}
	if s.knows != nil {
		s.knows(t, w)
	}
	if s.blind {
		w.setup.Genesys = nil
	}
	return w
}

func clocks(okta, genesys time.Duration) simulator.Options {
	return simulator.Options{Okta: oktasim.Options{ClockAhead: okta}, Genesys: genesyssim.Options{ClockAhead: genesys}}
}

// tampered is a browser in which the query of each address is changed before it goes there.
func tampered(change func(url.Values)) func(*browser, Address) {
	return func(b *browser, a Address) {
		b.met = func(u *url.URL) *url.URL {
			query := u.Query()
			change(query)
			u.RawQuery = query.Encode()
			return u
		}
		b.goTo(a.URL)
	}
}

// withoutPKCE is the browser of a page that sends no challenge.
func withoutPKCE(query url.Values) {
	query.Del("code_challenge")
	query.Del("code_challenge_method")
}

// challengedByAnother changes the way out: the code that comes back belongs to another verifier.
func challengedByAnother(query url.Values) {
	if query.Has("code_challenge") {
		query.Set("code_challenge", strings.Repeat("A", len(query.Get("code_challenge"))))
	}
}

// bringsAnotherCode changes the way back: the state is right, and the code is another user's.
func bringsAnotherCode(query url.Values) {
	if query.Has("code") {
		query.Set("code", "another")
	}
}

// meets is a browser that Okta sends back at once, with an error.
func meets(oauthError, description string) func(*browser, Address) {
	return func(b *browser, a Address) {
		b.met = func(u *url.URL) *url.URL {
			asked := u.Query()
			if !strings.HasSuffix(u.Path, "/authorize") {
				return u
			}
			back, _ := url.Parse(asked.Get("redirect_uri"))
			back.RawQuery = url.Values{"error": {oauthError}, "error_description": {description}, "state": asked["state"]}.Encode()
			return back
		}
		b.goTo(a.URL)
	}
}

func TestEachFaultIsFoundAndNamed(t *testing.T) {
	t.Parallel()
	table := faulttable.Collect(t, "test", faulttable.Says, len(scenes))
	for name, s := range scenes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := s.world(t)
			if s.visitor == nil {
				s.visitor = alice
			}
			if s.class == 0 {
				s.class = explain.ClassTest
			}
			saw := w.run(t, s.visitor)
			assert.Assert(t, !saw.OK, "passed: %+v", saw.Lines)
			assert.Check(t, is.Equal(saw.Side, s.side), "side")
			assert.Check(t, is.Equal(saw.AutoFix, s.autoFix), "mend")
			assert.Check(t, is.Equal(saw.Problem.Class, s.class), "class")
			want := leads[s.side] + s.says
			assert.Check(t, strings.HasPrefix(saw.Problem.Problem, want),
				"%q doesn't begin with %q", saw.Problem.Problem, want)
			assert.Check(t, saw.Problem.Fix != "", "no next step")
			assert.Check(t, is.Equal(len(saw.Left) > 0, s.class == explain.ClassNetwork), "what may be left of a lost answer: %q", saw.Left)
			assert.Check(t, is.Equal(w.Sim.Genesys().VisitorTokens(), 0), "visitors' tokens at Genesys Cloud")
			noSecrets(t, w, saw)
			table(name, saw.Problem.Problem, saw.Problem.Fix, w.hosts())
		})
	}
}

// noSecrets fails where a secret is in what a user gets to see.
func noSecrets(t *testing.T, w *world, saw sight) {
	t.Helper()
	texts := append([]string{saw.Problem.Error()}, saw.Left...)
	for _, l := range saw.reported {
		texts = append(texts, l.Text, l.Detail)
	}
	for _, text := range append(texts, saw.pages...) {
		assert.Check(t, !strings.Contains(text, w.setup.Secret.Reveal()) && !strings.Contains(text, "eyJ"),
			"a secret in %q", text)
	}
}

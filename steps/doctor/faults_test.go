package doctor

import (
	"net/http"
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
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/faulttable"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/signintest"
)

// fault is one broken thing and what doctor says of it.
type fault struct {
	profile string // of the Okta org
	opts    simulator.Options
	damage  kit.Damage
	named   string   // the redirect URI that doctor gets
	app     string   // label of the app that doctor gets
	user    string   // the login
	bad     []string // nil: only check, failing
	check   string   // empty: nothing is wrong
	what    string
	autoFix signintest.Fix
	plan    []string // what fixing writes
}

func (f fault) options() simulator.Options {
	f.opts.Seed, f.opts.Okta.Profile = 2, f.profile
	return f.opts
}

const wellKnown = "/.well-known/openid-configuration"

var faults = map[string]fault{
	"nothing":                             {user: "alice@acme.test"},
	"nothing, and a rule for Everyone":    {damage: ruleFor("Everyone"), user: "alice@acme.test"},
	"nothing, and a star in an address":   {damage: starred, named: "https://shop.example.com/chat"},
	"nothing, and the org's other domain": {profile: oktasim.CustomDomain, damage: kit.DiscoverAt("{okta}/oauth2/default" + wellKnown)},
	"secret rotated at Okta": {
		damage: kit.RotateSecret, check: "credential", what: "The secret was rotated in Okta",
		autoFix: signintest.FixCredential, plan: []string{"update credential client CLIENT"},
	},
	"client secret too old": {
		damage: agedSecret, check: "client-secret", what: "The client secret is 400 days old.", bad: []string{"client-secret warning"},
		autoFix: FixRotate,
	},
	"two client secrets": {
		damage: secondSecret, check: "client-secret", what: "The app has 2 active client secrets.", bad: []string{"client-secret warning"},
	},
	"credential of another app": {
		damage: otherApp, app: "Another app", check: "credential", bad: []string{"credential fail", "assigned fail", "access-policy fail"},
		what:    "The integration has the credential of client CLIENT, but the app is client",
		autoFix: signintest.FixCredential,
	},
	"redirect URI removed": {
		damage: redirects("http://localhost:9999/other"), named: "http://localhost:8080/", check: "redirect-uris",
		what:    "http://localhost:8080/ isn't a sign-in redirect URI of the app. Registered: http://localhost:9999/other",
		autoFix: signintest.FixRedirect, plan: []string{"update app integration Genesys Cloud Messenger"},
		bad: []string{"redirect-uris fail", "trusted-origins warning"},
	},
	"redirect URI without its slash": {
		damage: redirects("http://localhost:8080/chat"), named: "http://localhost:8080/chat/", check: "redirect-uris",
		what:    "http://localhost:8080/chat is registered. It differs by the slash at the end.",
		autoFix: signintest.FixRedirect, plan: []string{"update app integration Genesys Cloud Messenger"},
	},
	"redirect URI in other capitals": {
		damage: redirects("http://localhost:8080/Chat"), named: "http://localhost:8080/chat", check: "redirect-uris",
		what:    "http://localhost:8080/Chat is registered. It differs by capital letters.",
		autoFix: signintest.FixRedirect, plan: []string{"update app integration Genesys Cloud Messenger"},
	},
	"no user assigned": {
		damage: kit.Unassign, check: "assigned", what: `No one is assigned to the app integration "Genesys Cloud Messenger".`,
		autoFix: signintest.FixAssignUser, plan: []string{"create assignment alice@acme.test"},
	},
	"a user not assigned": {
		damage: assignOthers, user: "alice@acme.test", bad: []string{"user warning"}, check: "user", what: "alice@acme.test isn't assigned directly",
		autoFix: signintest.FixAssignUser, plan: []string{"create assignment alice@acme.test"},
	},
	"a user whom the rule may refuse": {
		damage: ruleFor("Web partners"), user: "alice@acme.test", bad: []string{"user warning"}, check: "user",
		what: `alice@acme.test is active, and everyone in the org is assigned. Whether the rule "Messenger sign-in" covers the user couldn't be checked.`,
	},
	"a rule that excludes the user": {
		damage: excluding("users"), user: "alice@acme.test", bad: []string{"user fail"}, check: "user",
		what: `The rule "Messenger sign-in" excludes alice@acme.test.`,
	},
	"a rule that excludes some groups": {
		damage: excluding("groups"), user: "alice@acme.test", bad: []string{"user warning"}, check: "user",
		what: `Whether the rule "Messenger sign-in" covers the user couldn't be checked.`,
	},
	"a rule that excludes everyone": {
		damage: rule(`"people":{"groups":{`, `"people":{"groups":{"exclude":["EVERYONE"],`), check: "access-policy",
		what: `The access policy "Genesys Messenger" covers the app, but no active rule allows Authorization Code`, autoFix: signintest.FixAccessPolicy,
	},
	"no access policy": {
		damage: noPolicy, check: "access-policy", what: `No access policy of the authorization server "default" covers the app.`,
		autoFix: signintest.FixAccessPolicy, plan: []string{"create access policy Genesys Messenger (2)", "create policy rule Messenger sign-in"},
	},
	"names kept out of ID tokens": {
		damage: claims(false, "ACTIVE", "given_name", "family_name"), bad: []string{"visitor-names warning"}, check: "visitor-names",
		what:    "ID tokens lack given_name and family_name.",
		autoFix: FixNames, plan: []string{"update claim given_name", "update claim family_name"},
	},
	"an inactive name": {
		damage: claims(true, "INACTIVE", "family_name"), bad: []string{"visitor-names warning"}, check: "visitor-names", what: "ID tokens lack family_name.",
		autoFix: FixNames, plan: []string{"update claim family_name"},
	},
	"no names at the org's own server": {
		profile: oktasim.NoAPIAM, damage: noFederatedClaims, bad: []string{"visitor-names warning"}, check: "visitor-names",
		what:    "ID tokens lack given_name and family_name.",
		autoFix: FixNames, plan: []string{"create federated claim given_name", "create federated claim family_name"},
	},
	"a rule for other grants": {
		damage: rule(`"authorization_code"`, `"client_credentials"`), check: "access-policy", what: "no active rule allows Authorization Code",
		autoFix: signintest.FixAccessPolicy,
	},
	"access tokens of 5 minutes": {
		damage: rule(`Minutes":60`, `Minutes":5`), bad: []string{"token-life warning"}, check: "token-life", what: "Okta's access token is valid for 5 minutes",
	},
	"integration disabled": {
		damage: kit.DisableIntegration, check: "integration-state", what: `The integration "Messenger SSO (Okta)" is INACTIVE, not Active.`,
		autoFix: signintest.FixIntegration, plan: []string{"update state Disabled → Active"},
	},
	"Google's Discovery URI": {
		damage: kit.DiscoverAt("https://accounts.google.com" + wellKnown), check: "discovery-uri", what: "The Discovery URI is Google's",
		autoFix: signintest.FixDiscovery, plan: []string{"update settings Discovery URI and credential"},
	},
	"Google's Discovery URI, integration in ERROR": {
		opts:   simulator.Options{Genesys: genesyssim.Options{ReadsDiscovery: true}},
		damage: kit.DiscoverAt("https://accounts.google.com" + wellKnown), check: "discovery-uri", what: "The Discovery URI is Google's",
		bad:     []string{"discovery-uri fail", "integration-state fail"},
		autoFix: signintest.FixDiscovery, plan: []string{"update settings Discovery URI and credential", "update state Disabled → Active"},
	},
	"credential gone": {
		damage: kit.DropCredential, check: "credential", what: "The integration has no credential.", bad: []string{"credential fail", "integration-state fail"},
		autoFix: signintest.FixCredential, plan: []string{"create credential client CLIENT", "update settings Discovery URI and credential", "update state Disabled → Active"},
	},
	"app on client_secret_post": {
		damage: kit.PutApp(func(credentials, _ map[string]any) { credentials["token_endpoint_auth_method"] = "client_secret_post" }),
		check:  "client-authentication", what: "The app accepts only the client authentication client_secret_post.", bad: []string{"client-authentication warning"},
		autoFix: signintest.FixAuthMethod, plan: []string{"update app integration Genesys Cloud Messenger"},
	},
	"app deleted": {
		damage: kit.DeleteApp, check: "app", what: "The app integration with client CLIENT was deleted in Okta.",
	},
	"signing keys of 1024 bits": {damage: kit.WeakKeys, check: "keys", what: "The provider's signing key has 1024 bits. It must have 2048 to 8192."},
	"keys refused without a reason": {
		damage: kit.KeysAnswer(simkit.Fault{Status: http.StatusUnauthorized}), check: "keys",
		what: "OKTA refused to let the wizard read the signing keys (HTTP 401). That needs no credentials.",
	},
	"keys refused as if for lack of a token": {
		damage: kit.KeysAnswer(oktasim.Refusal("E0000006")), check: "keys",
		what: "OKTA refused to let the wizard read the signing keys (HTTP 403). That needs no credentials.",
	},
	"Okta's clock is 3 hours behind": {
		opts: simulator.Options{Okta: oktasim.Options{ClockAhead: -3 * time.Hour}}, check: "clocks", what: "Okta's clock is 3 hours behind this computer's and Genesys Cloud's.",
	},
	"this computer's clock is 3 hours ahead": {
		opts:  simulator.Options{Okta: oktasim.Options{ClockAhead: -3 * time.Hour}, Genesys: genesyssim.Options{ClockAhead: -3 * time.Hour}},
		check: "clocks", what: "This computer's clock is 3 hours ahead of Okta's and Genesys Cloud's.", bad: []string{"clocks warning"},
	},
	"one of two pages isn't on an allowed domain": {
		damage: redirects("http://localhost:8080/", "https://shop.example.com/"), check: "allowed-domains", bad: []string{"allowed-domains warning"},
		what: "The deployment allows localhost, but not shop.example.com, where the app has a redirect URI.",
	},
	"deployment inactive": {
		damage: kit.Deploy(func(d *genesys.Deployment) { d.Status = "Inactive" }), check: "deployment", what: `The deployment "Web SSO" is Inactive, not Active.`,
	},
	"another org's Discovery URI": {
		damage: kit.DiscoverAt("https://other.okta.com/oauth2/default" + wellKnown), check: "discovery-uri",
		what:    "The Discovery URI is on other.okta.com, but visitors sign in at OKTA.",
		autoFix: signintest.FixDiscovery, plan: []string{"update settings Discovery URI and credential"},
	},
	"the org server in place of default": {
		damage: kit.DiscoverAt("{okta}" + wellKnown), check: "discovery-uri",
		what:    "The Discovery URI names OKTA, but the access policy for the app is on OKTA/oauth2/default.",
		autoFix: signintest.FixDiscovery, plan: []string{"update settings Discovery URI and credential"},
	},
	"a server that doesn't exist": {
		damage: kit.DiscoverAt("{okta}/oauth2/aus0" + wellKnown), check: "discovery-uri", what: "the org has no such authorization server",
		autoFix: signintest.FixDiscovery, plan: []string{"update settings Discovery URI and credential"},
	},
	"OAuth metadata in place of the document": {
		damage: kit.DiscoverAt("{okta}/oauth2/default/.well-known/oauth-authorization-server"), check: "document",
		what: "This is the URL of the OAuth metadata", autoFix: signintest.FixDiscovery, plan: []string{"update settings Discovery URI and credential"},
	},
	"keys unreachable": {damage: kit.KeysAnswer(simkit.Fault{Status: http.StatusInternalServerError}), check: "keys", what: "The signing keys at OKTA/oauth2/default/v1/keys can't be read"},
	"authentication off in the published version": {
		damage: kit.All(kit.Publish(false), kit.UseVersion("2")), check: "authentication", what: `The deployment uses version 2 of the configuration "Web SSO Messenger", where authentication is off. No published version has it on.`,
		autoFix: signintest.FixPublish,
		plan:    []string{"update configuration Web SSO Messenger", "create published version 3", "update deployment Web SSO"},
	},
	"deployment uses the old version": {
		damage: kit.All(kit.Publish(false), kit.Publish(true), kit.UseVersion("2")), check: "pinned-version",
		what:    "The deployment uses version 2 of the configuration, where authentication is off. It is on in version 3.",
		autoFix: signintest.FixPublish, plan: []string{"update deployment Web SSO"},
	},
	"domain not allowed": {
		damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = []string{"www.example.com"} }), check: "allowed-domains",
		what:    "The deployment allows www.example.com, but the app's redirect URIs are on localhost.",
		autoFix: signintest.FixDomains, plan: []string{"update deployment Web SSO"},
	},
	"a domain with its port among good ones": {
		damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = append(d.AllowedDomains, "shop.example.com:8080") }), check: "allowed-domains",
		bad: []string{"allowed-domains warning"}, what: `The allowed domain "shop.example.com:8080" isn't a bare host name.`,
	},
	"a domain in Unicode among good ones": {
		damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = append(d.AllowedDomains, "www.bücher.example") }), check: "allowed-domains",
		bad: []string{"allowed-domains warning"}, what: `The allowed domain "www.bücher.example" isn't a bare host name.`,
	},
	"a public suffix among good ones": {
		damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = append(d.AllowedDomains, "co.uk") }), check: "allowed-domains",
		bad: []string{"allowed-domains warning"}, what: `The allowed domain "co.uk" is a public suffix.`,
	},
	"no domain but one with its port": {
		damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = []string{"localhost:8080"} }), check: "allowed-domains",
		what: `The allowed domain "localhost:8080" isn't a bare host name.`,
	},
	"app inactive": {damage: kit.DeactivateApp, check: "app", what: `The app integration "Genesys Cloud Messenger" is inactive.`},
	"org inactive": {
		opts: simulator.Options{Okta: oktasim.Options{Inactive: true}}, check: "org",
		bad: []string{"org warning"}, what: "This Okta org is inactive.",
	},
	"org expired": {
		opts: simulator.Options{Okta: oktasim.Options{Expires: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}}, check: "org",
		bad: []string{"org warning"}, what: "This Okta org expired on 2026-02-01.",
	},
	"ID tokens encrypted": {
		damage: kit.AppSetting("id_token_encrypted_response_alg", "RSA-OAEP-256"), check: "client-settings",
		what: `The app integration "Genesys Cloud Messenger" encrypts its ID tokens.`,
	},
	"DPoP required": {
		damage: kit.AppSetting("dpop_bound_access_tokens", true), check: "client-settings",
		what: `The app integration "Genesys Cloud Messenger" requires DPoP.`,
	},
	"PAR required": {
		damage: kit.AppSetting("require_pushed_authorization_requests", true), check: "client-settings",
		what: `The app integration "Genesys Cloud Messenger" requires pushed authorization requests (PAR).`,
	},
	"token requests from some zones only": {
		damage: kit.AppSetting("network", map[string]any{"connection": "ZONE", "include": []string{"nzo1"}}), check: "client-settings",
		bad: []string{"client-settings warning"}, what: "Okta accepts token requests of the app from some network zones only.",
	},
	"origin not trusted": {
		damage: untrustOrigins, bad: []string{"trusted-origins warning"}, check: "trusted-origins", what: "http://localhost:8080 isn't an active trusted origin with CORS.",
		autoFix: FixOrigins, plan: []string{"create trusted origin http://localhost:8080"},
	},
	"origin inactive": {
		damage: deactivateOrigins, bad: []string{"trusted-origins warning"}, check: "trusted-origins", what: "The trusted origin http://localhost:8080 is inactive.",
		autoFix: FixOrigins, plan: []string{"update trusted origin http://localhost:8080"},
	},
	"origin without CORS": {
		damage: redirectOnly, bad: []string{"trusted-origins warning"}, check: "trusted-origins", what: "The trusted origin http://localhost:8080 doesn't have CORS.",
		autoFix: FixOrigins, plan: []string{"update trusted origin http://localhost:8080"},
	},
}

// TestOneBrokenThing: doctor names it alone and names its fix, and reading writes nothing.
func TestOneBrokenThing(t *testing.T) {
	t.Parallel()
	table := faulttable.Collect(t, "doctor", faulttable.Says, len(faults)-4)
	for name, tt := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, tt.options())
			if tt.damage != nil {
				tt.damage(t, w.Org)
			}
			examine := func() *Report {
				return w.examine(t, func(c *Config) {
					c.User = tt.user
					if tt.named != "" {
						assert.NilError(t, c.Env.Answers.Set(guide.RedirectURIs, guide.FromFlag, tt.named))
					}
					if tt.app != "" {
						appOf(t, w, c.Env, tt.app)
					}
				})
			}
			wrote := kit.Writes(w.Sim)
			r := examine()
			assert.Check(t, is.Equal(kit.Writes(w.Sim), wrote), "writes")
			want := expected(tt.check, tt.bad)
			assert.Check(t, is.DeepEqual(bad(r), want), "what is wrong")
			assert.Check(t, is.Equal(r.Failed(), strings.Contains(strings.Join(want, ","), " fail")), "failed")
			if tt.check == "" {
				return
			}
			f := finding(t, r, tt.check)
			assert.Check(t, is.Contains(w.hostless(f.What), tt.what), "%s says", tt.check)
			assert.Check(t, f.Why != "" && f.Fix != "", "no reason or no next step: %+v", f)
			assert.Check(t, is.Equal(f.AutoFix, tt.autoFix), "repair")
			table(name, f.What, f.Fix, w.hosts())
			if tt.plan != nil {
				w.fixes(t, tt, r, examine)
			}
		})
	}
}

// fixes carries the fix out and looks again.
func (w *world) fixes(t *testing.T, tt fault, r *Report, examine func() *Report) {
	t.Helper()
	env := w.visit(t, both...)
	wrote := kit.Writes(w.Sim)
	plan := kit.Must(PlanFix(t.Context(), env, r, "alice@acme.test", tt.autoFix))(t)
	assert.Check(t, is.Equal(kit.Writes(w.Sim), wrote), "writes of a plan")
	got := []string{}
	for _, c := range plan.Changes {
		if c.Writes() {
			got = append(got, w.hostless(string(c.Verb)+" "+string(c.Kind)+" "+c.Name))
		}
	}
	assert.Check(t, is.DeepEqual(got, tt.plan), "plan")
	assert.NilError(t, env.Apply(t.Context(), plan, engine.NewStop()))
	for _, f := range examine().Findings {
		assert.Check(t, f.State != Fail && (f.State != Warn || f.Check != tt.check),
			"still wrong: %s: %s", f.Check, f.What)
	}
}

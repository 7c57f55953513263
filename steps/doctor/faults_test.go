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
	"msgsso-wizard/steps/setup"
)

// fault is one broken thing. The golden file has what doctor says of it, and what fixing writes.
type fault struct {
	profile string // of the Okta org
	opts    simulator.Options
	damage  kit.Damage
	named   string // the redirect URI that doctor gets
	app     string // label of the app that doctor gets
	user    string // the login
	stays   bool   // the fix alone isn't enough
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
	"secret rotated at Okta":              {damage: kit.RotateSecret},
	"client secret too old":               {damage: agedSecret},
	"two client secrets":                  {damage: secondSecret},
	"credential of another app":           {damage: otherApp, app: "Another app", stays: true}, // it is assigned to no one
	"redirect URI removed":                {damage: redirects("http://localhost:9999/other"), named: "http://localhost:8080/"},
	"redirect URI without its slash":      {damage: redirects("http://localhost:8080/chat"), named: "http://localhost:8080/chat/"},
	"redirect URI in other capitals":      {damage: redirects("http://localhost:8080/Chat"), named: "http://localhost:8080/chat"},
	"no user assigned":                    {damage: kit.Unassign},
	"a user not assigned":                 {damage: assignOthers, user: "alice@acme.test"},
	"a user whom the rule may refuse":     {damage: ruleFor("Web partners"), user: "alice@acme.test"},
	"a rule that excludes the user":       {damage: excluding("users"), user: "alice@acme.test"},
	"a rule that excludes some groups":    {damage: excluding("groups"), user: "alice@acme.test"},
	"a rule that excludes everyone":       {damage: rule(`"people":{"groups":{`, `"people":{"groups":{"exclude":["EVERYONE"],`)},
	"no access policy":                    {damage: noPolicy},
	"names kept out of ID tokens":         {damage: claims(false, "ACTIVE", "given_name", "family_name")},
	"an inactive name":                    {damage: claims(true, "INACTIVE", "family_name")},
	"no names at the org's own server":    {profile: oktasim.NoAPIAM, damage: noFederatedClaims},
	"a rule for other grants":             {damage: rule(`"authorization_code"`, `"client_credentials"`)},
	"access tokens of 5 minutes":          {damage: rule(`Minutes":60`, `Minutes":5`)},
	"integration disabled":                {damage: kit.DisableIntegration},
	"Google's Discovery URI":              {damage: kit.DiscoverAt("https://accounts.google.com" + wellKnown)},
	"Google's Discovery URI, integration in ERROR": {
		opts:   simulator.Options{Genesys: genesyssim.Options{ReadsDiscovery: true}},
		damage: kit.DiscoverAt("https://accounts.google.com" + wellKnown),
	},
	"credential gone": {damage: kit.DropCredential},
	"app on client_secret_post": {
		damage: kit.PutApp(func(credentials, _ map[string]any) { credentials["token_endpoint_auth_method"] = "client_secret_post" }),
	},
	"app deleted":                            {damage: kit.DeleteApp},
	"signing keys of 1024 bits":              {damage: kit.WeakKeys},
	"keys refused without a reason":          {damage: kit.KeysAnswer(simkit.Fault{Status: http.StatusUnauthorized})},
	"keys refused as if for lack of a token": {damage: kit.KeysAnswer(oktasim.Refusal("E0000006"))},
	"Okta's clock is 3 hours behind":         {opts: simulator.Options{Okta: oktasim.Options{ClockAhead: -3 * time.Hour}}},
	"this computer's clock is 3 hours ahead": {
		opts: simulator.Options{Okta: oktasim.Options{ClockAhead: -3 * time.Hour}, Genesys: genesyssim.Options{ClockAhead: -3 * time.Hour}},
	},
	"one of two pages isn't on an allowed domain": {damage: redirects("http://localhost:8080/", "https://shop.example.com/")},
	"deployment inactive":                         {damage: kit.Deploy(func(d *genesys.Deployment) { d.Status = "Inactive" })},
	"another org's Discovery URI":                 {damage: kit.DiscoverAt("https://other.okta.com/oauth2/default" + wellKnown)},
	"the org server in place of default":          {damage: kit.DiscoverAt("{okta}" + wellKnown)},
	"a server that doesn't exist":                 {damage: kit.DiscoverAt("{okta}/oauth2/aus0" + wellKnown)},
	"OAuth metadata in place of the document":     {damage: kit.DiscoverAt("{okta}/oauth2/default/.well-known/oauth-authorization-server")},
	"keys unreachable":                            {damage: kit.KeysAnswer(simkit.Fault{Status: http.StatusInternalServerError})},
	"authentication off in the published version": {damage: kit.All(kit.Publish(false), kit.UseVersion("2"))},
	"deployment uses the old version":             {damage: kit.All(kit.Publish(false), kit.Publish(true), kit.UseVersion("2"))},
	"domain not allowed":                          {damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = []string{"www.example.com"} })},
	"a domain with its port among good ones": {
		damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = append(d.AllowedDomains, "shop.example.com:8080") }),
	},
	"a domain in Unicode among good ones": {
		damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = append(d.AllowedDomains, "www.bücher.example") }),
	},
	"a public suffix among good ones":     {damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = append(d.AllowedDomains, "co.uk") })},
	"no domain but one with its port":     {damage: kit.Deploy(func(d *genesys.Deployment) { d.AllowedDomains = []string{"localhost:8080"} })},
	"app inactive":                        {damage: kit.DeactivateApp},
	"org inactive":                        {opts: simulator.Options{Okta: oktasim.Options{Inactive: true}}},
	"org expired":                         {opts: simulator.Options{Okta: oktasim.Options{Expires: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)}}},
	"ID tokens encrypted":                 {damage: kit.AppSetting("id_token_encrypted_response_alg", "RSA-OAEP-256")},
	"DPoP required":                       {damage: kit.AppSetting("dpop_bound_access_tokens", true)},
	"PAR required":                        {damage: kit.AppSetting("require_pushed_authorization_requests", true)},
	"token requests from some zones only": {damage: kit.AppSetting("network", map[string]any{"connection": "ZONE", "include": []string{"nzo1"}})},
	"origin not trusted":                  {damage: untrustOrigins},
	"origin inactive":                     {damage: deactivateOrigins},
	"origin without CORS":                 {damage: redirectOnly},
}

// TestOneBrokenThing: doctor names it alone and names its fix, and reading writes nothing.
func TestOneBrokenThing(t *testing.T) {
	t.Parallel()
	table, said := faulttable.Collect(t, "doctor", faulttable.Says, len(faults)-4), kit.Golden(t, len(faults))
	for name, tt := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, tt.options())
			if tt.damage != nil {
				tt.damage(t, w.Org)
			}
			wrote := kit.Writes(w.Sim)
			r := w.examineFor(t, tt, w.visit(t, both...))
			assert.Check(t, is.Equal(kit.Writes(w.Sim), wrote), "writes")
			wrong := bad(r)
			assert.Check(t, is.Equal(r.Failed(), strings.Contains(strings.Join(wrong, ","), " fail")), "failed")
			if len(wrong) == 0 {
				said(name, "nothing")
				return
			}
			f := finding(t, r, strings.Fields(wrong[0])[0])
			assert.Check(t, f.Why != "" && f.Fix != "", "no reason or no next step: %+v", f)
			table(name, f.What, f.Fix, w.hosts())
			if f.AutoFix != "" {
				wrong = append(wrong, string(f.AutoFix)+": "+strings.Join(w.fixes(t, tt, f), ", "))
			}
			said(name, strings.Join(wrong, "\n"))
		})
	}
}

func (w *world) examineFor(t *testing.T, tt fault, env *setup.Session) *Report {
	t.Helper()
	return w.examine(t, func(c *Config) {
		c.Env, c.User = env, tt.user
		if tt.named != "" {
			assert.NilError(t, env.Answers.Set(guide.RedirectURIs, guide.FromFlag, tt.named))
		}
		if tt.app != "" {
			appOf(t, w, env, tt.app)
		}
	})
}

// fixes carries a fix out, checks again, and returns what it wrote. What doctor offers to fix has a plan that changes
// something, in a new session and in the one that made the setup.
func (w *world) fixes(t *testing.T, tt fault, wrong Finding) []string {
	t.Helper()
	wrote, out := kit.Writes(w.Sim), []string{}
	for session, env := range map[string]*setup.Session{"new": w.visit(t, both...), "same": w.env} {
		r := w.examineFor(t, tt, env)
		assert.Check(t, len(r.Fixes()) > 0, "%s session: nothing offered", session)
		for _, fix := range r.Fixes() {
			plan, err := PlanFix(t.Context(), env, r, "alice@acme.test", fix)
			assert.Check(t, err, "%s session: %s", session, fix)
			assert.Check(t, plan.Writes(), "%s session: the plan of %s changes nothing: %+v", session, fix, plan.Changes)
		}
	}
	env := w.visit(t, both...)
	plan := kit.Must(PlanFix(t.Context(), env, w.examineFor(t, tt, env), "alice@acme.test", wrong.AutoFix))(t)
	assert.Check(t, is.Equal(kit.Writes(w.Sim), wrote), "writes of a plan")
	for _, c := range plan.Changes {
		if c.Writes() {
			out = append(out, w.hostless(string(c.Verb)+" "+string(c.Kind)+" "+c.Name))
		}
	}
	if tt.stays {
		return out
	}
	assert.NilError(t, env.Apply(t.Context(), plan, engine.NewStop()))
	for _, f := range w.examineFor(t, tt, w.visit(t, both...)).Findings {
		assert.Check(t, f.State != Fail && (f.State != Warn || f.Check != wrong.Check), "still wrong: %s: %s", f.Check, f.What)
	}
	return out
}

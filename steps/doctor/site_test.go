package doctor

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/pagecode"
)

// website is a customer's page that shows the snippet and the page code.
type website struct {
	snippet, plugin string
	policy          string // Content-Security-Policy
	url             string
}

// put serves the page, and registers its address at the app and among the trusted origins.
func put(t *testing.T, w *world) *website {
	t.Helper()
	site := &website{snippet: w.made.Snippet}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		if site.policy != "" {
			rw.Header().Set("Content-Security-Policy", site.policy)
		}
		_, _ = io.WriteString(rw, "<!doctype html><html><head>"+site.snippet+site.plugin+"</head><body>Shop</body></html>")
	}))
	t.Cleanup(server.Close)
	site.url = strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/chat"
	redirects("http://localhost:8080/", site.url)(t, w)
	_, err := w.okta.CreateTrustedOrigin(t.Context(), okta.TrustedOrigin{Name: "Shop", Origin: strings.TrimSuffix(site.url, "/chat"), Scopes: []string{"CORS", "REDIRECT"}})
	assert.NilError(t, err)
	r := w.examine(t, nil)
	facts, err := r.Page(t.Context(), w.env)
	assert.NilError(t, err)
	facts.RedirectURI = site.url
	site.plugin, err = pagecode.Plugin(facts)
	assert.NilError(t, err)
	return site
}

// ownCode is page code that somebody wrote; how says how it goes to Okta.
func ownCode(w *world, s *website, how string) string {
	return `<script>
		const clientId = "` + w.made.Okta.ClientID + `", redirectUri = "` + s.url + `"; let nonce; ` + how + `
		Genesys('registerPlugin', 'AuthProvider', (p) => p.registerCommand('getAuthCode', (e) => e.resolve(answer(nonce))));
	</script>`
}

// TestPKCEOfOtherCode: libraries do it by themselves, and others' code names it in its own way.
func TestPKCEOfOtherCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 6})
	s := put(t, w)
	w.requirePKCE(t)
	for _, how := range []string{"new OktaAuth({ clientId }).token.getWithRedirect();", "const codeVerifier = make();", "q.set('code_verifier', v);"} {
		s.plugin = ownCode(w, s, how)
		assert.Check(t, is.DeepEqual(bad(w.examine(t, func(c *Config) { c.Site = s.url })), []string{}), how)
	}
}

// TestAPolicyWithPaths holds where it lets through what is really called.
func TestAPolicyWithPaths(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 6})
	s := put(t, w)
	g := w.sim.GenesysURL()
	s.policy = "script-src 'unsafe-inline' " + g + "/genesys-bootstrap/; connect-src " + g + "/api/ " + g + "/webdeployments/"
	assert.Check(t, is.DeepEqual(bad(w.examine(t, func(c *Config) { c.Site = s.url })), []string{}), "what is wrong")
}

// TestTheOrgServerOnPurpose: integration and page use it, and an older policy for the app is still at default.
func TestTheOrgServerOnPurpose(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 6})
	s := put(t, w)
	discovery("{okta}"+wellKnown)(t, w)
	org := w.sim.OktaURL()
	s.plugin = strings.NewReplacer(org+"/oauth2/default/v1/", org+"/oauth2/v1/", org+"/oauth2/default", org).Replace(s.plugin)
	r := w.examine(t, func(c *Config) { c.Site = s.url })
	assert.Check(t, is.DeepEqual(bad(r), []string{}), "what is wrong")
	facts, err := r.Page(t.Context(), w.env)
	assert.NilError(t, err)
	assert.Check(t, is.Equal(facts.Issuer, org), "issuer of the page code")
}

func TestTheCustomersPage(t *testing.T) {
	t.Parallel()
	const another = "3761bdd3-8876-4087-b514-98d6bdf6b003"
	pages := map[string]struct {
		damage func(*testing.T, *world, *website)
		bad    []string
		check  string
		what   string
	}{
		"as it should be": {bad: []string{}},
		"snippet of another deployment": {
			damage: func(_ *testing.T, w *world, s *website) {
				s.snippet = strings.ReplaceAll(s.snippet, w.made.Genesys.DeploymentID, another)
			},
			check: "site-snippet", what: "The page's snippet is for the deployment " + another + `, and not for "Web SSO"`,
		},
		"snippet of another region": {
			damage: func(_ *testing.T, _ *world, s *website) {
				s.snippet = strings.Replace(s.snippet, "environment: 'simulator'", "environment: 'prod-usw2'", 1)
			},
			check: "site-snippet", what: "The page's snippet is for the environment prod-usw2, and the organization is in simulator.",
		},
		"script from elsewhere": {
			damage: func(_ *testing.T, w *world, s *website) {
				s.snippet = strings.Replace(s.snippet, w.sim.GenesysURL(), "https://cdn.example.com", 1)
			},
			check: "site-snippet", what: "The page loads Messenger from https://cdn.example.com/genesys-bootstrap/genesys.min.js",
		},
		"no snippet": {
			damage: func(_ *testing.T, _ *world, s *website) { s.snippet = "" },
			check:  "site-snippet", what: "The page has no Messenger snippet.",
		},
		"two snippets": {
			damage: func(_ *testing.T, w *world, s *website) {
				s.snippet += strings.ReplaceAll(s.snippet, w.made.Genesys.DeploymentID, another)
			},
			check: "site-snippet", what: "The page has 2 snippets",
		},
		"no page code": {
			damage: func(_ *testing.T, _ *world, s *website) { s.plugin = "" },
			check:  "site-plugin", what: "The page registers no AuthProvider plugin.",
		},
		"page code in a file of another origin": {
			damage: func(_ *testing.T, _ *world, s *website) {
				s.plugin = `<script src="https://cdn.example.com/app.js"></script>`
			},
			bad: []string{"site-plugin warning"}, check: "site-plugin",
			what: "No AuthProvider plugin was found; it may be in what cannot be seen here: https://cdn.example.com/app.js: it is of another origin.",
		},
		"all of it by a tag manager": {
			damage: func(t *testing.T, _ *world, s *website) {
				t.Helper()
				s.snippet, s.plugin = `<script>load('https://www.googletagmanager.com/gtm.js?id=GTM-1')</script>`, ""
			},
			bad: []string{"site-snippet warning", "site-plugin warning"}, check: "site-snippet",
			what: "No Messenger snippet was found; it may be in what cannot be seen here: https://www.googletagmanager.com/gtm.js?id=GTM-1: a script loads it.",
		},
		"page code in a file of another origin, page not registered": {
			damage: func(t *testing.T, w *world, s *website) {
				t.Helper()
				redirects("http://localhost:8080/")(t, w)
				s.plugin = `<script src="https://cdn.example.com/app.js"></script>`
			},
			bad: []string{"site-plugin warning", "site-redirect-uri warning"}, check: "site-redirect-uri", what: "What the page code sends cannot be seen here.",
		},
		"page code before the snippet": {
			damage: func(_ *testing.T, _ *world, s *website) { s.snippet, s.plugin = s.plugin, s.snippet },
			check:  "site-plugin", what: "The AuthProvider plugin stands before the snippet.",
		},
		"page code of another client": {
			damage: func(_ *testing.T, w *world, s *website) {
				s.plugin = strings.ReplaceAll(s.plugin, w.made.Okta.ClientID, "0oaOfSomebodyElse000")
			},
			check: "site-plugin", what: "The page signs visitors in as client 0oaOfSomebodyElse000, and the integration has the credential of client CLIENT.",
		},
		"as it should be, with old code in comments": {
			damage: func(_ *testing.T, _ *world, s *website) {
				s.plugin = strings.Replace(s.plugin, "<script>", `<script>
					// const config = { clientId: '0oaOfSomebodyElse000', redirectUri: 'https://old.example.com/', pkce: false };
					/* 'https://old.okta.com/oauth2/default/v1/authorize' */`, 1)
			},
			bad: []string{},
		},
		"page code of another server": {
			damage: func(_ *testing.T, _ *world, s *website) {
				s.plugin = strings.ReplaceAll(s.plugin, "/oauth2/default", "/oauth2/aus1")
			},
			check: "site-plugin", what: "The page signs visitors in at OKTA/oauth2/aus1, and the integration's server is OKTA/oauth2/default.",
		},
		"page code that asks for more than the rule gives": {
			damage: func(t *testing.T, w *world, _ *website) {
				t.Helper()
				rule(`["*"]`, `["openid","profile","email"]`)(t, w)
			},
			check: "site-plugin", what: "The page asks for offline_access, and the app or the rule gives no refresh tokens.",
		},
		"PKCE switched off where Okta requires it": {
			damage: func(t *testing.T, w *world, s *website) {
				t.Helper()
				w.requirePKCE(t)
				s.plugin = ownCode(w, s, "const okta = new OktaAuth({ pkce: false });")
			},
			check: "site-plugin", what: "The app requires PKCE, and the page code switches it off.",
		},
		"no sign of PKCE where Okta requires it": {
			damage: func(t *testing.T, w *world, s *website) {
				t.Helper()
				w.requirePKCE(t)
				s.plugin = ownCode(w, s, "location.assign(authorize);")
			},
			bad: []string{"site-plugin warning"}, check: "site-plugin", what: "The app requires PKCE, and nothing in the page code tells that it sends a code_challenge.",
		},
		"a policy that blocks the script": {
			damage: func(_ *testing.T, w *world, s *website) {
				s.policy = "script-src 'self' 'unsafe-inline'; connect-src " + w.sim.GenesysURL()
			},
			check: "site-policy", what: "blocks GENESYS/genesys-bootstrap/genesys.min.js (script-src",
		},
		"a policy that blocks Messenger's calls": {
			damage: func(_ *testing.T, w *world, s *website) {
				s.policy = "script-src 'unsafe-inline' " + w.sim.GenesysURL() + "; connect-src " + w.sim.GenesysURL() + "/webdeployments/"
			},
			check: "site-policy", what: "blocks GENESYS/api/v2/webdeployments/token/oauthcodegrantjwtexchange (connect-src",
		},
		"a policy that blocks inline scripts": {
			damage: func(_ *testing.T, w *world, s *website) { s.policy = "script-src " + w.sim.GenesysURL() },
			check:  "site-policy", what: "blocks the snippet",
		},
		"page not registered": {
			damage: func(t *testing.T, w *world, s *website) {
				t.Helper()
				redirects("http://localhost:8080/", s.url+"/")(t, w)
				s.plugin = strings.ReplaceAll(s.plugin, s.url, "")
			},
			check: "site-redirect-uri", what: "the two differ by the slash at the end.",
		},
		"page code that comes back to an address that is not registered": {
			damage: func(_ *testing.T, _ *world, s *website) {
				s.plugin = strings.ReplaceAll(s.plugin, `redirectUri: "`+s.url, `redirectUri: "`+s.url+"/old")
			},
			check: "site-redirect-uri", what: "/chat/old is not a sign-in redirect URI of the app.",
		},
		"page code that comes back to what only begins like a registered address": {
			damage: func(t *testing.T, w *world, s *website) {
				t.Helper()
				redirects("http://localhost:8080/", strings.TrimSuffix(s.url, "chat"))(t, w)
			},
			check: "site-redirect-uri", what: "/chat is not a sign-in redirect URI of the app.",
		},
		"page code that comes back to another origin": {
			damage: func(t *testing.T, w *world, s *website) {
				t.Helper()
				redirects("https://localhost/chat", s.url)(t, w)
				s.plugin = strings.ReplaceAll(s.plugin, `redirectUri: "`+s.url, `redirectUri: "https://localhost/chat`)
			},
			check: "site-redirect-uri", what: "The page code sends visitors back to https://localhost/chat, which is another origin than the page's.",
		},
		"page on another domain": {
			damage: func(_ *testing.T, _ *world, s *website) { s.url = strings.Replace(s.url, "localhost", "127.0.0.1", 1) },
			bad:    []string{"site-redirect-uri fail", "allowed-domains fail", "trusted-origins warning"}, check: "allowed-domains", what: "The page is on 127.0.0.1, and the deployment allows localhost.",
		},
		"page not there": {
			damage: func(_ *testing.T, _ *world, s *website) { s.url = "http://localhost:1/" },
			check:  "site-page", what: "localhost:1 cannot be reached: connection refused.",
		},
	}
	table := tell(t, "site", len(pages)-2)
	for name, tt := range pages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 6})
			s := put(t, w)
			if tt.damage != nil {
				tt.damage(t, w, s)
			}
			wrote := w.writes()
			r := w.examine(t, func(c *Config) { c.Site = s.url })
			want := tt.bad
			if want == nil {
				want = []string{tt.check + " fail"}
			}
			assert.Check(t, is.DeepEqual(bad(r), want), "what is wrong")
			if tt.check != "" {
				table(name, w, finding(t, r, tt.check))
				assert.Check(t, is.Contains(w.hostless(finding(t, r, tt.check).What), tt.what), "%s says", tt.check)
			}
			assert.Check(t, is.Equal(w.writes(), wrote), "writes")
		})
	}
}

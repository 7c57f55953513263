package doctor

import (
	"cmp"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/site"
	"msgsso-wizard/steps/internal/faulttable"
	"msgsso-wizard/steps/internal/kit"
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
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/chat" {
			http.NotFound(rw, r)
			return
		}
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		if site.policy != "" {
			rw.Header().Set("Content-Security-Policy", site.policy)
		}
		_, _ = io.WriteString(rw, "<!doctype html><html><head>"+site.snippet+site.plugin+"</head><body>Shop</body></html>")
	}))
	t.Cleanup(server.Close)
	site.url = strings.Replace(server.URL, "127.0.0.1", "localhost", 1) + "/chat"
	redirects("http://localhost:8080/", site.url)(t, w.Org)
	kit.Must(w.Okta.CreateTrustedOrigin(t.Context(), okta.TrustedOrigin{Name: "Shop", Origin: strings.TrimSuffix(site.url, "/chat"), Scopes: []string{"CORS", "REDIRECT"}}))(t)
	env, r := w.examineWith(t, both...)
	code := facts(t, env, r)
	code.RedirectURI = site.url
	site.plugin = kit.Must(pagecode.Plugin(code))(t)
	return site
}

// edit makes another text of one; fill knows the names in braces.
type edit func(fill *strings.Replacer, text string) string

func whole(text string) edit {
	return func(fill *strings.Replacer, _ string) string { return fill.Replace(text) }
}

func swap(old, by string) edit {
	return func(fill *strings.Replacer, text string) string {
		return strings.ReplaceAll(text, fill.Replace(old), fill.Replace(by))
	}
}

// own is page code that a developer wrote; how says how it goes to Okta.
func own(how string) edit {
	return whole(`<script>
		const clientId = "{client}", redirectUri = "{page}"; let nonce; ` + how + `
		Genesys('registerPlugin', 'AuthProvider', (p) => p.registerCommand('getAuthCode', (e) => e.resolve(answer(nonce))));
	</script>`)
}

// TestOrgServerOnPurpose: integration and page use it, and an older policy for the app is still at default, as are the names.
func TestOrgServerOnPurpose(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 6})
	s := put(t, w)
	kit.DiscoverAt("{okta}"+wellKnown)(t, w.Org)
	org := w.Sim.OktaURL()
	s.plugin = strings.NewReplacer(org+"/oauth2/default/v1/", org+"/oauth2/v1/", org+"/oauth2/default", org).Replace(s.plugin)
	r := w.examine(t, func(c *Config) { c.Site = s.url })
	assert.Check(t, is.DeepEqual(bad(r), []string{"visitor-names warning"}), "what is wrong")
	assert.Check(t, is.Equal(facts(t, w.env, r).Issuer, org), "issuer of the page code")
}

// another is the id of a deployment that is not this one.
const another = "3761bdd3-8876-4087-b514-98d6bdf6b003"

// page is what is different about a page.
type page struct {
	damage     kit.Damage
	registered string // the app's redirect URIs
	snippet    edit
	plugin     edit
	policy     string
	site       edit
	check      string // what the table has; empty: the first that is wrong
}

// pages are pages of customers. The golden file has what is wrong, and docs/doctor-faults.md what doctor says of it.
var pages = map[string]page{
	"as it should be": {},
	"as it should be, with old code in comments": {plugin: swap("<script>", `<script>
		// const config = { clientId: '0oaOfSomebodyElse000', redirectUri: 'https://old.example.com/', pkce: false };
		/* 'https://old.okta.com/oauth2/default/v1/authorize' */`)},
	"a library that does PKCE by itself": {damage: requirePKCE, plugin: own("new OktaAuth({ clientId }).token.getWithRedirect();")},
	"a name of its own for PKCE":         {damage: requirePKCE, plugin: own("const codeVerifier = make();")},
	"another name of its own for PKCE":   {damage: requirePKCE, plugin: own("q.set('code_verifier', v);")},
	"a policy with paths that lets through what is called": {
		policy: "script-src 'unsafe-inline' {genesys}/genesys-bootstrap/; connect-src {genesys}/api/ {genesys}/webdeployments/",
	},
	"snippet of another deployment":         {snippet: swap("{deployment}", another)},
	"snippet of another region":             {snippet: swap("environment: 'simulator'", "environment: 'prod-usw2'")},
	"script from elsewhere":                 {snippet: swap("{genesys}/genesys-bootstrap", "https://cdn.example.com/genesys-bootstrap")},
	"no snippet":                            {snippet: whole("")},
	"two snippets":                          {plugin: whole("{other snippet}{plugin}")},
	"no page code":                          {plugin: whole("")},
	"page code in a file of another origin": {plugin: whole(`<script src="https://cdn.example.com/app.js"></script>`)},
	"all of it by a tag manager":            {snippet: whole(`<script>load('https://www.googletagmanager.com/gtm.js?id=GTM-1')</script>`), plugin: whole("")},
	"page code in a file of another origin, page not registered": {
		registered: "http://localhost:8080/", plugin: whole(`<script src="https://cdn.example.com/app.js"></script>`),
		check: "site-redirect-uri",
	},
	"page code before the snippet":                                            {snippet: whole("{plugin}"), plugin: whole("{snippet}")},
	"page code of another client":                                             {plugin: swap("{client}", "0oaOfSomebodyElse000")},
	"page code of another server":                                             {plugin: swap("/oauth2/default", "/oauth2/aus1")},
	"page code that asks for more than the rule gives":                        {damage: rule(`["*"]`, `["openid","profile","email"]`)},
	"PKCE switched off where Okta requires it":                                {damage: requirePKCE, plugin: own("const okta = new OktaAuth({ pkce: false });")},
	"no sign of PKCE where Okta requires it":                                  {damage: requirePKCE, plugin: own("location.assign(authorize);")},
	"a policy that blocks the script":                                         {policy: "script-src 'self' 'unsafe-inline'; connect-src {genesys}"},
	"a policy that blocks Messenger's calls":                                  {policy: "script-src 'unsafe-inline' {genesys}; connect-src {genesys}/webdeployments/"},
	"a policy that blocks inline scripts":                                     {policy: "script-src {genesys}"},
	"page not registered":                                                     {registered: "http://localhost:8080/ {page}/", plugin: swap("{page}", "")},
	"page code that comes back to an address that isn't registered":           {plugin: swap(`redirectUri: "{page}`, `redirectUri: "{page}/old`)},
	"page code that comes back to what only begins like a registered address": {registered: "http://localhost:8080/ {origin}/"},
	"page code that comes back to another origin": {
		registered: "https://localhost/chat {page}", plugin: swap(`redirectUri: "{page}`, `redirectUri: "https://localhost/chat`),
	},
	"page on another domain": {site: swap("localhost", "127.0.0.1"), check: "allowed-domains"},
	"page gone":              {site: swap("/chat", "/missing")},
	"page of another kind":   {site: whole("ftp://localhost/")},
	"page without a scheme":  {site: swap("http://", "")},
	"page not there":         {site: whole("localhost:1")},
}

func TestCustomerPage(t *testing.T) {
	t.Parallel()
	table, said := faulttable.Collect(t, "site", faulttable.Says, len(pages)-7), kit.Golden(t, len(pages))
	for name, tt := range pages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 6})
			s := put(t, w)
			fill := strings.NewReplacer(
				"{deployment}", w.made.Genesys.DeploymentID, "{client}", w.made.Okta.ClientID, "{genesys}", w.Sim.GenesysURL(),
				"{page}", s.url, "{origin}", strings.TrimSuffix(s.url, "/chat"), "{snippet}", s.snippet, "{plugin}", s.plugin,
				"{other snippet}", strings.ReplaceAll(s.snippet, w.made.Genesys.DeploymentID, another),
			)
			if tt.damage != nil {
				tt.damage(t, w.Org)
			}
			if tt.registered != "" {
				redirects(strings.Fields(fill.Replace(tt.registered))...)(t, w.Org)
			}
			for text, e := range map[*string]edit{&s.snippet: tt.snippet, &s.plugin: tt.plugin, &s.url: tt.site} {
				if e != nil {
					*text = e(fill, *text)
				}
			}
			s.policy = fill.Replace(tt.policy)
			wrote := kit.Writes(w.Sim)
			r := w.examine(t, func(c *Config) { c.Site = s.url })
			assert.Check(t, is.Equal(kit.Writes(w.Sim), wrote), "writes")
			wrong := append(bad(r), "")
			said(name, strings.Join(wrong, "\n"))
			if check := cmp.Or(tt.check, wrong[0]); check != "" {
				f := finding(t, r, strings.Fields(check)[0])
				table(name, f.What, f.Fix, w.hosts())
			}
		})
	}
}

// TestRedirectURIWildcard is no address to send.
func TestRedirectURIWildcard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 6})
	starred(t, w.Org)
	env, r := w.examineWith(t, both...)
	assert.Check(t, is.Equal(facts(t, env, r).RedirectURI, "http://localhost:8080/"), "redirect URI of the page code")
}

// TestPageCodeRedirectURI: however it is written, it is what counts; where it is not written, the page's own
// address is.
func TestPageCodeRedirectURI(t *testing.T) {
	t.Parallel()
	const here, other = "https://www.example.com/chat", "https://www.example.com/back"
	for code, want := range map[string]string{
		``: here,
		`redirectUri: location.origin + location.pathname`:            here,
		`redirectUri: "https://www.example.com/back",`:                other,
		`{"redirectUri":"https:\/\/www.example.com\/back"}`:           other,
		"redirect_uri = `https://www.example.com/back`":               other,
		`q.set('redirect_uri', 'https://www.example.com/back')`:       other,
		`"&redirect_uri=https%3A%2F%2Fwww.example.com%2Fback&nonce="`: other,
		`redirectUri: "https://www.example.com/back?a=1\u0026b=2"`:    other + "?a=1&b=2",
		`redirectUri: "https://www.example.com/back?a=1&b=2"`:         other + "?a=1&b=2",
		`post_logout_redirect_uri: "https://www.example.com/bye"`:     here,
		`const to = "https://www.example.com/registered"`:             "https://www.example.com/registered",
		`const to = "https://www.example.com/registered/not"`:         here,
	} {
		s := &seen{}
		s.page.known, s.page.value = true, &site.Page{URL: here + "?a=1#b", Plugins: []site.Plugin{{Code: code}}}
		s.app.known, s.app.value = true, okta.App{RedirectURIs: []string{"https://www.example.com/registered"}}
		assert.Check(t, is.Equal(s.redirectURI(), want), code)
	}
}

func TestNearMisses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ want, have, text string }{
		{"https://a.test/chat", "https://a.test/chat/", "by the slash at the end"},
		{"https://a.test", "https://a.test/", "by the slash at the end"},
		{"https://a.test/Chat", "https://a.test/chat", "by capital letters"},
		{"http://a.test/chat", "https://a.test/chat", "by http and https"},
		{"https://www.xn--bcher-kva.example/chat", "https://www.bücher.example/chat", "by how the host is written"},
		{"https://www.a.test/chat", "https://a.test/chat", "by www"},
		{"http://localhost:8081/", "http://localhost:8080/", "by the port"},
		{"https://a.test/chat?lang=de", "https://a.test/chat", "by what comes after the ?"},
		{"https://a.test/chat/", "https://a.test/chat/index.html", "by the file name"},
		{"http://127.0.0.1:8080/", "http://localhost:8080/", "by localhost and 127.0.0.1"},
	} {
		assert.Check(t, is.Equal(notRegistered(tt.want, []string{"https://other.test/", tt.have}), tt.want+" isn't a sign-in redirect URI of the app. "+tt.have+" is registered. It differs "+tt.text+"."), tt.want)
	}
	assert.Check(t, is.Equal(notRegistered("https://a.test/", []string{"https://b.test/x"}), "https://a.test/ isn't a sign-in redirect URI of the app. Registered: https://b.test/x"), "nothing near")
	assert.Check(t, is.Equal(notRegistered("https://a.test/", nil), "https://a.test/ isn't a sign-in redirect URI of the app."), "none")
}

func TestSnippetEnvironments(t *testing.T) {
	t.Parallel()
	for old, want := range map[string]string{"usw2": "prod-usw2", "use1": "prod", "prod": "prod", "PROD-EUC1": "prod-euc1", "fedramp-use2-core": "fedramp-use2-core", "simulator": "simulator"} {
		assert.Check(t, is.Equal(environment(old), want), old)
	}
}

func TestSignInAt(t *testing.T) {
	t.Parallel()
	for script, want := range map[string][]string{
		`issuer: 'https://acme.okta.com/oauth2/default'`:                            {"https://acme.okta.com/oauth2/default"},
		`"https://acme.okta.com/oauth2/v1/authorize?x"`:                             {"https://acme.okta.com"},
		`go("https://acme.okta.com/oauth2/aus1/v1/authorize", "https://acme.test")`: {"https://acme.okta.com/oauth2/aus1"},
		`const okta = "https://acme.okta.com"`:                                      nil,
	} {
		assert.Check(t, is.DeepEqual(signInAt(script), want), script)
	}
}

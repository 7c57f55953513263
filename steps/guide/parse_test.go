package guide

import (
	"strings"
	"testing"
	"unicode/utf8"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// reading is what a question makes of what was typed: want is the value, or the error begins with problem.
type reading struct {
	key        Key
	raw        string
	want, note string
	problem    string
}

const (
	kept            = "only the host of the pasted URL is kept"
	noAdmin         = "-admin removed"
	lookAlike       = "the URL has letters outside a to z, which can hide a look-alike: type the org's own name, such as acme.okta.com"
	noSlash         = "Browsers show this page with a slash at the end. If sign-in is refused, also register https://www.example.com/."
	spaces          = "Removed around it: spaces."
	startMisspelled = "the start of the URL is misspelled. Enter the host only, such as acme.okta.com"
	noUser          = "the URL has a user name. Remove it"
)

var readings = []reading{
	// B1, B2: Okta orgs
	{key: OktaOrg, raw: " Acme-admin.okta.com. ", want: "https://acme.okta.com", note: spaces + " " + noAdmin},
	{key: OktaOrg, raw: "https://acme-admin.okta.com/admin/dashboard", want: "https://acme.okta.com", note: kept + " " + noAdmin},
	{key: OktaOrg, raw: "acme", want: "https://acme.okta.com", note: "completed to acme.okta.com"},
	{key: OktaOrg, raw: "login.example.com", want: "https://login.example.com", note: notOktas},
	{key: OktaOrg, raw: "http://127.0.0.1:8080/", want: "http://127.0.0.1:8080"},
	{key: OktaOrg, raw: "http://acme.okta.com", problem: "Okta uses HTTPS only: enter the URL with https://"},
	{key: OktaOrg, raw: "user:canary@acme.okta.com", problem: "the URL contains a user name or an @: enter the host only, such as acme.okta.com"},
	{key: OktaOrg, raw: "acme.okta.com:8443", problem: "the URL of an Okta org has no port: remove it"},
	{key: OktaOrg, raw: "10.0.0.1", problem: "this is an IP address: an Okta org has a name, such as acme.okta.com"},
	{key: OktaOrg, raw: "localhost", problem: "a loopback URL needs its scheme, such as http://127.0.0.1:8080"},
	{key: OktaOrg, raw: "okta.com", problem: "this is Okta's own domain: put your org's name before it, such as acme.okta.com"},
	{key: OktaOrg, raw: "acme.xn--kta-5cd.com", problem: lookAlike},
	{key: OktaOrg, raw: "acme.оkta.com", problem: lookAlike}, // a Cyrillic letter
	{key: OktaOrg, raw: "acme.okta.com.evil.test", problem: "the URL only looks like Okta's: an org's URL ends in an Okta domain, such as okta.com"},

	// B4: regions
	{key: GenesysRegion, raw: " MyPureCloud.de ", want: "mypurecloud.de", note: spaces},
	{key: GenesysRegion, raw: "Frankfurt", want: "mypurecloud.de"},
	{key: GenesysRegion, raw: "us-west-2", want: "usw2.pure.cloud"},
	{key: GenesysRegion, raw: "https://apps.usw2.pure.cloud/directory/#/admin", want: "usw2.pure.cloud"},
	{key: GenesysRegion, raw: "api.mypurecloud.com", want: "mypurecloud.com"},
	{key: GenesysRegion, raw: "http://127.0.0.1:9", want: "http://127.0.0.1:9", note: "a server on this computer, not Genesys Cloud"},
	{key: GenesysRegion, raw: "usw3.pure.cloud", want: "usw3.pure.cloud", note: "usw3.pure.cloud isn't in the list of regions: the client ID and secret will be sent to https://login.usw3.pure.cloud; did you mean usw2.pure.cloud?"},
	{key: GenesysRegion, raw: "mypurecloud.de.evil.test", problem: "mypurecloud.de.evil.test only looks like mypurecloud.de and belongs to someone else"},
	{key: GenesysRegion, raw: "https://me:canary@mypurecloud.de", problem: "a URL with a user name or password isn't accepted: enter the domain only"},

	// B5: redirect URIs
	{key: RedirectURIs, raw: " https://www.example.com/Support/?a=b ", want: "https://www.example.com/Support/?a=b", note: spaces},
	{key: RedirectURIs, raw: "https://www.example.com", want: "https://www.example.com", note: noSlash},
	{key: RedirectURIs, raw: "http://localhost:8080/", want: "http://localhost:8080/"},
	{key: RedirectURIs, raw: "http://127.0.0.1:3000/x", want: "http://127.0.0.1:3000/x"},
	{key: RedirectURIs, raw: "http://[::1]:3000/x", want: "http://[::1]:3000/x"},
	{key: RedirectURIs, raw: "http://www.example.com/", problem: `"http://www.example.com/" isn't encrypted. Others on the network could steal the authorization code. Use https:// (http:// is allowed for localhost)`},
	{key: RedirectURIs, raw: "https://www.example.com/#top", problem: `"https://www.example.com/#top" has a fragment (#…), which Okta refuses. Remove it`},
	{key: RedirectURIs, raw: "https://www.example.com/#", problem: `"https://www.example.com/#" has a fragment (#…), which Okta refuses. Remove it`},
	{key: RedirectURIs, raw: "https://*.example.com/", problem: `"https://*.example.com/" has a wildcard, which Okta refuses here. Enter the full URL of each page`},
	{key: RedirectURIs, raw: "http://localhost:8080/https://www.example.com/", problem: `"http://localhost:8080/https://www.example.com/" is two URLs in one. Enter each separately`},
	{key: LogoutURIs, raw: "https://www.example.com/chathttp://localhost/", problem: `"https://www.example.com/chathttp://localhost/" is two URLs in one. Enter each separately`},
	{key: RedirectURIs, raw: "https://www.example.com/in?to=https://b.example.com/", want: "https://www.example.com/in?to=https://b.example.com/"},
	{key: RedirectURIs, raw: "javascript:alert(1)", problem: `"javascript:alert(1)" isn't the URL of a page: the URL must start with https://. `},
	{key: RedirectURIs, raw: "myapp://callback", problem: `"myapp://callback" isn't the URL of a page: the URL must start with https://. `},
	{key: RedirectURIs, raw: "www.example.com", problem: `"www.example.com" isn't the URL of a page: the URL must start with https://. `},
	{key: RedirectURIs, raw: "https://www.example.com/a b", problem: `"https://www.example.com/a b" isn't the URL of a page: `},
	{key: RedirectURIs, raw: "https://me:canary@www.example.com/", problem: noUser},
	{key: RedirectURIs, raw: "http://me:canary@www.example.com/", problem: noUser},
	{key: RedirectURIs, raw: "https://me:canary@www.exa mple.com/", problem: noUser},
	{key: RedirectURIs, raw: "https://www.example.com/" + strings.Repeat("a", 2000), problem: "the URL has 2024 characters. The maximum is 2000"},
	{key: LogoutURIs, raw: "https://www.example.com/bye", want: "https://www.example.com/bye"},

	// domains
	{key: AllowedDomains, raw: "www.example.com", want: "www.example.com"},
	{key: AllowedDomains, raw: "https://WWW.Example.com:8443/x", want: "www.example.com", note: "Only the host is used: https://www.example.com:8443/x became www.example.com."},
	{key: AllowedDomains, raw: "localhost:8080", want: "localhost", note: "Only the host is used: localhost:8080 became localhost."},
	{key: AllowedDomains, raw: "example.com.", want: "example.com", note: "Only the host is used: example.com. became example.com."},
	{key: AllowedDomains, raw: "*.example.com", problem: `"*.example.com" isn't a domain: the host contains '*'. Enter a host such as www.example.com, without a wildcard`},
	{key: AllowedDomains, raw: "“www.example.com”", problem: `"“www.example.com”" isn't a domain: the host contains a quotation mark`},
	{key: AllowedDomains, raw: "www.example.com–", problem: `"www.example.com–" isn't a domain: the host contains '–'`},
	{key: AllowedDomains, raw: "col·lecció.example", want: "xn--collecci-ioa91d.example", note: "Browsers write col·lecció.example as xn--collecci-ioa91d.example."},
	{key: RedirectURIs, raw: "https://www.example.com”/", problem: `"https://www.example.com”/" isn't the URL of a page: the host contains a quotation mark`},
	{key: AllowedDomains, raw: "javascript:alert(1)", problem: `"javascript:alert(1)" isn't a domain: `},
	{key: AllowedDomains, raw: "", problem: `"" isn't a domain: `},
	{key: AllowedDomains, raw: "https://", problem: `"https://" isn't a domain: `},
	{key: AllowedDomains, raw: "https://me:canary@example.com", problem: noUser},
	{key: AllowedDomains, raw: strings.Repeat("a", 300), problem: `"` + strings.Repeat("a", 59) + `…" isn't a domain: `},

	// addresses that browsers would guess, or write otherwise
	{key: RedirectURIs, raw: "https://https://www.example.com/", problem: `"https://https://www.example.com/" is two URLs in one. Enter each separately`},
	{key: RedirectURIs, raw: "https://www..example.com/", problem: `"https://www..example.com/" isn't the URL of a page: the host starts with a dot, or has two dots in a row. Enter the full URL, such as https://www.example.com/support`},
	{key: RedirectURIs, raw: "https://www.example.com,/", problem: `"https://www.example.com,/" isn't the URL of a page: the host contains ','. `},
	{key: RedirectURIs, raw: "https://www.example.com:99999/", problem: `"https://www.example.com:99999/" isn't the URL of a page: the port isn't a number from 1 to 65535. `},
	{key: LogoutURIs, raw: "https://.example.com/", problem: `"https://.example.com/" isn't the URL of a page: the host starts with a dot`},
	{key: LogoutURIs, raw: "https://(www.example.com)/", problem: `"https://(www.example.com)/" isn't the URL of a page: the host contains '('. `},
	{key: RedirectURIs, raw: "https://www.bücher.example:8443/chat", want: "https://www.xn--bcher-kva.example:8443/chat", note: "Browsers write this URL as https://www.xn--bcher-kva.example:8443/chat."},
	{key: RedirectURIs, raw: "https://www。example.com/a/../ü?'", want: "https://www.example.com/%C3%BC?%27", note: "Browsers write this URL as https://www.example.com/%C3%BC?%27."},
	{key: RedirectURIs, raw: "'https://www.example.com/'", problem: `"'https://www.example.com/'" isn't the URL of a page: the URL contains a quotation mark. `},
	{key: RedirectURIs, raw: `"https://www.example.com/"`, problem: `"\"https://www.example.com/\"" isn't the URL of a page: the URL contains a quotation mark. `},
	{key: RedirectURIs, raw: "https://www.example.com./support", want: "https://www.example.com/support", note: "Browsers write this URL as https://www.example.com/support."},
	{key: RedirectURIs, raw: "http://tenant.localhost:3000/", want: "http://tenant.localhost:3000/"},
	{key: RedirectURIs, raw: "https://my_site.example.com/", want: "https://my_site.example.com/"},
	{key: RedirectURIs, raw: "https://www.example.com/?a=b&%63ode=1", problem: `"https://www.example.com/?a=b&%63ode=1" has a query parameter that Okta's response also has (code, state, session_state, iss, error, error_description, error_uri). Rename it`},
	{key: RedirectURIs, raw: "https://www.example.com/?session_state=x", problem: `"https://www.example.com/?session_state=x" has a query parameter`},
	{key: LogoutURIs, raw: "https://www.example.com/?error_uri", problem: `"https://www.example.com/?error_uri" has a query parameter`},
	{key: RedirectURIs, raw: "https://www.example.com/?state", problem: `"https://www.example.com/?state" has a query parameter`},
	{key: RedirectURIs, raw: "https://www.example.com/?error=", problem: `"https://www.example.com/?error=" has a query parameter`},
	{key: RedirectURIs, raw: "https://www.example.com/?error_description=x", problem: `"https://www.example.com/?error_description=x" has a query parameter`},
	{key: LogoutURIs, raw: "https://www.example.com/?x&iss=y", problem: `"https://www.example.com/?x&iss=y" has a query parameter`},
	{key: RedirectURIs, raw: "https://www.example.com/?zipcode=1&to=code", want: "https://www.example.com/?zipcode=1&to=code"},
	{key: AllowedDomains, raw: "http//www.example.com", problem: `"http//www.example.com" isn't a domain: the start of the URL is misspelled. Enter`},
	{key: AllowedDomains, raw: ".example.com", problem: `".example.com" isn't a domain: the host starts with a dot`},
	{key: AllowedDomains, raw: "a.example.com;b.example.com", problem: `"a.example.com;b.example.com" isn't a domain: the host contains ';'`},
	{key: AllowedDomains, raw: `"www.example.com"`, problem: `"\"www.example.com\"" isn't a domain: the URL contains a quotation mark. Enter`},
	{key: AllowedDomains, raw: "<www.example.com>", problem: `"<www.example.com>" isn't a domain: the URL contains '<'. Enter`},
	{key: AllowedDomains, raw: "https://CO.UK/", problem: `"co.uk" is a public suffix: Messenger would start on websites of others. Enter your own host`},
	{key: AllowedDomains, raw: "com", problem: `"com" is a public suffix`},
	{key: AllowedDomains, raw: "github.io", problem: `"github.io" is a public suffix`},
	{key: AllowedDomains, raw: "acme.github.io", want: "acme.github.io"},
	{key: AllowedDomains, raw: "intranet", want: "intranet"},
	{key: AllowedDomains, raw: "undefined", problem: `"undefined" isn't a domain: "undefined" isn't a host.`},
	{key: RedirectURIs, raw: "https://undefined/", problem: `"https://undefined/" isn't the URL of a page: "undefined" isn't a host.`},
	{key: OktaOrg, raw: "undefined", problem: `"undefined" isn't a host`},
	{key: AllowedDomains, raw: "-www.example.com", problem: `"-www.example.com" isn't a domain: a part of the host starts or ends with a hyphen`},
	{key: AllowedDomains, raw: "null", problem: `"null" isn't a domain: `},
	{key: AllowedDomains, raw: "www.Bücher.example", want: "www.xn--bcher-kva.example", note: "Browsers write www.bücher.example as www.xn--bcher-kva.example."},
	{key: AllowedDomains, raw: "http://[0::1]:3000", want: "[::1]", note: "Only the host is used: http://[0::1]:3000 became [::1]."},
	{key: AllowedDomains, raw: "my_site.example.com", want: "my_site.example.com"},
	{key: OktaOrg, raw: "https//acme.okta.com", problem: startMisspelled},
	{key: OktaOrg, raw: "https:/acme.okta.com", problem: startMisspelled},
	{key: OktaOrg, raw: "https://https://acme.okta.com", problem: startMisspelled},
	{key: OktaOrg, raw: "hxxps//acme.okta.com", problem: startMisspelled},

	// B11: names
	{key: AppName, raw: "  Chat  ", want: "Chat", note: spaces},
	{key: AppName, raw: `-rf "$(x)" 'é日本'`, want: `-rf "$(x)" 'é日本'`},
	{key: AppName, raw: strings.Repeat("é", 100), want: strings.Repeat("é", 100)},
	{key: AppName, raw: strings.Repeat("a", 101), problem: "the app name has 101 characters. The maximum is 100"},
	{key: AppName, raw: strings.Repeat("a", 10000), problem: "the app name has 10000 characters. The maximum is 100"},
	{key: AppName, raw: "   ", problem: "the app name is empty. Enter 1 to 100 characters"},
	{key: AppName, raw: "a\nb", problem: `"a‹U+000A›b" has a line break (U+000A). Remove it`},
	{key: AppName, raw: "a\x1b[2Jb", problem: `"a‹U+001B›[2Jb" has a control character (U+001B)`},
	{key: AppName, raw: "a\xffb", problem: `"a‹0xFF›b" has a character that isn't UTF-8`},
	{key: AppName, raw: "Chat 🎉", problem: "the app name has a character that Okta doesn't store, such as an emoji. Remove it"},
	{key: IntegrationName, raw: "Chat 🎉", want: "Chat 🎉"},
	{key: MessengerConfig, raw: "x\ty", problem: `"x‹U+0009›y" has a tab (U+0009)`},
	{key: DeploymentName, raw: "", problem: "the deployment name is empty. Enter 1 to 100 characters"},
	{key: MessageFlow, raw: " Web chat ", want: "Web chat", note: spaces},

	// what copying puts around a value, and what it may hide inside
	{key: GenesysClientID, raw: `"abc"`, want: "abc", note: "Removed around it: quotation marks."},
	{key: GenesysClientID, raw: "\ufeffabc\u200b", want: "abc", note: "Removed around it: a byte order mark (U+FEFF), a zero-width space (U+200B)."},
	{key: GenesysClientID, raw: "a\ufeffbc", problem: `"a‹U+FEFF›bc" has a byte order mark (U+FEFF). Remove it`},
	{key: RedirectURIs, raw: "“https://www.example.com/”\u00a0", problem: `"“https://www.example.com/”" isn't the URL of a page: `},
	{key: RedirectURIs, raw: "\ufeffhttps://www.example.com/\u00a0", want: "https://www.example.com/", note: "Removed around it: a byte order mark (U+FEFF), a no-break space (U+00A0)."},
	{key: RedirectURIs, raw: "https://www.exa\u200bmple.com/", problem: `"https://www.exa‹U+200B›mple.com/" has a zero-width space (U+200B). Remove it`},
	{key: RedirectURIs, raw: "https://www.example.com/\u202emoc", problem: `"https://www.example.com/‹U+202E›moc" has a bidirectional control (U+202E). Remove it`},
	{key: LogoutURIs, raw: "https://www.example.com/\u200bbye", problem: `"https://www.example.com/‹U+200B›bye" has a zero-width space (U+200B)`},
	{key: AllowedDomains, raw: "www.exa\u200bmple.com", problem: `"www.exa‹U+200B›mple.com" has a zero-width space (U+200B). Remove it`},
	{key: AllowedDomains, raw: "www.\u202eexample.com", problem: `"www.‹U+202E›example.com" has a bidirectional control (U+202E). Remove it`},
	{key: OktaOrg, raw: "'acme.okta.com'", want: "https://acme.okta.com", note: "Removed around it: quotation marks."},
	{key: DeploymentName, raw: "Web\u00a0SSO", problem: `"Web\u00a0SSO" has a no-break space`},
	{key: CallbackPort, raw: "\u200e8085", want: "8085", note: "Removed around it: a left-to-right mark (U+200E)."},

	// Discovery URIs
	{key: DiscoveryURI, raw: "https://acme.okta.com/oauth2/default/.well-known/openid-configuration", want: "https://acme.okta.com/oauth2/default/.well-known/openid-configuration"},
	{key: DiscoveryURI, raw: " https://acme.okta.com/ ", want: "https://acme.okta.com/.well-known/openid-configuration", note: spaces + " That was the issuer; its Discovery URI is https://acme.okta.com/.well-known/openid-configuration."},
	{key: DiscoveryURI, raw: "https://Acme。okta.com/x/../oauth2/ü/.well-known/openid-configuration", want: "https://acme.okta.com/oauth2/%C3%BC/.well-known/openid-configuration", note: "Browsers write this URL as https://acme.okta.com/oauth2/%C3%BC/.well-known/openid-configuration."},
	{key: DiscoveryURI, raw: "http://acme.okta.com", problem: "the Discovery URI must start with https://"},
	{key: DiscoveryURI, raw: "acme.okta.com", problem: `"acme.okta.com" isn't a URL. It looks like https://acme.okta.com/oauth2/default/.well-known/openid-configuration`},
	{key: DiscoveryURI, raw: "https://acme.okta.com?client_id=x", problem: "the Discovery URI can't have a user name, query, or fragment. Enter the URL without them"},
	{key: DiscoveryURI, raw: "https://me:canary@acme.okta.com", problem: "the Discovery URI can't have a user name, query, or fragment. Enter the URL without them"},

	// choices and words
	{key: Assign, raw: " Everyone ", want: AssignEveryone, note: spaces},
	{key: Assign, raw: "all", problem: `there is no assignment "all". Choose everyone, groups, skip`},
	{key: OktaSignIn, raw: "hand", want: "hand"},
	{key: OktaSignIn, raw: "Manual", want: "hand"}, // as journals keep it
	{key: OktaSignIn, raw: "x", problem: `there is no sign-in method "x". Choose token, device, key, manual, file`},
	{key: GrantTypes, raw: "Authorization_Code", want: "authorization_code"},
	{key: GrantTypes, raw: "password", problem: `there is no grant type "password". Choose authorization_code, refresh_token`},
	{key: GenesysClientID, raw: " abc ", want: "abc", note: spaces},
	{key: GenesysClientID, raw: "{0oa1}", problem: "the client ID is in brackets. Enter what is between them"},
	{key: OktaClientID, raw: "<0oa1>", problem: "the client ID is in brackets"},
	{key: ManualClientID, raw: "0oa1,", problem: "the client ID ends with ','. Remove it"},
	{key: OktaClientID, raw: "0oa1;", problem: "the client ID ends with ';'. Remove it"},
	{key: GenesysClientID, raw: "GENESYSCLOUD_OAUTHCLIENT_ID=c0ffee", problem: "the client ID begins with the name of a variable"},
	{key: OktaClientID, raw: "$OKTA_CLIENT_CLIENTID", problem: "the client ID is the name of a variable"},
	{key: OktaKeyID, raw: "ké", problem: "the key ID contains 'é'. Copy it again"},
	{key: OktaKeyID, raw: "null", problem: "the key ID is a word for a missing value"},
	{key: ManualClientID, raw: "my-own_id.$!*'()", want: "my-own_id.$!*'()"},
	{key: GenesysClientID, raw: "a b", problem: "the client ID is one word without spaces"},
	{key: SnippetFile, raw: " ", problem: "the path is empty. Enter the path of a file or folder"},
	{key: SnippetFile, raw: " snippet.html ", want: "snippet.html", note: spaces},
}

func TestReadings(t *testing.T) {
	t.Parallel()
	for _, r := range readings {
		name := string(r.key) + " " + r.raw
		a := NewAnswers()
		err := a.Set(r.key, FromUser, r.raw)
		got := a.Get(r.key)
		switch {
		case r.problem == "" && err != nil:
			t.Errorf("%.80q: %v", name, err)
		case r.problem == "":
			assert.Check(t, is.DeepEqual(got, Answer{Value: r.want, Values: []string{r.want}, From: FromUser, Note: r.note, Given: true}), name)
		case err == nil:
			t.Errorf("%.80q is taken as %q", name, got.Value)
		case !strings.HasPrefix(err.Error(), r.problem):
			t.Errorf("%.80q: %q, want %q", name, err, r.problem)
		case got.From == FromUser:
			t.Errorf("%.80q is refused and kept", name)
		case strings.Contains(err.Error(), "canary") || utf8.RuneCountInString(err.Error()) > 300:
			t.Errorf("%.80q: the error repeats too much: %q", name, err)
		}
	}
}

func TestDuplicatesAreDropped(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	set(t, a, RedirectURIs, "https://a.example/", "https://A.example/", " https://a.example/", "https://a.example/B")
	assert.Check(t, is.DeepEqual(a.Get(RedirectURIs).Values, []string{"https://a.example/", "https://a.example/B"}), "redirect URIs")
	assert.Check(t, is.DeepEqual(a.Get(AllowedDomains).Values, []string{"a.example"}), "domains that follow")
}

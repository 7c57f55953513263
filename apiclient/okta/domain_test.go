package okta

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestParseOrg(t *testing.T) {
	t.Parallel()
	const kept, admin = "only the host of the pasted URL is kept", "-admin removed"
	acme := func(notes ...string) OrgAddress {
		return OrgAddress{URL: "https://acme.okta.com", Host: "acme.okta.com", Notes: notes}
	}
	at := func(host string) OrgAddress { return OrgAddress{URL: "https://" + host, Host: host} }
	loopback := func(scheme, host string, notes ...string) OrgAddress {
		return OrgAddress{URL: scheme + "://" + host, Host: host, Notes: notes}
	}
	for input, want := range map[string]OrgAddress{
		"acme.okta.com":                 acme(),
		"  acme.okta.com\r\n":           acme(),
		"ACME.Okta.COM":                 acme(),
		"acme.okta.com.":                acme(),
		"acme.okta.com/":                acme(),
		"https://acme.okta.com":         acme(),
		"https://acme.okta.com:443":     acme(),
		"HTTPS://acme.okta.com//":       acme(),
		"https://acme.okta.com/?a=b":    acme(kept),
		"https://acme.okta.com/#x":      acme(kept),
		"acme.okta.com/oauth2/default":  acme(kept),
		"acme.okta.com/x?to=http://a/b": acme(kept),
		"https://acme.okta.com/oauth2/default/.well-known/openid-configuration": acme(kept),
		"acme-admin.okta.com":                            acme(admin),
		"https://acme-admin.okta.com/admin/apps/active#": acme(kept, admin),
		"https://Acme-Admin.okta.com./":                  acme(admin),
		"acme":                                           acme("completed to acme.okta.com"),
		"Acme":                                           acme("completed to acme.okta.com"),
		"acme-admin":                                     acme("completed to acme-admin.okta.com", admin),
		"integrator-1234567.okta.com":                    at("integrator-1234567.okta.com"),
		"administration.okta.com":                        at("administration.okta.com"),
		"acme.oktapreview.com":                           at("acme.oktapreview.com"),
		"acme.okta-emea.com":                             at("acme.okta-emea.com"),
		"acme.okta-gov.com":                              at("acme.okta-gov.com"),
		"acme.okta.mil":                                  at("acme.okta.mil"),
		"acme.trexcloud.com":                             at("acme.trexcloud.com"),
		"login.example.com":                              at("login.example.com"),
		"https://id.chat.example.co.uk":                  at("id.chat.example.co.uk"),
		"login-admin.example.com":                        at("login-admin.example.com"),
		"okta.company.example":                           at("okta.company.example"),
		"okta.commerce.example.org":                      at("okta.commerce.example.org"),
		"okta.military.example":                          at("okta.military.example"),
		"http://127.0.0.1:8080":                          loopback("http", "127.0.0.1:8080"),
		"http://localhost:8080/":                         loopback("http", "localhost:8080"),
		"https://LOCALHOST:8443":                         loopback("https", "localhost:8443"),
		"http://[::1]:9":                                 loopback("http", "[::1]:9"),
		"http://127.0.0.1:8080/okta":                     loopback("http", "127.0.0.1:8080", kept),
	} {
		t.Run(input, func(t *testing.T) {
			t.Parallel()
			got, err := ParseOrg(input)
			assert.NilError(t, err)
			assert.Check(t, is.DeepEqual(got, want))
		})
	}
}

func TestParseOrgRefuses(t *testing.T) {
	t.Parallel()
	for input, why := range map[string]string{
		"":                                    "is required",
		"{yourOktaDomain}":                    "placeholder",
		"https://{yourOktaDomain}/oauth2":     "placeholder",
		"acme\x1b[2J.okta.com":                `the URL contains`,
		"acme.okta.com\nevil.test":            `the URL contains`,
		"acme okta com":                       "contains a space",
		"acme.okta.com\u00a0evil":             "letters outside",
		"http://acme.okta.com":                "HTTPS only",
		"ftp://acme.okta.com":                 "must start with https",
		"javascript://acme.okta.com/%0aa":     "must start with https",
		"https://ada:pw@acme.okta.com":        "user name",
		"ada@acme.okta.com":                   "user name",
		"http://ada:pw@127.0.0.1:8080":        "user name",
		"https://acme.okta.com@evil.test/":    "user name",
		"acme.okta.com:8443":                  "no port",
		"https://acme.okta.com:444":           "no port",
		"https://acme.okta.com:port":          "port isn't a number",
		`https://acme.okta.com\@evil.test`:    "user name",
		"https://":                            "host is missing",
		"/":                                   "host is missing",
		".":                                   "host is missing",
		"https:acme.okta.com":                 "misspelled",
		"https//acme.okta.com":                "misspelled",
		"https:/acme.okta.com":                "misspelled",
		"https://https://acme.okta.com":       "misspelled",
		"hxxps//acme.okta.com":                "misspelled",
		"htps:/acme.okta.com":                 "port isn't a number",
		"https.//acme.okta.com":               "misspelled",
		"acme/":                               "root domain",
		"https://acme":                        "root domain",
		"192.0.2.7":                           "IP address",
		"https://[2001:db8::1]":               "IP address",
		"2130706433":                          "IP address",
		"0x7f.1":                              "IP address",
		"localhost":                           "needs its scheme",
		"localhost:8080":                      "needs its scheme",
		"127.0.0.1:8080":                      "needs its scheme",
		"okta.com":                            "Okta's own domain",
		"https://oktapreview.com/":            "Okta's own domain",
		"www.okta.com":                        "an Okta site",
		"https://login.okta.com/signin":       "an Okta site",
		"developer.okta.com":                  "an Okta site",
		"help.okta.com":                       "an Okta site",
		"support.okta.com":                    "an Okta site",
		"trust.okta.com":                      "an Okta site",
		"www":                                 "an Okta site",
		"admin.okta.com":                      "an Okta site",
		"https://admin.oktapreview.com/admin": "an Okta site",
		"www-admin.okta.com":                  "an Okta site",
		"admin":                               "an Okta site",
		"admin-admin.okta.com":                "an Okta site",
		"login.okta-emea.com":                 "an Okta site",
		"acme-admin-admin.okta.com":           "doesn't end in -admin",
		"acme-admin-admin":                    "doesn't end in -admin",
		"oktacdn.com":                         "an Okta site",
		"op3static2.oktacdn.com":              "an Okta site",
		"xn--kta-tec.com":                     "look-alike",
		"acme.xn--kta-tec.com":                "look-alike",
		"acme.оkta.com":                       "look-alike", // a Cyrillic o
		"acme.o\u212ata.com":                  "look-alike", // the Kelvin sign
		"acme\u200b.okta.com":                 "look-alike",
		"acme。okta.com":                       "look-alike",
		"acme.okta.com.evil.test":             "only looks like",
		"acme-okta.com":                       "only looks like",
		"acme.okta.com-evil.test":             "only looks like",
		"acme.okta.com.com":                   "twice",
		"login.example.com.com":               "twice",
		"www.acme.okta.com":                   "one name before",
		"acme.okta":                           "root domain",
		"example.com":                         "root domain",
		"acme_x.okta.com":                     "isn't a host name",
		"-acme.okta.com":                      "hyphen",
		"-admin.okta.com":                     "hyphen",
		"acme..okta.com":                      "two dots",
		strings.Repeat("a", 64) + ".okta.com": "too long",
	} {
		t.Run(input, func(t *testing.T) {
			t.Parallel()
			got, err := ParseOrg(input)
			assert.Assert(t, err != nil, "taken as %+v", got)
			assert.Check(t, is.ErrorContains(err, why))
			assert.Check(t, !strings.ContainsAny(err.Error(), "\x1b\n") && !strings.Contains(err.Error(), "pw"),
				"error %q repeats the input", err)
		})
	}
}

func TestAdminConsole(t *testing.T) {
	t.Parallel()
	for org, want := range map[string]string{
		"https://acme.okta.com":         "https://acme-admin.okta.com/",
		"https://acme.oktapreview.com":  "https://acme-admin.oktapreview.com/",
		"https://login.example.com":     "",
		"http://127.0.0.1:8443":         "",
		"https://notokta.com":           "",
		"https://acme.okta.com.evil.io": "",
		"::":                            "",
	} {
		assert.Check(t, is.Equal(AdminConsole(org), want), "AdminConsole(%q)", org)
	}
}

package okta

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

// hostile is what no text that a server sent may keep.
func hostile(text string) bool { return text != apiclient.Clean(text) }

func FuzzParseOrg(f *testing.F) {
	for _, seed := range []string{
		"acme.okta.com", "https://acme-admin.okta.com/admin/x", "http://[::1%25x]:1", "user@host", "acme.okta.com.evil.test", "\x00", "%", "https://127.0.0.1:1/",
		"https//acme.okta.com", "https:/acme.okta.com", "https://https://acme.okta.com", "okta.company.example", "okta.commerce.example.org", "okta.military.example", "acme",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		org, err := ParseOrg(input)
		if err != nil {
			return
		}
		u, err := url.Parse(org.URL)
		if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Scheme != "https" && !apiclient.IsLoopback(u.Host) {
			t.Errorf("%q became %q: %v", input, org.URL, err)
		}
		if again, err := ParseOrg(org.URL); err != nil || again.URL != org.URL {
			t.Errorf("%q is not stable: %q, %v", org.URL, again.URL, err)
		}
		if typed, name := strings.ToLower(input), strings.TrimSuffix(org.Host, ".okta.com"); !strings.Contains(typed, name) && !strings.Contains(typed, "::") && !strings.Contains(typed, strings.Replace(name, ".", "-admin.", 1)) {
			t.Errorf("%q became %q, which isn't in it", input, org.URL)
		}
	})
}

// FuzzNextLink: a next page is one that the line names, and its call stays on the org's host.
func FuzzNextLink(f *testing.F) {
	for _, seed := range []string{
		`<https://acme.okta.com/b?after=1>; rel="next"`, `<a>; rel="self", <b>; rel=next`, `<<>>;;rel="next`, `<`, ``,
		`<//evil.test/x>;rel=next`, `<https://me@acme.okta.com:443/%2e%2e/x#y>;rel=next`, `<?after=%zz>;rel=next`, `<https:a>;rel=next`,
	} {
		f.Add(seed)
	}
	c, err := New(Config{Org: &url.URL{Scheme: "https", Host: "acme.okta.com"}})
	assert.NilError(f, err)
	f.Fuzz(func(t *testing.T, line string) {
		link := nextLink([]string{line, line})
		assert.Check(t, link == "" || strings.Contains(line, "<"+link+">"), "%q gave %q", line, link)
		first := true
		_ = c.api.Pages(apiclient.Request{Path: "/api/v1/apps"}, func(req apiclient.Request) (string, error) {
			if first {
				first = false
				return link, nil
			}
			u, err := url.Parse("https://acme.okta.com" + req.Path + "?" + req.Query.Encode())
			if req.Path != "" && (!strings.HasPrefix(req.Path, "/") || err != nil || u.Host != "acme.okta.com" || u.User != nil) {
				t.Errorf("%q leads to %q: %v", link, req.Path, err)
			}
			return "", nil
		}, follow)
	})
}

func FuzzDecodeError(f *testing.F) {
	f.Add(`{"errorCode":"E0000001","errorSummary":"x","errorCauses":[{"errorSummary":"y"}]}`, `DPoP error="use_dpop_nonce", error_description="a \" b"`)
	f.Add(`[`, `"`)
	f.Add(`{"error":"invalid_client","error_description":"eyJhbGciOi.eyJzdWIi.sig"}`, "")
	f.Fuzz(func(t *testing.T, body, challenge string) {
		var e apiclient.Error
		DecodeError(&e, http.Header{"Www-Authenticate": {challenge}}, []byte(body))
		assert.Check(t, !jwt.MatchString(e.Summary+e.Code+e.OAuth+strings.Join(e.Causes, "")),
			"a token came through: %+v", e)
	})
}

func FuzzDecodeApp(f *testing.F) {
	f.Add(`{"id":"0oa1","label":"x","signOnMode":"OPENID_CONNECT","credentials":{"oauthClient":{"client_id":"c","client_secret":"s"}}}`)
	f.Add(`null`)
	f.Add(`{"id":null,"signOnMode":null,"profile":[1],"settings":"x"}`)
	f.Add(`{"id":"a\u001b[2J","signOnMode":"OPENID_CONNECT","settings":{"oauthClient":{"redirect_uris":["\u202e"]}}}`)
	f.Fuzz(func(t *testing.T, body string) {
		var app createdApp
		if apiclient.Fill([]byte(body), &app) != nil {
			return
		}
		assert.Check(t, app.ID != "" && app.ClientID != "", "%q: %+v", body, app)
		assert.Check(t, !hostile(app.ID+app.Label+app.ManagedBy+strings.Join(app.RedirectURIs, "")),
			"not clean: %+v", app)
	})
}

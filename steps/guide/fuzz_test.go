package guide

import (
	"msgsso-wizard/apiclient/testkit/cases"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
)

// FuzzRedirectURI: what is taken for a redirect URI can be registered as it is, and read again as the same.
func FuzzRedirectURI(f *testing.F) {
	for _, seed := range []string{"http://localhost:8080/", "https://www.example.com/chat?a=b", "https://x/#f", "javascript:alert(1)", "http://evil.test", "https://*.example.com/", "HTTPS://Example.com", " https://a.b ", "https://a.b/\x00"} {
		f.Add(seed)
	}
	for _, pair := range browsers(f) {
		f.Add(pair[0])
	}
	f.Fuzz(func(t *testing.T, input string) {
		value, _, err := parseRedirectURI(input)
		if err != nil || value == "" {
			return
		}
		u, err := url.Parse(value)
		if err != nil || u.Host == "" || u.Fragment != "" || u.Scheme != "https" && u.Scheme != "http" || strings.ContainsAny(value, " \t\r\n*") {
			t.Errorf("%q became %q", input, value)
		}
		if again, _, err := parseRedirectURI(value); err != nil || again != value {
			t.Errorf("%q is not stable: %q, %v", value, again, err)
		}
	})
}

// FuzzAnswers: what an answer keeps is clean, on one line, and read again as the same, on a host that was written. The seeds
// are all readings, and what was recorded of browsers.
func FuzzAnswers(f *testing.F) {
	for _, in := range cases.Inputs(f, "readings.txt") {
		f.Add(in[1], in[0])
	}
	for _, pair := range browsers(f) {
		for key := range hostsOf {
			f.Add(pair[0], string(key))
		}
	}
	f.Add("SSWS 00canary", string(OktaToken))
	f.Add("\ufeff\"00canary\"\u200b", string(OktaToken))
	f.Fuzz(func(t *testing.T, input, key string) {
		a := NewAnswers()
		q, _ := QuestionFor(Key(key))
		if a.Set(q.Key, FromUser, input) != nil {
			return
		}
		if q.Kind == Hidden {
			if text, _, err := apiclient.ReadLines(a.Secret(q.Key).Reveal()); text != a.Secret(q.Key).Reveal() || err != nil {
				t.Errorf("%s: %q is not clean: %v", key, text, err)
			}
			return
		}
		for _, value := range a.Get(q.Key).Values {
			if again, removed, _, err := q.read(value); q.Parse != nil && (again != value || removed != "" || err != nil) {
				t.Errorf("%s: %q became %q, then %q %s: %v", key, input, value, again, removed, err)
			}
			if host := hostsOf[q.Key]; host != nil && isASCII(input) && !written(host(value), strings.ToLower(input)) {
				t.Errorf("%s: %q became %q, on a host that isn't in it", key, input, value)
			}
		}
	})
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > '~' })
}

// written reports whether the host stands in what was typed: an org's also without Okta's domain or with the Admin
// Console's, a region's also by its other names.
func written(host, typed string) bool {
	host, _, _ = strings.Cut(strings.Trim(host, "[]"), ":")
	org, _ := strings.CutSuffix(host, ".okta.com")
	region, _, err := genesys.ParseRegion(typed)
	admin := strings.Replace(host, ".", "-admin.", 1)
	return strings.Contains(typed, host) || strings.Contains(typed, admin) || typed == org || typed == org+"-admin" || strings.Contains(typed, "::") ||
		err == nil && region.AWS != "" && region.Domain == host
}

// FuzzSplit: names that were joined are split into the same, whatever they contain.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"Sales, EMEA", `"Sales, EMEA", Support`, `He said "hi", twice`, `"`, `""`, `,`, ` "a`, `"a" b, c`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		for _, key := range []Key{AssignGroups, GrantTypes, RedirectURIs} {
			q, _ := QuestionFor(key)
			parts := q.Split(line)
			again := q.Split(q.Join(parts))
			assert.Check(t, slices.Equal(parts, again), "%s: %q is %q, then %q", key, line, parts, again)
		}
	})
}

package guide

import (
	"bytes"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"gotest.tools/v3/golden"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/testkit/cases"
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

// browsers is what Chromium makes of a URL, recorded by the tests of apiclient/address: the URL, and its origin.
func browsers(t testing.TB) [][2]string {
	var all [][2]string
	for line := range bytes.Lines(golden.Get(t, "../../../apiclient/address/testdata/browser.jsonl")) {
		var pair [2]string
		assert.NilError(t, json.Unmarshal(line, &pair))
		all = append(all, pair)
	}
	return all
}

// hostsOf are the answers that have a host, each with the host that it keeps, with the port where the answer has one.
var hostsOf = map[Key]func(string) string{
	OktaOrg: Host, DiscoveryURI: Host, RedirectURIs: Host, LogoutURIs: Host,
	AllowedDomains: func(value string) string { return value },
	GenesysRegion:  func(value string) string { return value[strings.LastIndex(value, "/")+1:] },
}

var atPort = regexp.MustCompile(`:[0-9]+$`)

// TestNoAnswerMeansAnotherHost: every answer is on the host on which a browser would be, or is refused.
func TestNoAnswerMeansAnotherHost(t *testing.T) {
	t.Parallel()
	taken := map[Key]int{}
	for _, pair := range browsers(t) {
		_, want, _ := strings.Cut(pair[1], "://")
		for key, host := range hostsOf {
			a := NewAnswers()
			if cleaned, _, err := apiclient.ReadInput(pair[0]); err == nil && cleaned != pair[0] {
				continue // what is pasted around a value is removed first; a browser would refuse it
			}
			if !strings.Contains(pair[0], "://") || a.Set(key, FromUser, pair[0]) != nil {
				continue
			}
			taken[key]++
			want := strings.TrimSuffix(strings.Replace(want, ".:", ":", 1), ".") // without the root dot
			if key == AllowedDomains {
				want = atPort.ReplaceAllString(want, "")
			}
			assert.Check(t, is.Equal(host(a.Value(key)), want), "%s %+q", key, pair[0])
		}
	}
	for key := range hostsOf {
		assert.Check(t, taken[key] > 5, "%s: %d are taken", key, taken[key])
	}
}

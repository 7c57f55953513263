package guide

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"msgsso-wizard/apiclient"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"gotest.tools/v3/golden"
)

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

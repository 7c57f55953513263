package guide

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/cases"
)

// TestReadings: what a question makes of what was typed, or why it refuses it.
func TestReadings(t *testing.T) {
	t.Parallel()
	cases.Check(t, "readings.txt", func(in ...string) string { return readingOf(t, Key(in[0]), in[1]) })
	for _, tt := range []struct {
		key       Key
		raw, want string
	}{
		{RedirectURIs, "https://www.example.com/" + strings.Repeat("a", 2000), "✗ the URL has 2024 characters. The maximum is 2000"},
		{AllowedDomains, strings.Repeat("a", 300), `✗ "` + strings.Repeat("a", 59) + `…" isn't a domain: `},
		{AppName, strings.Repeat("é", 100), strconv.Quote(strings.Repeat("é", 100))},
		{AppName, strings.Repeat("a", 101), "✗ the app name has 101 characters. The maximum is 100"},
		{AppName, strings.Repeat("a", 10000), "✗ the app name has 10000 characters. The maximum is 100"},
	} {
		got := readingOf(t, tt.key, tt.raw)
		assert.Check(t, strings.HasPrefix(got, tt.want), "%.80q: %s", tt.raw, got)
	}
}

func readingOf(t *testing.T, key Key, raw string) string {
	t.Helper()
	a := NewAnswers()
	err := a.Set(key, FromUser, raw)
	got := a.Get(key)
	if err != nil {
		assert.Check(t, got.From != FromUser, "%.80q is refused and kept", raw)
		repeats := strings.Contains(err.Error(), "canary") || utf8.RuneCountInString(err.Error()) > 300
		assert.Check(t, !repeats, "%.80q: the error repeats too much: %q", raw, err)
		return "✗ " + err.Error()
	}
	assert.Check(t, is.DeepEqual(got, Answer{Value: got.Value, Values: []string{got.Value}, From: FromUser, Note: got.Note, Given: true}), raw)
	return strconv.Quote(got.Value) + " " + got.Note
}

func TestDuplicatesAreDropped(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	set(t, a, RedirectURIs, "https://a.example/", "https://A.example/", " https://a.example/", "https://a.example/B")
	assert.Check(t, is.DeepEqual(a.Get(RedirectURIs).Values, []string{"https://a.example/", "https://a.example/B"}), "redirect URIs")
	assert.Check(t, is.DeepEqual(a.Get(AllowedDomains).Values, []string{"a.example"}), "domains that follow")
}

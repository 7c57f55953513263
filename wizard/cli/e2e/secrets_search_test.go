//go:build linux

package e2e

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
)

// hunt knows secrets and what the program left behind, and looks for the ones in the other.
type hunt struct {
	mu        sync.Mutex
	kinds     map[string]bool   // of secrets that came up
	secrets   map[string]string // by what they are
	artifacts map[string]string // by where they were found
}

func newHunt() *hunt {
	return &hunt{kinds: map[string]bool{}, secrets: map[string]string{}, artifacts: map[string]string{}}
}

// leastCanary is the length below which a text stands anywhere by chance.
const leastCanary = 12

// learn adds a secret. Of several lines each is one.
func (h *hunt) learn(what, secret string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.kinds[what] = true
	for line := range strings.Lines(secret) {
		if line = strings.TrimSpace(line); len(line) >= leastCanary && !strings.HasPrefix(line, "-----") && !slices.Contains(slices.Collect(maps.Values(h.secrets)), line) {
			h.secrets[fmt.Sprintf("%s %d", what, len(h.secrets))] = line
		}
	}
}

func (h *hunt) keep(where, text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.artifacts[where] += text
}

// found lists where a secret is, and in which form.
func (h *hunt) found() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []string
	for where, text := range h.artifacts {
		squeezed := squeeze(text)
		for what, secret := range h.secrets {
			for form, encoded := range secretForms(secret) {
				if strings.Contains(text, encoded) || strings.Contains(squeezed, encoded) {
					out = append(out, where+": "+what+" "+form)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

var drawing = regexp.MustCompile(`\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b\][^\x07]*\x07|[\r\n]`)

// squeeze takes out what a terminal does not show as text, so that what stands on two lines is in one piece.
func squeeze(text string) string { return drawing.ReplaceAllString(text, "") }

// secretForms are the ways in which a secret may have been written down.
func secretForms(secret string) map[string]string {
	all, _ := json.Marshal(secret)
	var some strings.Builder
	e := json.NewEncoder(&some)
	e.SetEscapeHTML(false)
	_ = e.Encode(secret)
	inJSON, plainJSON := string(all[1:len(all)-1]), strings.Trim(some.String(), "\n")
	plainJSON = plainJSON[1 : len(plainJSON)-1]
	twice, _ := json.Marshal(inJSON)
	forms := map[string]string{
		"clear": secret, "beginning": secret[:leastCanary], "end": secret[len(secret)-leastCanary:],
		"in JSON": inJSON, "in plain JSON": plainJSON, "in JSON twice": string(twice[1 : len(twice)-1]), "in HTML": html.EscapeString(secret),
		"in a query": url.QueryEscape(secret), "in a path": url.PathEscape(secret),
		"in a query, small": lowerHex.ReplaceAllStringFunc(url.QueryEscape(secret), strings.ToLower), "quoted by Go": strings.Trim(fmt.Sprintf("%q", secret), `"`),
		"hex": hex.EncodeToString([]byte(secret)), "HEX": strings.ToUpper(hex.EncodeToString([]byte(secret))),
	}
	for name, text := range map[string]string{"base64": secret, "base64 of the query form": url.QueryEscape(secret)} {
		for before := range 3 { // wherever it stands, as after "id:" in a Basic header, this much of it is the same
			whole := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", before) + text))
			core := whole[(before*8+5)/6 : (before+len(text))*8/6]
			forms[fmt.Sprintf("%s after %d", name, before)] = core
			forms[fmt.Sprintf("%s for URLs after %d", name, before)] = strings.NewReplacer("+", "-", "/", "_").Replace(core)
		}
	}
	if strings.HasPrefix(secret, "eyJ") { // signed tokens all begin alike
		delete(forms, "beginning")
	}
	return forms
}

var lowerHex = regexp.MustCompile(`%[0-9A-F]{2}`)

// canaries are secrets of a user, with all that changes where it is escaped.
const (
	canaryToken  = `00can/+=token_-~nothing.x9`
	canarySecret = `gc=sec/+ret&<b>"%41'\~_-canary#?x`
)

// TestSecretSearchFindsEachForm plants each secret in each form, one at a time, and finds nothing where none is.
func TestSecretSearchFindsEachForm(t *testing.T) {
	t.Parallel()
	object, _ := json.Marshal(map[string]string{"a": canarySecret})
	inner, _ := json.Marshal(map[string]string{"body": string(object)})
	basic := func(id string) string { return id + ":" + canarySecret }
	form := url.Values{"a": {"1"}, "client_secret": {canarySecret}}.Encode()
	for name, planted := range map[string]string{
		"clear": "say " + canarySecret + " again", "JSON": string(object), "JSON in JSON": string(inner), "a form": form,
		"a form, small": lowerHex.ReplaceAllStringFunc(form, strings.ToLower), "a path": "/a/" + url.PathEscape(canarySecret), "Go": fmt.Sprintf("%+v %q", object, canarySecret),
		"base64": base64.StdEncoding.EncodeToString([]byte(canarySecret)), "raw base64": base64.RawStdEncoding.EncodeToString([]byte(canarySecret)),
		"base64 for URLs": base64.URLEncoding.EncodeToString([]byte(canarySecret)), "raw base64 for URLs": base64.RawURLEncoding.EncodeToString([]byte(canarySecret)),
		"Basic": "Basic " + base64.StdEncoding.EncodeToString([]byte(basic("id"))), "Basic, a longer id": base64.StdEncoding.EncodeToString([]byte(basic("ids"))),
		"Basic, the longest": base64.URLEncoding.EncodeToString([]byte(basic("id12"))), "Basic of a form": base64.StdEncoding.EncodeToString([]byte("id:" + url.QueryEscape(canarySecret))),
		"hex": fmt.Sprintf("%x", canarySecret), "HEX": fmt.Sprintf("%X", canarySecret), "HTML": html.EscapeString(canarySecret),
		"broken by the terminal": canarySecret[:20] + "\x1b[3;1H\r\n\x1b[1m" + canarySecret[20:], "its beginning": canarySecret[:leastCanary] + "…", "its end": "…" + canarySecret[len(canarySecret)-leastCanary:],
	} {
		h := newHunt()
		h.learn("planted", canarySecret)
		h.learn("other", canaryToken)
		h.keep("here", "what comes before "+planted+" and after\n")
		h.keep("there", "nothing of the kind, 0oa1x2y3 "+strings.Repeat("c", 40))
		hits := h.found()
		assert.Check(t, len(hits) != 0, "%s is not found", name)
		for _, hit := range hits {
			assert.Check(t, strings.HasPrefix(hit, "here: planted "), "%s: found %s", name, hit)
		}
	}
	h := newHunt()
	h.learn("key", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nAgEAAoIBAQC7VJTUt9Us8cKj\n-----END PRIVATE KEY-----\n")
	h.keep("here", `{"pem":"x\nAgEAAoIBAQC7VJTUt9Us8cKj\n"}`)
	hits := h.found()
	assert.Check(t, len(h.secrets) == 2 && len(hits) != 0, "of a key: %d lines, %v", len(h.secrets), hits)
}

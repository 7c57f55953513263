package conformance

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/jsontree"
)

// call is one call. {name} in path and body stands for what an earlier call kept under it.
type call struct {
	method, path string
	body         string // JSON, or a form
	status       int    // the one to expect
	keep         string // "name=member.member other=…": what to keep of the answer; "name=?code": of the Location's query
	sign         string // the Authorization header; empty: the right one; "-": none
	wrong        bool   // the request breaks the definition on purpose
}

// caller makes calls with the credentials of one service.
type caller struct {
	t    *testing.T
	base string
	sign string
	kept map[string]string
	http *http.Client
}

func newCaller(t *testing.T, base, sign string) *caller {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	client := &http.Client{Transport: transport, Timeout: 10 * time.Second, CheckRedirect: stay}
	return &caller{t: t, base: base, sign: sign, kept: map[string]string{}, http: client}
}

// stay follows no redirect: they lead to pages that do not exist.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// all makes the calls of a section of testdata/calls.txt in order. They exercise every operation that the simulator serves.
func (c *caller) all(section string) {
	c.t.Helper()
	for _, x := range calls(c.t, section) {
		c.do(x)
	}
}

// calls reads a section. A line has the method, the status to expect, the path, and remarks. The body is in the next line,
// after a tab; <name> stands for one that several calls have.
func calls(t *testing.T, section string) (all []call) {
	t.Helper()
	text, err := os.ReadFile("testdata/calls.txt")
	assert.NilError(t, err)
	bodies, at := map[string]string{}, ""
	for line := range strings.SplitSeq(string(text), "\n") {
		name, rest, _ := strings.Cut(line, " ")
		switch {
		case name == "#":
			at = rest
		case strings.HasPrefix(name, "<"):
			bodies[name] = rest
		case at != section || line == "":
		case line[0] == '\t':
			all[len(all)-1].body = cmp.Or(bodies[line[1:]], line[1:])
		default:
			all = append(all, readCall(t, line))
		}
	}
	assert.Assert(t, len(all) > 0, "no section %q", section)
	return all
}

func readCall(t *testing.T, line string) (x call) {
	t.Helper()
	parts := strings.Split(line, "; ")
	_, err := fmt.Sscan(parts[0], &x.method, &x.status, &x.path)
	assert.NilError(t, err, line)
	for _, remark := range parts[1:] {
		switch word, rest, _ := strings.Cut(remark, " "); word {
		case "anonymous":
			x.sign = "-"
		case "as":
			x.sign = rest
		case "wrong":
			x.wrong = true
		case "keep":
			x.keep = rest
		case "#": // a comment
		default:
			t.Fatalf("%q in %q", remark, line)
		}
	}
	return x
}

func (c *caller) do(x call) {
	c.t.Helper()
	resp, raw := c.send(x)
	assert.Equal(c.t, resp.StatusCode, x.status, "%s %s: %s", x.method, c.fill(x.path), raw)
	for pair := range strings.FieldsSeq(x.keep) {
		name, path, _ := strings.Cut(pair, "=")
		if member, ok := strings.CutPrefix(path, "?"); ok {
			c.kept[name] = sentBack(c.t, resp, member)
			continue
		}
		c.kept[name] = pick(c.t, raw, path)
	}
}

// send makes a call, whatever comes of it.
func (c *caller) send(x call) (*http.Response, []byte) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), x.method, c.base+c.fill(x.path), strings.NewReader(c.fill(x.body)))
	assert.NilError(c.t, err)
	if x.body != "" {
		kind := "application/x-www-form-urlencoded"
		if strings.HasPrefix(x.body, "{") {
			kind = "application/json"
		}
		req.Header.Set("Content-Type", kind)
	}
	switch x.sign {
	case "-":
	case "":
		req.Header.Set("Authorization", c.sign)
	default:
		req.Header.Set("Authorization", c.fill(x.sign))
	}
	if x.wrong {
		req.Header.Set(Wrong, "yes")
	}
	resp, err := c.http.Do(req)
	assert.NilError(c.t, err)
	raw, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	assert.NilError(c.t, err)
	return resp, raw
}

func (c *caller) fill(text string) string {
	for name, value := range c.kept {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// sentBack returns a parameter of the address that an answer leads to.
func sentBack(t *testing.T, resp *http.Response, name string) string {
	t.Helper()
	to, err := resp.Location()
	assert.NilError(t, err)
	value := to.Query().Get(name)
	assert.Assert(t, value != "", "no %s in %s", name, to)
	return value
}

// pick returns the member of a JSON document as text; a number in the path is a place in a list.
func pick(t *testing.T, raw []byte, path string) string {
	t.Helper()
	var document any
	assert.NilError(t, json.Unmarshal(raw, &document))
	at, _ := jsontree.At(document, path)
	text, ok := at.(string)
	assert.Assert(t, ok, "%s is not a text: %s", path, raw)
	return text
}

// basic is the header by which a client says who it is.
func basic(id, secret string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(id+":"+secret))
}

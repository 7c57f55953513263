// Package talk plays conversations with both simulators from files of text, as callers have them over HTTP.
//
//	# TestName
//	body sample {"name": "Chat", "languages": ["en-us"]}
//	POST configurations sample → 201; keep id; status = "Pending"
//	GET configurations/{id}; has dateCreated; no description
//	POST configurations & PUT configurations/{id}:
//		sample -name            → 400 constraint.validation
//		sample +name="" +x.y=1  → 400 constraint.validation
//	wait 10s
//
// The bodies before the first section are known to all. The words after a path are the body: JSON, or the name of one, with
// members taken away or set. Without an outcome, the call has to succeed. {id} stands for what an earlier call kept.
//
// In a path, * is each entry of a list, and name=x the entry with that member. "it" is the whole answer, which a check can
// leave members out of. LIST reads a list to its end, OPEN is a GET without credentials, and COUNTS are a simulator's. Lines
// that begin with // are comments.
package talk

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/jsontree"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEverySectionIsPlayed(t *testing.T) {
	t.Parallel()
	for _, service := range []string{"okta", "genesys"} {
		text, err := os.ReadFile("testdata/" + service + ".txt")
		assert.NilError(t, err)
		code, err := os.ReadFile(service + "_test.go")
		assert.NilError(t, err)
		for _, section := range regexp.MustCompile(`(?m)^# (.*)$`).FindAllSubmatch(text, -1) {
			assert.Check(t, is.Contains(string(code), "func "+string(section[1])+"("))
		}
	}
}

// talk is a conversation with a simulator, which is what its service makes of it.
type talk struct {
	t     *testing.T
	web   *httptest.Server
	now   time.Time
	known map[string]any // bodies, and what calls kept
	calls []string       // that rows go to
	service
}

type service struct {
	below   string // the path that others are below
	bearer  string // the Authorization header
	code    func(answer any) string
	next    func(header http.Header, page any) string // the address of a list's next page
	entries string                                    // where a page has them
	counts  func() any
}

func start(t *testing.T, make func(now func() time.Time) (http.Handler, service)) *talk {
	t.Helper()
	t.Parallel()
	p := &talk{t: t, now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), known: map[string]any{}}
	handler, s := make(func() time.Time { return p.now })
	p.web, p.service = httptest.NewServer(handler), s
	t.Cleanup(p.web.Close)
	p.known["base"] = p.web.URL
	return p
}

// play plays the section of a file that has the test's name.
func (p *talk) play(file string) {
	p.t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	assert.NilError(p.t, err)
	_, section, found := strings.Cut("\n"+string(text), "\n# "+p.t.Name()+"\n")
	assert.Assert(p.t, found, "%s has no section %s", file, p.t.Name())
	section, _, _ = strings.Cut(section, "\n# ")
	bodies, _, _ := strings.Cut(string(text), "\n# ")
	for line := range strings.SplitSeq(bodies+"\n"+section, "\n") {
		if line != "" && !strings.HasPrefix(line, "//") {
			p.line(line)
		}
	}
}

func (p *talk) line(line string) {
	p.t.Helper()
	for name, v := range p.known {
		if text, ok := v.(string); ok {
			line = strings.ReplaceAll(line, "{"+name+"}", text)
		}
	}
	word, rest, _ := strings.Cut(line, " ")
	calls, rows := strings.CutSuffix(line, ":")
	switch {
	case word == "wait":
		d, err := time.ParseDuration(rest)
		assert.NilError(p.t, err, line)
		p.now = p.now.Add(d)
	case word == "body":
		name, text, _ := strings.Cut(rest, " ")
		p.known[name], rest = p.value(text)
		assert.Equal(p.t, rest, "", line)
	case line[0] == '\t':
		for _, call := range p.calls {
			p.call(call+" "+strings.TrimSpace(line), line)
		}
	case rows:
		p.calls = strings.Split(calls, " & ")
	default:
		p.call(line, line)
	}
}

func (p *talk) call(text, line string) {
	p.t.Helper()
	method, rest, _ := strings.Cut(strings.Replace(text, "; ", " ; ", 1), " ")
	path, rest, _ := strings.Cut(rest, " ")
	if path == ";" { // COUNTS
		rest = "; " + rest
	}
	var body any
	if rest = strings.TrimSpace(rest); rest != "" && rest[0] != ';' && !strings.HasPrefix(rest, "→") {
		body, rest = p.value(rest)
	}
	outcome, answer := p.answer(method, path, body)
	rest = strings.TrimSpace(rest)
	if want, given := strings.CutPrefix(rest, "→ "); given {
		want, rest, _ = strings.Cut(want, ";")
		assert.Check(p.t, is.Equal(outcome, strings.TrimSpace(want)), "%s: %v", line, answer)
	} else {
		rest = strings.TrimPrefix(rest, ";")
		assert.Check(p.t, outcome[0] == '2', "%s: %s %v", line, outcome, answer)
	}
	for check := range strings.SplitSeq(rest, "; ") {
		p.check(answer, strings.TrimSpace(check), line)
	}
}

// answer makes a call. A list is all its entries.
func (p *talk) answer(method, path string, body any) (outcome string, answer any) {
	p.t.Helper()
	switch method {
	case "COUNTS":
		return "200", p.counts()
	case "LIST":
		all := []any{}
		for page := any(nil); path != ""; {
			var header http.Header
			outcome, header, page = p.send("GET", path, nil)
			entries, _ := at(page, p.entries)
			list, _ := entries.([]any)
			all, path = append(all, list...), p.next(header, page)
		}
		return outcome, all
	}
	outcome, _, answer = p.send(method, path, body)
	return outcome, answer
}

func (p *talk) send(method, path string, body any) (string, http.Header, any) {
	p.t.Helper()
	if !strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "http") {
		path = p.below + path
	}
	var sent io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		assert.NilError(p.t, err)
		sent = bytes.NewReader(raw)
	}
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.web.URL+strings.TrimPrefix(path, p.web.URL), sent)
	assert.NilError(p.t, err)
	r.Header.Set("Content-Type", "application/json")
	if r.Header.Set("Authorization", p.bearer); method == "OPEN" {
		r.Method = "GET"
		r.Header.Del("Authorization")
	}
	resp, err := p.web.Client().Transport.RoundTrip(r)
	assert.NilError(p.t, err)
	defer resp.Body.Close() //nolint:errcheck // it was read
	var answer any
	_ = json.NewDecoder(resp.Body).Decode(&answer) // there may be none
	return strings.TrimSpace(fmt.Sprint(resp.StatusCode, " ", p.code(answer))), resp.Header, answer
}

// check checks an answer, or keeps a part of it.
func (p *talk) check(answer any, check, line string) {
	p.t.Helper()
	word, rest, _ := strings.Cut(check, " ")
	switch word {
	case "":
	case "keep":
		name, path, given := strings.Cut(rest, " = ")
		if !given {
			path = name
		}
		v, there := at(answer, path)
		assert.Assert(p.t, there, "%s: no %s in %v", line, path, answer)
		p.known[name] = v
	case "has", "no":
		for path := range strings.FieldsSeq(rest) {
			_, there := at(answer, path)
			assert.Check(p.t, is.Equal(there, word == "has"), "%s: %s in %v", line, path, answer)
		}
	default:
		if path, form, matches := strings.Cut(check, " ~ "); matches {
			found, _ := at(answer, path)
			assert.Check(p.t, is.Regexp(form, fmt.Sprint(found)), line)
			return
		}
		path, text, _ := strings.Cut(check, " = ")
		path, other, differs := strings.Cut(path, " != ")
		path, without, _ := strings.Cut(path, " -")
		want, after := p.value(text + other)
		assert.Equal(p.t, after, "", line)
		found, _ := at(answer, path)
		found = plain(p.t, found) // a copy
		for member := range strings.SplitSeq(without, " -") {
			if o, ok := found.(jsontree.Object); ok {
				jsontree.Delete(o, member)
			}
		}
		if differs {
			assert.Check(p.t, !reflect.DeepEqual(found, want), "%s: %s in %v", line, path, answer)
			return
		}
		assert.Check(p.t, is.DeepEqual(found, want), "%s: %s in %v", line, path, answer)
	}
}

// value reads JSON, or the name of a body, and what is different of it. It returns what follows.
func (p *talk) value(text string) (value any, rest string) {
	p.t.Helper()
	value, rest = p.decoded(text)
	for value = plain(p.t, value); ; { // a copy
		rest = strings.TrimLeft(rest, " ")
		o, _ := value.(jsontree.Object)
		switch {
		case strings.HasPrefix(rest, "-"):
			path, _, _ := strings.Cut(rest[1:], " ")
			jsontree.Delete(o, path)
			rest = rest[1+len(path):]
		case strings.HasPrefix(rest, "+"):
			path, text, _ := strings.Cut(rest[1:], "=")
			var v any
			v, rest = p.decoded(text)
			jsontree.Put(o, path, v)
		default:
			return value, rest
		}
	}
}

func (p *talk) decoded(text string) (v any, rest string) {
	p.t.Helper()
	word, after, _ := strings.Cut(text, " ")
	if v, named := p.known[word]; named {
		return v, after
	}
	d := json.NewDecoder(strings.NewReader(text))
	assert.NilError(p.t, d.Decode(&v), text)
	return v, text[d.InputOffset():]
}

// at is what is at a path. After a star it is a list.
func at(v any, path string) (any, bool) {
	step, below, nested := strings.Cut(path, ".")
	list, _ := v.([]any)
	name, value, wanted := strings.Cut(step, "=")
	switch {
	case path == "" || path == "it":
		return v, true
	case step == "*":
		all := make([]any, len(list))
		for i, entry := range list {
			all[i], _ = at(entry, below)
		}
		return all, list != nil
	case wanted:
		for _, entry := range list {
			if found, _ := at(entry, name); fmt.Sprint(found) == value {
				return at(entry, below)
			}
		}
		return nil, false
	}
	found, there := jsontree.At(v, step)
	if nested && there {
		return at(found, below)
	}
	return found, there
}

// plain is a value as JSON has it.
func plain(t *testing.T, v any) (out any) {
	t.Helper()
	raw, err := json.Marshal(v)
	assert.NilError(t, err)
	assert.NilError(t, json.Unmarshal(raw, &out))
	return out
}

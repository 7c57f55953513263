// Package tofu replays what OpenTofu's providers for Okta and Genesys Cloud send (contract opentofu.md), because the
// providers themselves can't run everywhere. What they need of an answer is written down with each call: a member that
// they read without looking whether it is there, and the values that make a plan without changes.
package tofu

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/testkit/eventually"
)

// Resource is one resource of a file: the calls that each phase makes, and what the file says of it.
type Resource struct {
	Kind                             string // such as okta_app_oauth
	Create, Refresh, Update, Destroy []Call
	File, Edited                     map[string]Attribute // by the provider's names; Edited is what an edit of the file changes
}

// Call is one request of a provider. {name} in the path and the body stands for what an earlier call kept.
type Call struct {
	Method, Path string
	Body         string // JSON
	Status       int
	Keep         string   // "name=member": what to keep of the answer
	Needs        []string // members that the provider reads without looking whether they are there
	Against      string   // what it breaks of the vendor's definition; empty: nothing
	Until        string   // "member=value": it is repeated until the answer says so; a 404 is repeated, too
}

// Attribute is where the provider finds an attribute in an answer to Refresh, and what it is to be.
type Attribute struct {
	Member string
	Value  any // as JSON has it; a text may have {name} in it
}

// Resources are those of the contract, in the order in which they are created.
func Resources() []Resource { return slices.Concat(okta, genesys) }

// run is one state file and the two orgs that it is about.
type run struct {
	t       *testing.T
	sim     *simulator.Server
	kept    map[string]string
	answers []any // of the last phase
	calls   int
}

// Replay creates all resources, refreshes them, edits each, refreshes again, and destroys them. After each phase a plan has
// no changes. It returns the number of calls.
func Replay(t *testing.T, sim *simulator.Server) int {
	t.Helper()
	r := &run{t: t, sim: sim, kept: map[string]string{}}
	all := Resources()
	for _, c := range configure {
		r.do(c)
	}
	r.discover()
	for _, x := range all {
		r.phase(x.Kind, "create", x.Create)
		r.plan(x, x.File)
	}
	for _, x := range all {
		r.phase(x.Kind, "update", x.Update)
		edited := maps.Clone(x.File)
		maps.Copy(edited, x.Edited)
		r.plan(x, edited)
	}
	for _, x := range slices.Backward(all) {
		r.phase(x.Kind, "destroy", x.Destroy)
	}
	return r.calls
}

func (r *run) phase(kind, name string, calls []Call) {
	r.t.Helper()
	r.answers = nil
	for _, c := range calls {
		r.do(c)
	}
	assert.Assert(r.t, !r.t.Failed(), "%s: %s", kind, name)
}

// plan refreshes a resource and compares it to the file: a difference would be planned as a change.
func (r *run) plan(x Resource, file map[string]Attribute) {
	r.t.Helper()
	r.phase(x.Kind, "refresh", x.Refresh)
	for _, name := range slices.Sorted(maps.Keys(file)) {
		want := file[name]
		if text, ok := want.Value.(string); ok {
			want.Value = r.fill(text)
		}
		var found any
		for _, answer := range r.answers {
			if v, there := member(answer, r.fill(want.Member)); there {
				found = v
			}
		}
		if n, ok := want.Value.(int); ok {
			want.Value = float64(n)
		}
		assert.Check(r.t, reflect.DeepEqual(found, want.Value), "%s: a plan changes %s from %v to %v", x.Kind, name, found, want.Value)
	}
}

// do makes a call and checks what the provider needs of the answer.
func (r *run) do(c Call) {
	r.t.Helper()
	var status int
	var answer any
	said := func() string { return fmt.Sprintf("%s %s: %d %v", c.Method, r.fill(c.Path), status, answer) }
	if name, want, waits := strings.Cut(c.Until, "="); waits {
		eventually.True(r.t, func() bool {
			status, answer = r.send(c)
			v, _ := member(answer, name)
			return status != http.StatusNotFound && fmt.Sprint(v) == want
		}, said)
	} else {
		status, answer = r.send(c)
	}
	assert.Assert(r.t, is.Equal(status, c.Status), said())
	for _, need := range c.Needs {
		v, there := member(answer, r.fill(need))
		assert.Assert(r.t, there && v != nil, "%s lacks %s", said(), r.fill(need))
	}
	for pair := range strings.FieldsSeq(c.Keep) {
		name, at, _ := strings.Cut(pair, "=")
		v, there := member(answer, at)
		if at == newestVersion {
			v, there = newestOf(answer)
		}
		assert.Assert(r.t, there, "%s lacks %s", said(), at)
		r.kept[name] = fmt.Sprint(v)
	}
	r.answers = append(r.answers, answer)
}

func (r *run) send(c Call) (status int, answer any) {
	r.t.Helper()
	r.calls++
	address, sign := r.sim.OktaURL(), "SSWS "+r.sim.Credentials().OktaToken
	if strings.HasPrefix(c.Path, "/api/v2/") {
		address, sign = r.sim.GenesysURL(), "Bearer "+r.sim.Genesys().AccessToken()
	}
	req, err := http.NewRequestWithContext(r.t.Context(), c.Method, address+r.fill(c.Path), bytes.NewReader([]byte(r.fill(c.Body))))
	assert.NilError(r.t, err)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Authorization", sign)
	if c.Body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.Against != "" {
		req.Header.Set("Conformance-Wrong", c.Against) // the module conformance expects a breach then
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	assert.NilError(r.t, err)
	defer resp.Body.Close() //nolint:errcheck // it is read to the end
	raw, err := io.ReadAll(resp.Body)
	assert.NilError(r.t, err)
	if len(raw) > 0 {
		assert.NilError(r.t, json.Unmarshal(raw, &answer), "%s", raw)
	}
	return resp.StatusCode, answer
}

func (r *run) fill(text string) string {
	for name, value := range r.kept {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// member returns the value at a path, with the places of lists as numbers.
func member(v any, path string) (any, bool) {
	for step := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			inner, there := in[step]
			if !there {
				return nil, false
			}
			v = inner
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n >= len(in) {
				return nil, false
			}
			v = in[n]
		default:
			return nil, false
		}
	}
	return v, true
}

// newestVersion stands for the highest number in a list of versions, whatever its order; DRAFT is none.
const newestVersion = "newest"

func newestOf(list any) (any, bool) {
	entities, _ := member(list, "entities")
	highest := 0
	for _, x := range entities.([]any) {
		version, _ := member(x, "version")
		n, _ := strconv.Atoi(fmt.Sprint(version)) // DRAFT is 0
		highest = max(highest, n)
	}
	return highest, highest > 0
}

// discover keeps what the file of an export says of the integration's type, which differs from org to org.
func (r *run) discover() {
	r.t.Helper()
	_, list := r.send(Call{Method: "GET", Path: "/api/v2/integrations/types?pageSize=999"})
	entities, _ := member(list, "entities")
	for _, x := range entities.([]any) {
		name, _ := member(x, "name")
		if blocked, _ := member(x, "nonInstallable"); strings.EqualFold(name.(string), "OpenID Connect Messenger Configuration") && blocked != true {
			id, _ := member(x, "id")
			r.kept["type"] = id.(string)
		}
	}
	_, schema := r.send(Call{Method: "GET", Path: "/api/v2/integrations/types/{type}/configschemas/properties"})
	properties, _ := member(schema, "properties")
	for key, p := range properties.(map[string]any) {
		switch title, _ := member(p, "title"); title {
		case "Discovery URI":
			r.kept["discovery"] = key
		case "Max Refresh Token Lifetime":
			r.kept["lifetime"] = key
		}
	}
	_, whole := r.send(Call{Method: "GET", Path: "/api/v2/integrations/types/{type}"})
	slots, _ := member(whole, "credentials")
	for slot, spec := range slots.(map[string]any) {
		kind, _ := member(spec, "credentialTypes.0")
		r.kept["slot"], r.kept["credentialType"] = slot, kind.(string)
	}
	_, types := r.send(Call{Method: "GET", Path: "/api/v2/integrations/credentials/types"})
	entities, _ = member(types, "entities")
	for _, x := range entities.([]any) {
		if name, _ := member(x, "name"); name == r.kept["credentialType"] {
			id, _ := member(x, "displayOrder.0")
			secret, _ := member(x, "displayOrder.1")
			r.kept["idField"], r.kept["secretField"] = id.(string), secret.(string)
		}
	}
	_, flows := r.send(Call{Method: "GET", Path: "/api/v2/flows?type=inboundshortmessage"})
	entities, _ = member(flows, "entities")
	for _, x := range entities.([]any) {
		if _, published := member(x, "publishedVersion"); published {
			id, _ := member(x, "id")
			r.kept["flow"] = id.(string)
		}
	}
	_, groups := r.send(Call{Method: "GET", Path: "/api/v1/groups?q=Everyone"})
	for _, x := range groups.([]any) {
		if kind, _ := member(x, "type"); kind == "BUILT_IN" {
			id, _ := member(x, "id")
			r.kept["group"] = id.(string)
		}
	}
}

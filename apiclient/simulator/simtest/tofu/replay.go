// Package tofu replays what OpenTofu's providers for Okta and Genesys Cloud send (contract opentofu.md), because the
// providers themselves can't run everywhere. What they need of an answer is written down with each call: a member that
// they read without looking whether it is there, and the values that make a plan without changes.
package tofu

import (
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
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
			if v, there := jsontree.At(answer, r.fill(want.Member)); there {
				found = v
			}
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
			v, _ := jsontree.At(answer, name)
			return status != http.StatusNotFound && fmt.Sprint(v) == want
		}, said)
	} else {
		status, answer = r.send(c)
	}
	assert.Assert(r.t, is.Equal(status, c.Status), said())
	for _, need := range c.Needs {
		v, there := jsontree.At(answer, r.fill(need))
		assert.Assert(r.t, there && v != nil, "%s lacks %s", said(), r.fill(need))
	}
	for pair := range strings.FieldsSeq(c.Keep) {
		name, at, _ := strings.Cut(pair, "=")
		v, there := jsontree.At(answer, at)
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
	base := r.sim.OktaURL()
	if strings.HasPrefix(c.Path, "/api/v2/") {
		base = r.sim.GenesysURL()
	}
	header := http.Header{}
	if c.Against != "" {
		header.Set("Conformance-Wrong", c.Against) // the module conformance expects a breach then
	}
	return simtest.Send(r.t, r.sim, c.Method, base+r.fill(c.Path), r.fill(c.Body), header)
}

func (r *run) fill(text string) string {
	for name, value := range r.kept {
		text = strings.ReplaceAll(text, "{"+name+"}", value)
	}
	return text
}

// newestVersion stands for the highest number in a list of versions, whatever its order; DRAFT is none.
const newestVersion = "newest"

func newestOf(list any) (any, bool) {
	highest := 0
	for _, x := range jsontree.Objects(list.(map[string]any), "entities") {
		n, _ := strconv.Atoi(jsontree.Text(x, "version")) // DRAFT is 0
		highest = max(highest, n)
	}
	return highest, highest > 0
}

// discover keeps what the file of an export says of the integration's type, which differs from org to org.
func (r *run) discover() {
	r.t.Helper()
	get := func(path string) map[string]any {
		_, answer := r.send(Call{Method: "GET", Path: "/api/v2/" + path})
		return answer.(map[string]any)
	}
	m := simtest.Discover(get)
	maps.Copy(r.kept, map[string]string{
		"type": m.Type, "discovery": m.Discovery, "lifetime": m.Lifetime, "slot": m.Slot, "credentialType": m.CredentialType,
		"idField": m.IDField, "secretField": m.SecretField,
	})
	for _, x := range jsontree.Objects(get("flows?type=inboundshortmessage"), "entities") {
		if x["publishedVersion"] != nil {
			r.kept["flow"] = jsontree.Text(x, "id")
		}
	}
	_, groups := r.send(Call{Method: "GET", Path: "/api/v1/groups?q=Everyone"})
	for _, x := range groups.([]any) {
		if kind, _ := jsontree.At(x, "type"); kind == "BUILT_IN" {
			id, _ := jsontree.At(x, "id")
			r.kept["group"] = id.(string)
		}
	}
}

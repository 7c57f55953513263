package okta

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

// call is one call of the client, the request that it is, the answer, and what must come of it.
type call struct {
	op      string // the operation's id in Okta's definition
	sent    string // method, path and query
	public  bool   // without credentials
	body    string
	answer  string
	onePage bool // of a list: there are more pages, and they are not read
	do      func(*Client) (any, error)
	gives   any // what the call returns, or missing
}

func (c call) exchange() exchange {
	x := exchange{want: c.sent, public: c.public, body: c.body, answer: c.answer}
	if c.answer == "" {
		x.status = http.StatusNoContent
	}
	if c.onePage {
		x.link = nextPage(c.sent)
	}
	return x
}

// nextPage says that there is another page after the one that was asked for, at the same address.
func nextPage(sent string) []string {
	_, address, _ := strings.Cut(sent, " ")
	return []string{"<{org}" + address + `>; rel="next"`}
}

// missing is the member without which an answer is of no use.
type missing string

// nothing is what a call returns that returns an error only.
func nothing(err error) (any, error) { return nil, err }

const notThere = `{"errorCode":"E0000007","errorSummary":"Not found: Resource not found: x (User)","errorCauses":[]}`

// TestCalls also takes each answer's content away, and then the object itself, which callers must be able to tell.
func TestCalls(t *testing.T) {
	t.Parallel()
	for _, call := range append(callsForApps(t), callsForTheRest(t)...) {
		t.Run(call.op, func(t *testing.T) {
			t.Parallel()
			got, err := call.do(org(t, call.exchange()))
			if member, lacks := call.gives.(missing); lacks {
				malformed(t, err, call.op, string(member)+" is missing")
				return
			}
			assert.NilError(t, err)
			same(t, got, call.gives)

			gone := call.exchange()
			gone.status, gone.answer = 404, notThere
			_, err = call.do(org(t, gone))
			e, _ := apiclient.AsError(err)
			assert.Check(t, NotFound(err) && e.Op == call.op, "not there: %v", err)

			empty := call.exchange()
			switch {
			case empty.answer == "":
				return
			case strings.HasPrefix(empty.answer, "["):
				empty.answer = "[null]"
			default:
				empty.answer = "{}"
			}
			_, err = call.do(org(t, empty))
			malformed(t, err, call.op, " is missing")
		})
	}
}

// A list that does not come to its end is an error: what it lacks may be there. Of some lists one page is enough.
func TestIncompleteListFails(t *testing.T) {
	t.Parallel()
	tried := map[string]bool{}
	for _, call := range append(callsForApps(t), callsForTheRest(t)...) {
		if reflect.ValueOf(call.gives).Kind() != reflect.Slice || call.onePage {
			continue
		}
		page := call.exchange()
		page.link = nextPage(call.sent)
		got, err := call.do(org(t, page))
		assert.Assert(t, errors.Is(err, apiclient.ErrIncompleteList), "%s: %v", call.op, err)
		e, _ := apiclient.AsError(err)
		assert.Check(t, is.Equal(e.Op, call.op))
		assert.Check(t, is.Len(got, 0))
		tried[call.op] = true
	}
	assert.Check(t, is.Len(tried, 12))
}

// Without an ID the call would be another one, such as of the whole list.
func TestCallWithoutIDIsNotSent(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", ".", ".."} {
		c := org(t) // any request fails the test
		_, appErr := c.App(t.Context(), id)
		_, groupsErr := c.AppGroups(t.Context(), id)
		for _, err := range []error{
			appErr, groupsErr, c.DeletePolicy(t.Context(), "aus1", id), c.DeleteApp(t.Context(), id),
		} {
			assert.Check(t, err != nil, "%q is sent", id)
		}
	}
}

func TestUnreadObjectsAreNotSent(t *testing.T) {
	t.Parallel()
	c := org(t)
	_, err := c.UpdateApp(t.Context(), App{ID: "0oa1"})
	assert.Check(t, err != nil, "an app is sent")
	_, err = c.UpdateTrustedOrigin(t.Context(), TrustedOrigin{ID: "tos1"})
	assert.Check(t, err != nil, "a trusted origin is sent")
}

// filled reads an answer.
func filled[T any](t *testing.T, answer string) T {
	t.Helper()
	var object T
	assert.NilError(t, apiclient.Fill([]byte(answer), &object))
	return object
}

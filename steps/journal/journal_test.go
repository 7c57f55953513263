package journal

import (
	"errors"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

const (
	acme  = "https://acme.okta.com"
	other = "https://other.okta.com"
	eu    = "mypurecloud.de"
	us    = "mypurecloud.com"
)

// newJournal returns the journal of a run in those orgs.
func newJournal(t *testing.T, f *Folder, okta, genesys string) *Journal {
	t.Helper()
	a := guide.NewAnswers()
	for key, value := range map[guide.Key]string{guide.OktaOrg: okta, guide.GenesysRegion: genesys} {
		assert.NilError(t, a.Set(key, guide.FromFlag, value))
	}
	return New(f, "test", a)
}

func chat(id string) engine.Change {
	return engine.Change{Step: "app", Verb: engine.Create, Kind: guide.KindApp, Name: "Chat", ID: id}
}

// keeps has a run create an object, with that outcome, and returns its entry.
func keeps(t *testing.T, b *Journal, c engine.Change, id string, failed error) int {
	t.Helper()
	entry, err := b.Intend(c)
	if err == nil {
		err = b.Settle(entry, id, failed)
	}
	assert.NilError(t, err)
	return entry
}

func ids(past []engine.Past) (ids []string) {
	for _, p := range past {
		ids = append(ids, p.ID)
	}
	return ids
}

// TestSettle: only a service that says no has changed nothing. Whatever else happens leaves the change as one that may
// have been carried out: it is looked for, and undone.
func TestSettle(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		failed error
		want   Stage
	}{
		"made":                    {nil, Made},
		"400":                     {&apiclient.Error{Status: 400}, Refused},
		"429":                     {&apiclient.Error{Status: 429}, Refused},
		"499":                     {&apiclient.Error{Status: 499}, Refused},
		"408, may be carried out": {&apiclient.Error{Status: 408, Maybe: true}, Intended},
		"500":                     {&apiclient.Error{Status: 500}, Intended},
		"504, may be carried out": {&apiclient.Error{Status: 504, Maybe: true}, Intended},
		"no answer":               {&apiclient.Error{Err: apiclient.ErrTimeout, Maybe: true}, Intended},
		"never sent":              {&apiclient.Error{Err: apiclient.ErrUnreachable}, Intended},
		"answer that says 200":    {&apiclient.Error{Status: 200, Err: apiclient.ErrNotAPI}, Intended},
		"another error":           {errors.New("broken"), Intended},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := folder(t)
			b := newJournal(t, f, acme, eu)
			keeps(t, b, chat(""), "", tc.failed)
			kept := kit.Must(f.Run(b.RunID()))(t)
			assert.Assert(t, len(kept.Entries) == 1 && kept.Entries[0].Stage == tc.want, "%+v", kept.Entries)
			toUndo, lost := tc.want != Refused, tc.want == Intended
			r := kept.PastRun()
			assert.Check(t, len(r.Entries) > 0 == toUndo && (!toUndo || r.Entries[0].Lost == lost), "to undo: %+v", r.Entries)
			past := b.Created(guide.KindApp, engine.Key{Name: "Chat"}, 0)
			assert.Check(t, is.Equal(len(past) > 0, toUndo), "created: %+v", past)
		})
	}
}

// TestCreated finds what this run, or another one in the same orgs not long ago, created. A run that was undone, and
// what was undone of one, is left out.
func TestCreated(t *testing.T) {
	t.Parallel()
	const minute = time.Minute
	for name, tc := range map[string]struct {
		okta, genesys string
		after         func(t *testing.T, b *Journal)
		age           time.Duration
		want          []string
	}{
		"same orgs":                {acme, eu, nil, 0, []string{"0oa1"}},
		"another Okta org":         {other, eu, nil, 0, nil},
		"another region":           {acme, us, nil, 0, nil},
		"other orgs":               {other, us, nil, 0, nil},
		"ended":                    {acme, eu, func(t *testing.T, b *Journal) { assert.NilError(t, b.End(Done)) }, 0, []string{"0oa1"}},
		"undone":                   {acme, eu, func(t *testing.T, b *Journal) { assert.NilError(t, Undoing{b}.EndUndone()) }, 0, nil},
		"this change of it undone": {acme, eu, func(t *testing.T, b *Journal) { assert.NilError(t, Undoing{b}.Gone(0)) }, 0, nil},
		"almost too long ago":      {acme, eu, nil, minute - time.Second, []string{"0oa1"}},
		"too long ago":             {acme, eu, nil, minute + time.Second, nil},
		"this run, long ago":       {acme, eu, nil, time.Hour, []string{"0oa1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := folder(t)
			made := newJournal(t, f, acme, eu)
			keeps(t, made, chat(""), "0oa1", nil)
			now := newJournal(t, f, tc.okta, tc.genesys)
			if strings.HasPrefix(name, "this run") {
				now.Continue(made.Run())
			}
			if tc.after != nil {
				tc.after(t, made)
			}
			now.now = func() time.Time { return time.Now().Add(tc.age) }
			assert.Check(t, is.DeepEqual(ids(now.Created(guide.KindApp, engine.Key{Name: "Chat"}, minute)), tc.want))
		})
	}
}

// TestCreatedByKey: the name and the place count, each where it is given, and the newest comes first.
func TestCreatedByKey(t *testing.T) {
	t.Parallel()
	b := newJournal(t, folder(t), acme, eu)
	at := began
	b.now = func() time.Time { at = at.Add(time.Second); return at }
	for _, c := range []engine.Change{
		{Verb: engine.Create, Kind: guide.KindPolicy, Name: "A", ID: "1", In: []string{"s1"}},
		{Verb: engine.Create, Kind: guide.KindPolicy, Name: "A", ID: "2", In: []string{"s2"}},
		{Verb: engine.Create, Kind: guide.KindPolicy, Name: "B", ID: "3", In: []string{"s1"}},
		{Verb: engine.Update, Kind: guide.KindPolicy, Name: "A", ID: "4", In: []string{"s1"}},
		{Verb: engine.Create, Kind: guide.KindRule, Name: "A", ID: "5", In: []string{"s1"}},
	} {
		keeps(t, b, c, c.ID, nil)
	}
	for name, tc := range map[string]struct {
		key  engine.Key
		want []string
	}{
		"name":           {engine.Key{Name: "A"}, []string{"2", "1"}},
		"place":          {engine.Key{In: []string{"s1"}}, []string{"3", "1"}},
		"name and place": {engine.Key{Name: "A", In: []string{"s1"}}, []string{"1"}},
		"none":           {engine.Key{Name: "C"}, nil},
	} {
		assert.Check(t, is.DeepEqual(ids(b.Created(guide.KindPolicy, tc.key, time.Hour)), tc.want), name)
	}
}

// TestFound completes the entry of a change whose answer was lost, and only that.
func TestFound(t *testing.T) {
	t.Parallel()
	found := engine.Change{Verb: engine.Reuse, Kind: guide.KindApp, Name: "Chat", ID: "0oa1", OfRun: true}
	same := func(change func(*engine.Change)) engine.Change {
		c := found
		change(&c)
		return c
	}
	for name, tc := range map[string]struct {
		intended engine.Change
		failed   error
		found    engine.Change
		want     Stage
	}{
		"a lost create":              {chat(""), errors.New("lost"), found, Made},
		"another run's object":       {chat(""), errors.New("lost"), same(func(c *engine.Change) { c.OfRun = false }), Intended},
		"another name":               {chat(""), errors.New("lost"), same(func(c *engine.Change) { c.Name = "Else" }), Intended},
		"another kind":               {chat(""), errors.New("lost"), same(func(c *engine.Change) { c.Kind = guide.KindOrigin }), Intended},
		"a refused create":           {chat(""), &apiclient.Error{Status: 403}, found, Refused},
		"a lost update, carried out": {engine.Change{Verb: engine.Update, Kind: guide.KindApp, Name: "Chat", ID: "0oa1"}, errors.New("lost"), found, Made},
		"a lost update, still to do": {engine.Change{Verb: engine.Update, Kind: guide.KindApp, Name: "Chat", ID: "0oa1"}, errors.New("lost"), same(func(c *engine.Change) { c.Verb = engine.Update }), Intended},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newJournal(t, folder(t), acme, eu)
			entry := keeps(t, b, tc.intended, tc.intended.ID, tc.failed)
			assert.NilError(t, b.Found(tc.found))
			got := b.Run().Entries[entry]
			assert.Check(t, got.Stage == tc.want && (tc.want != Made || got.ID == "0oa1"), "got %+v", got)
		})
	}
}

// TestKnown reads undone runs, too: an undo keeps what others use, and the next run must not mistake it for another admin's.
func TestKnown(t *testing.T) {
	f := folder(t)
	first := newJournal(t, f, acme, eu)
	keeps(t, first, chat("app-1"), "app-1", nil)
	assert.NilError(t, first.End(Undone))
	next := newJournal(t, f, acme, eu)
	assert.Check(t, next.Known(guide.KindApp, "Chat", "app-1"), "the object of an undone run is unknown")
	assert.Check(t, !next.Known(guide.KindApp, "Chat", "app-2"), "an object of nobody is known")
}

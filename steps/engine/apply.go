package engine

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// apply carries out what was planned. It is safe to repeat after any interruption, by a run that plans again.
func (it *item) apply(ctx context.Context) (any, error) {
	p, err := it.plans(ctx)
	if err != nil {
		return p.Value, err
	}
	if err := it.opened(ctx); err != nil {
		return p.Value, err
	}
	if err := it.node.run.foundExisting(p.Change); err != nil {
		return p.Value, err
	}
	switch {
	case p.Change.Verb == Reuse:
		return it.reuse(ctx, p)
	case p.Exists:
		return it.update(ctx, p.Change, &p.Value, nil)
	default:
		return it.create(ctx, p.Change)
	}
}

// reuse notes what exists. What an earlier run left before it was ready is waited for.
func (it *item) reuse(ctx context.Context, p Planned[any]) (any, error) {
	it.node.run.cfg.Ledger.Note(p.Change)
	if ready, err := it.res.Ready(p.Value); ready || err != nil {
		return p.Value, nil
	}
	return it.settle(ctx, p.Change, p.Value)
}

func (it *item) create(ctx context.Context, c Change) (any, error) {
	r := it.node.run
	d, err := it.res.draft(ctx, Applying, r.newNotes(it.node))
	if err != nil {
		return nil, err
	}
	if d.Part != nil {
		now, whole, err := d.Part(ctx)
		if err != nil {
			return nil, err
		}
		at := it.res.Ref(now)
		c.ID, c.In = at.ID, at.In
		known := &now
		if !whole {
			known = nil
		}
		return it.update(ctx, c, nil, known)
	}
	c.Name, c.ID, c.In, c.Fields = d.Name, d.ID, d.In, d.Fields
	if err := r.MayBegin(); err != nil {
		return nil, err
	}
	start := time.Now()
	r.emit(Event{Phase: Working, Change: c})
	value, err := it.send(ctx, c, false, d.Send)
	how := ""
	switch {
	case !answerLost(err) || ctx.Err() != nil:
	case d.Rewrites:
		how = sentAgain
		value, err = it.send(ctx, c, true, d.Send)
	default:
		found, did, again := it.recover(ctx, c, start, d.Send)
		if again != ErrStopped { //nolint:errorlint // bare
			value, how, err = found, did, again
		}
	}
	if err != nil && d.Refused != nil {
		if lacks := d.Refused(err); lacks != "" {
			r.warn(lacks)
			r.emit(Event{Phase: Failed, Change: c, Elapsed: time.Since(start)})
			return nil, nil
		}
	}
	return it.end(ctx, c, value, start, how, err)
}

// How the wizard recovers from a lost answer.
const (
	foundIt   = "looked and found it"
	sentAgain = "sent it again"
	completed = "checked and completed it"
)

// recovered says what a run recovered from.
func recovered(c Change, how string) string {
	service := apiclient.Okta
	if c.Kind.InGenesys() {
		service = apiclient.GenesysCloud
	}
	return fmt.Sprintf("%s didn't confirm the change of %s. The wizard %s.", service, named(c), how)
}

// send writes between the two entries of the journal, again while a service does not see yet what the run created. Each
// try has its own entries, so that none is left open when a stop ends the tries. A stop does not end the first try: it
// is said to be under way.
func (it *item) send(ctx context.Context, c Change, again bool, act func(context.Context) (any, error)) (any, error) {
	r := it.node.run
	value, err := Seen(ctx, r, func(ctx context.Context) (any, error) {
		if again {
			if err := r.MayBegin(); err != nil {
				return nil, err
			}
		}
		again = true
		return send(ctx, r, c, it.res.Ref, act)
	})
	if err == nil && c.Verb == Create {
		r.created(time.Now())
	}
	return value, err
}

// recover looks for an object whose create got no answer, and sends it again only if it would be visible by now. how says
// which it did.
func (it *item) recover(ctx context.Context, c Change, sent time.Time, act func(context.Context) (any, error)) (value any, how string, err error) {
	r := it.node.run
	found, err := it.search(ctx, sent)
	if err != nil {
		return nil, "", err
	}
	if found == nil {
		value, err = it.send(ctx, c, true, act)
		return value, sentAgain, err
	}
	r.created(sent)
	c.ID, c.Verb, c.OfRun = it.res.Ref(*found).ID, Reuse, true
	return *found, foundIt, r.foundExisting(c)
}

// update changes an object as it is now: an update replaces the whole object, and others may have changed it since the
// plan was made. After a conflict, or a lost answer, it is read and compared once more. now is what it is known to be; nil:
// it is read.
func (it *item) update(ctx context.Context, c Change, planned, now *any) (any, error) {
	r := it.node.run
	var value any
	if err := it.res.after(ctx); err != nil {
		return value, err
	}
	if err := r.MayBegin(); err != nil {
		return value, err
	}
	start, begun := time.Now(), false
	err := it.write(ctx, &c, &begun, planned, now, &value)
	if err == ErrStopped && !begun { //nolint:errorlint // bare
		return value, err
	}
	how := ""
	if lost := answerLost(err); err != nil && ctx.Err() == nil && (lost || it.res.Conflict != nil && it.res.Conflict(err)) {
		if seen := value; planned == nil {
			planned = &seen
		}
		if again := it.write(ctx, &c, &begun, planned, nil, &value); again != ErrStopped { //nolint:errorlint // bare
			err = again
		}
		if lost {
			how = completed
		}
	}
	return it.end(ctx, c, value, start, how, err)
}

// write is one try of an update. value is what it wrote, or else what it saw. begun is set when it sends.
func (it *item) write(ctx context.Context, c *Change, begun *bool, planned, known, value *any) error {
	r := it.node.run
	if known == nil {
		read, err := Seen(ctx, r, func(ctx context.Context) (any, error) { return it.res.Read(ctx, c.Ref()) })
		if c.Verb == Remove && planned != nil && apiclient.NotFound(err) { // it is gone already
			if *value, _, err = it.res.want(ctx, Applying, *planned, r.newNotes(it.node)); err != nil {
				return err
			}
			same := *c
			same.Verb = Reuse
			return r.foundExisting(same)
		}
		if err != nil {
			return err
		}
		known = &read
	}
	now := *known
	want, _, err := it.res.want(ctx, Applying, now, r.newNotes(it.node))
	if err != nil {
		return err
	}
	*value = now
	if c.Fields = Differences(it.res.Fields, now, want); len(c.Fields) == 0 {
		same := *c
		same.Verb = Reuse
		return r.foundExisting(same)
	}
	if planned != nil {
		if err := it.res.unchanged(*planned, now, want, r.newNotes(it.node)); err != nil {
			return err
		}
	}
	again := *begun
	if !again {
		if err := r.MayBegin(); err != nil {
			return err
		}
		*begun = true
		r.emit(Event{Phase: Working, Change: *c})
	}
	written, err := it.send(ctx, *c, again, func(ctx context.Context) (any, error) { return it.res.Write(ctx, c.Ref(), want) })
	if err == nil {
		*value = written
	}
	return err
}

// end waits until the object is ready, tells how the change came out, and remembers it. What was written is remembered
// before the wait, so that a wait that ends badly leaves nothing unmentioned. how is how the run recovered from a lost
// answer; empty: none was lost.
func (it *item) end(ctx context.Context, c Change, value any, start time.Time, how string, err error) (any, error) {
	r := it.node.run
	if err == nil {
		c.ID = it.res.Ref(value).ID
		if ready, _ := it.res.Ready(value); !ready {
			unready := c
			unready.Unready = true
			r.cfg.Ledger.Note(unready)
		}
		value, err = it.settle(ctx, c, value)
	}
	if err != nil {
		r.emit(Event{Phase: Failed, Change: c, Elapsed: time.Since(start)})
		return value, err
	}
	r.cfg.Ledger.Note(c)
	done := Event{Phase: Finished, Change: c, Elapsed: time.Since(start)}
	if how != "" {
		done.Text = recovered(c, how)
		r.warn(done.Text)
	}
	r.emit(done)
	return value, nil
}

// settle looks again until the object is ready, at most for its limit. It ends early when the run is stopped, or failed
// elsewhere.
func (it *item) settle(ctx context.Context, c Change, value any) (any, error) {
	r := it.node.run
	start := time.Now()
	for tries := 0; ; tries++ {
		ready, err := it.res.Ready(value)
		if ready || err != nil {
			return value, err
		}
		waited := time.Since(start)
		if waited >= it.res.Limit {
			return value, notReady(c, it.res.Awaited, it.res.Limit)
		}
		r.emit(Event{Phase: Waiting, Change: c, Text: it.res.Awaited, Elapsed: waited, Limit: it.res.Limit})
		if err := r.Rest(ctx, tries); err != nil {
			return value, err
		}
		switch now, err := it.res.Read(ctx, it.res.Ref(value)); {
		case err == nil:
			value = now
		case !apiclient.NotFound(err): // what was just made may not be visible everywhere yet
			return value, err
		}
	}
}

// notReady is the error of a wait that ended at its limit.
func notReady(c Change, what string, limit time.Duration) error {
	return explain.New(explain.ClassFault, "",
		fmt.Sprintf("After %d seconds, %s still isn't ready. The wizard waited for %s.", int(limit.Seconds()), named(c), what),
		"It may only need more time. Try again. The wizard checks what exists and creates no duplicates.").Again()
}

// named is a change's object in a sentence.
func named(c Change) string {
	if c.Kind == guide.KindState {
		return "the integration"
	}
	return "the " + string(c.Kind) + " " + strconv.Quote(c.Name)
}

// MayBegin is nil while changes may begin, and checks of what they made.
func (r *Run) MayBegin() error { return r.current().mayWrite() }

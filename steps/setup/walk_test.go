package setup

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

func TestGraph(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, n := range graph {
		id := n.step.ID()
		if seen[id] {
			t.Errorf("two steps are called %s", id)
		}
		// Only steps further up may be needed: so none is missing, and there is no cycle.
		for _, need := range slices.Concat(n.planAfter, n.applyAfter) {
			if !seen[need] {
				t.Errorf("%s needs %s, which does not come before it", id, need)
			}
		}
		seen[id] = true
		if !slices.ContainsFunc(guide.Sections(), func(s guide.Section) bool { return s.ID == n.step.Section() }) {
			t.Errorf("%s is in no section of the guide", id)
		}
	}
	same(t, "steps that have words for what they do", slices.Sorted(maps.Keys(seen)), slices.Sorted(maps.Keys(explain.Doing)))
}

// part is a step that only has a name.
type part string

func (p part) ID() string                                 { return string(p) }
func (part) Section() guide.SectionID                     { return guide.SectionOkta }
func (part) Plan(context.Context, *Env) ([]Change, error) { return nil, nil }
func (part) Apply(context.Context, *Env) error            { return nil }

func after(n node) []string { return n.planAfter }

func parts(names ...string) []node {
	nodes := make([]node, len(names))
	for i, name := range names {
		nodes[i] = node{step: part(name)}
	}
	return nodes
}

func TestWalkTurnsAPanicIntoAnError(t *testing.T) {
	t.Parallel()
	err := walk(t.Context(), parts("app", "last"), after, func(_ context.Context, i int) error {
		if i == 0 {
			panic("no such thing")
		}
		return nil
	})
	var e *explain.Error
	if !errors.As(err, &e) || e.Class != explain.ClassFault || e.Step != "app" {
		t.Fatalf("got %v", err)
	}
	same(t, "the problem", e.Problem, "The wizard itself broke while it wanted to set the app integration up: no such thing.")
}

func TestWalkKeepsTheOrder(t *testing.T) {
	t.Parallel()
	for round := range 50 {
		var mu sync.Mutex
		var ended []string
		err := walk(t.Context(), graph, after, func(_ context.Context, i int) error {
			mu.Lock()
			for _, need := range graph[i].planAfter {
				if !slices.Contains(ended, need) {
					t.Errorf("round %d: %s began before %s ended", round, graph[i].step.ID(), need)
				}
			}
			mu.Unlock()
			time.Sleep(rand.N(200 * time.Microsecond))
			mu.Lock()
			defer mu.Unlock()
			ended = append(ended, graph[i].step.ID())
			return nil
		})
		noError(t, err)
		same(t, "steps", len(graph), len(ended))
	}
}

func TestWalkRunsSideBySide(t *testing.T) {
	t.Parallel()
	var met sync.WaitGroup
	met.Add(3)
	err := walk(t.Context(), parts("a", "b", "c"), after, func(context.Context, int) error {
		met.Done()
		met.Wait() // ends only if all three are under way at once
		return nil
	})
	noError(t, err)
}

func TestWalkFails(t *testing.T) {
	t.Parallel()
	nodes := parts("a", "b", "c", "d")
	nodes[3].planAfter = needs("c")
	failed := make(chan struct{})
	var ended, begun sync.Map
	var underWay sync.WaitGroup
	underWay.Add(2) // a and b
	err := walk(t.Context(), nodes, after, func(_ context.Context, i int) error {
		id := nodes[i].step.ID()
		begun.Store(id, true)
		switch id {
		case "c": // fails first, when the others are under way
			underWay.Wait()
			defer close(failed)
			return errors.New("c is wrong")
		case "a": // fails last, and comes first in the guide
			underWay.Done()
			<-failed
			return errors.New("a is wrong")
		}
		underWay.Done()
		<-failed
		time.Sleep(time.Millisecond)
		ended.Store(id, true)
		return nil
	})
	same(t, "the earliest step's error", "A is wrong.", fmt.Sprint(err))
	same(t, "its step", "a", asError(t, err).Step)
	_, b := ended.Load("b")
	same(t, "what was under way ended", true, b)
	_, d := begun.Load("d")
	same(t, "what came after began", false, d)
}

func TestWalkStopped(t *testing.T) {
	t.Parallel()
	nodes := parts("a", "b")
	for _, tt := range []struct {
		b    error
		want string
	}{{nil, ErrStopped.Error()}, {errors.New("b is wrong"), "B is wrong."}} {
		begun := make(chan struct{})
		err := walk(t.Context(), nodes, after, func(_ context.Context, i int) error {
			if i == 0 {
				<-begun
				return ErrStopped
			}
			close(begun)
			return tt.b
		})
		same(t, "error", tt.want, fmt.Sprint(err))
	}
}

func TestWalkCancelledBefore(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := walk(ctx, graph, after, func(context.Context, int) error {
		t.Error("a step began")
		return nil
	})
	same(t, "cancelled", true, errors.Is(err, context.Canceled))
}

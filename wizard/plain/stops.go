package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"msgsso-wizard/steps/guide"
)

// stop is one step of the session.
type stop struct {
	section  guide.SectionID // empty: after the last section
	question guide.Question  // without a key where nothing is asked
	visit    func(context.Context) error
}

// errBack is returned by a stop when the user goes back.
var errBack = errors.New("back")

// allStops lists all steps: the questions of each section, its plan, and at the end the run itself.
func (g *Session) allStops() []stop {
	var stops []stop
	for _, s := range guide.Sections() {
		for _, q := range g.Env.Answers.Questions(s.ID) {
			stops = append(stops, stop{s.ID, q, func(ctx context.Context) error { return g.put(ctx, q) }})
		}
		stops = append(stops, stop{section: s.ID, visit: func(ctx context.Context) error { return g.planSection(ctx, s.ID) }})
	}
	return append(stops, stop{visit: g.carryOut})
}

// walk visits every stop, and goes back or retries as needed.
func (g *Session) walk(ctx context.Context) error {
	for i := 0; i < len(g.stops); {
		s := g.stops[i]
		if s.section != g.section {
			if err := g.enter(ctx, s.section); err != nil {
				return err
			}
		}
		err := s.visit(ctx)
		var ask bool
		if i, ask = g.raised(i, err); ask {
			continue
		}
		switch {
		case err == nil:
			i++
		case errors.Is(err, errBack):
			i = g.before(i)
		default:
			if i, err = g.handleError(ctx, i, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// raised lists the stops again after stop i, because a plan may have raised questions. It returns where stop i is now, or,
// where its error is that they have no answers, the first of them.
func (g *Session) raised(i int, err error) (at int, ask bool) {
	here := g.stops[i]
	g.stops = g.allStops()
	find := func(key guide.Key) int {
		return slices.IndexFunc(g.stops, func(s stop) bool { return s.section == here.section && s.question.Key == key })
	}
	if at = find(here.question.Key); at < 0 {
		at = i
	}
	missing := g.Env.Answers.Missing(here.section)
	if here.section == "" || here.question.Key != "" || err == nil || len(missing) == 0 {
		return at, false
	}
	if first := find(missing[0].Key); first >= 0 && g.asks(g.stops[first].question) {
		return first, true
	}
	return at, false
}

// enter writes the heading of a section. A first plan finds defaults in the orgs. Its errors are left to the plan after
// the questions.
func (g *Session) enter(ctx context.Context, id guide.SectionID) error {
	g.section = id
	sections := guide.Sections()
	i := slices.IndexFunc(sections, func(s guide.Section) bool { return s.ID == id })
	if i < 0 {
		return nil
	}
	fmt.Fprintf(g.Out, "\nSection %d of %d: %s\n%s\n", i+1, len(sections), sections[i].Title, sections[i].Why)
	if err := g.narrate(ctx, guide.TourPlan, id); err != nil {
		return err
	}
	_, _ = g.plan(ctx, id)
	for _, q := range g.Env.Answers.Questions(id) {
		if a := g.Env.View().Get(q.Key); slices.Contains(g.Fixed, q.Key) && a.Given && q.Asked(g.Env.View()) {
			fmt.Fprintf(g.Out, "%s: %s\n", q.Label, given(q, a))
		}
	}
	return nil
}

func (g *Session) put(ctx context.Context, q guide.Question) error {
	if !g.asks(q) {
		return nil
	}
	n, of := 0, 0
	for _, other := range g.Env.Answers.Questions(q.Section) {
		if g.asks(other) {
			of++
		}
		if other.Key == q.Key {
			n = of
		}
	}
	was := g.Env.Answers.Value(q.Key)
	err := g.ask(ctx, q, fmt.Sprintf("%d of %d", n, of))
	if q.Kind == guide.Pick && g.Env.Answers.Value(q.Key) != was { // the object may have its own values for what comes next
		_, _ = g.plan(ctx, q.Section)
	}
	return err
}

// asks reports whether the question applies and isn't fixed.
func (g *Session) asks(q guide.Question) bool {
	return q.Key != "" && q.Asked(g.Env.View()) && !slices.Contains(g.Fixed, q.Key)
}

// before returns the index of the last question before stop i, or i itself.
func (g *Session) before(i int) int {
	for j := i - 1; j >= 0; j-- {
		if g.asks(g.stops[j].question) {
			return j
		}
	}
	fmt.Fprintln(g.Out, "This is the first question.")
	return i
}

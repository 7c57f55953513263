// Package plain is plain mode, line by line: for screen readers, for terminals that can't redraw, and for piped
// answers. Its stops are the questions in order, and the way back; its run shows the plan, confirms, and applies.
// Without a user, it plans and applies.
//
// Lines are only appended. Nothing is redrawn, no escape sequence is written, and the end of the input
// never stands for an answer.
package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// Config is what a Session needs.
type Config struct {
	Env    *setup.Session // with Emit set: progress is the caller's; New sets Prompt where there is an In
	Tour   bool           // a demo narrates each section and waits for Enter
	In     io.Reader      // the answers; a terminal doesn't echo secrets; nil: no user
	Out    io.Writer      // prompts and plans
	Marks  report.Marks
	Fixed  []guide.Key                      // questions that have answers and aren't asked
	Gently func(stop func()) (reset func()) // until reset is called, the first interrupt only calls stop; nil: never

	Busy     func(what string) (done func())         // reports a long wait for what; nil: reports none
	Reached  func() error                            // called when Run has the snippet
	Verifier func(deployment string) verify.Verifier // what Run offers then; nil: nothing
	Open     func(string) error                      // opens a URL in a browser; nil: none
	Fill     func(guide.Question) error              // answers a hidden question from the keyring; nil: no keyring
	Code     io.Writer                               // receives page code unchanged
	Handover func(setup.Result) string               // returns the handover record; nil: no record
	Undo     setup.Undoer                            // undoes the run; nil: no undo

	Rehearse func(setup.Plan) // of a dry run: receives the plan, then the run ends; nil: no dry run
}

// bothServices is what a plan waits for.
const bothServices = "Okta and Genesys Cloud"

// Session is plain mode with one user, or with none.
type Session struct {
	Config
	in      *input
	stops   []stop
	section guide.SectionID // whose heading was written last
	one     chan struct{}   // held while the user has a task
	shown   map[string]bool // notices already written
}

// Run asks, plans, applies, and offers to verify the result. It reports whether it revoked the Okta API token. The error
// is report.ErrQuit, an *explain.Error, or the context's cause.
func (g *Session) Run(ctx context.Context) (revoked bool, err error) {
	if err := g.narrate(ctx, guide.TourStart, ""); err != nil {
		return false, err
	}
	fmt.Fprintln(g.Out, "Press Enter to accept the value in brackets. Type ? for help, or back for the previous question.")
	g.prerequisites(ctx)
	if err := g.walk(ctx); err != nil {
		return false, err
	}
	if g.Rehearse != nil {
		return false, nil
	}
	if g.Reached != nil {
		if err := g.Reached(); err != nil {
			return false, err
		}
	}
	report.Chain(g.Out, report.MadeChain(g.Env.Result(0), g.page()))
	if err := g.narrate(ctx, guide.TourEnd, ""); err != nil {
		return false, err
	}
	if err := g.offer(ctx); err != nil {
		return false, err
	}
	return g.revoke(ctx, g.Env), nil
}

// checkLimit bounds how long the prerequisites delay the first question.
const checkLimit = 5 * time.Second

// prerequisites lists the prerequisites and checks those that it can.
func (g *Session) prerequisites(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	fmt.Fprintln(g.Out)
	report.Prerequisites(g.Out, g.Marks, g.Env.CheckPrerequisites(ctx))
}

// New returns a session.
func New(cfg Config) *Session {
	if cfg.Busy == nil {
		cfg.Busy = func(string) func() { return func() {} }
	}
	if cfg.Gently == nil {
		cfg.Gently = func(func()) func() { return func() {} }
	}
	g := &Session{Config: cfg, one: make(chan struct{}, 1), shown: map[string]bool{}}
	if cfg.In == nil {
		g.in = newInput(strings.NewReader(""))
	} else {
		g.in = newInput(cfg.In)
		g.Env.Prompt = g.userTask
	}
	if g.Env.Answers != nil {
		g.stops = g.allStops()
	}
	return g
}

func (g *Session) plan(ctx context.Context, sections ...guide.SectionID) (setup.Plan, error) {
	defer g.Busy(bothServices)()
	return g.Env.Plan(ctx, sections...)
}

// planSection plans one section, which only reads, so that an error shows next to its question.
func (g *Session) planSection(ctx context.Context, section guide.SectionID) error {
	plan, err := g.plan(ctx, section)
	g.notices(plan.Notices)
	return err
}

// notices writes the notices of a plan.
func (g *Session) notices(notices []engine.Notice) {
	report.Notices(g.Out, g.Marks, notices)
	for _, n := range notices {
		g.shown[n.Text] = true
	}
}

// untold writes the notices that need attention and weren't written yet.
func (g *Session) untold(plan setup.Plan) {
	g.notices(slices.DeleteFunc(plan.Attention(), func(n engine.Notice) bool { return g.shown[n.Text] }))
}

// carryOut plans all sections, asks for consent, and applies the plan.
func (g *Session) carryOut(ctx context.Context) error {
	plan, err := g.propose(ctx)
	for errors.Is(err, errAgain) {
		plan, err = g.propose(ctx)
	}
	if err != nil || g.Rehearse != nil {
		return err
	}
	return g.apply(ctx, g.Env.Apply, plan)
}

// apply applies a plan, until an interrupt stops it.
func (g *Session) apply(ctx context.Context, do func(context.Context, setup.Plan, *engine.Stop) error, plan setup.Plan) error {
	stop := engine.NewStop()
	defer g.Gently(stop.Stop)()
	return do(ctx, plan, stop)
}

// Unattended plans all sections and applies the plan, without a user.
func (g *Session) Unattended(ctx context.Context) error {
	plan, err := g.planAll(ctx)
	if err != nil {
		return err
	}
	report.Notices(g.Out, g.Marks, plan.Notices)
	if g.Rehearse != nil {
		g.Rehearse(plan)
		return nil
	}
	return g.apply(ctx, g.Env.Apply, plan)
}

// planAll plans all sections, and checks that the snippet can be saved.
func (g *Session) planAll(ctx context.Context) (setup.Plan, error) {
	plan, err := g.plan(ctx)
	if err == nil {
		err = report.CheckFile(g.Env.Answers.Value(guide.SnippetFile), g.Env.Result(0).Genesys.DeploymentID)
	}
	return plan, err
}

// propose shows all answers and the plan, and returns nil if the user confirms. A dry run ends here.
func (g *Session) propose(ctx context.Context) (setup.Plan, error) {
	plan, err := g.planAll(ctx)
	if err != nil {
		return plan, err
	}
	fmt.Fprintln(g.Out)
	if g.Rehearse != nil {
		g.Rehearse(plan)
		return plan, nil
	}
	if err := g.narrate(ctx, guide.TourReview, ""); err != nil {
		return plan, err
	}
	g.review()
	report.Plan(g.Out, g.Marks, plan)
	report.Chain(g.Out, report.PlannedChain(plan, g.page()))
	g.untold(plan)
	if !plan.Writes() {
		return plan, nil
	}
	return plan, g.consent(ctx)
}

// page is the URL of the first page with Messenger.
func (g *Session) page() string { return g.Env.View().Value(guide.RedirectURIs) }

// consent asks whether to apply the plan. It returns nil for yes.
func (g *Session) consent(ctx context.Context) error {
	for {
		switch word, err := g.choice(ctx, "Apply these changes? [Y/n/edit/back/manual/save] ", "yes", "no", "edit", "back", "manual", "save"); {
		case err != nil:
			return err
		case word == "no":
			return report.ErrQuit
		case word == "back":
			return errBack
		case word == "edit":
			if err := g.change(ctx); err != nil {
				return err
			}
		case word == "save":
			if err := g.saveAnswers(ctx); err != nil {
				return err
			}
		case word == "manual":
			report.Manual(g.Out, g.Env.View(), guide.Sections())
		default:
			return nil
		}
	}
}

// saveAnswers asks for the file until the answers are saved. Without that, an Enter for the name would apply the changes.
func (g *Session) saveAnswers(ctx context.Context) error {
	for {
		err := g.save(ctx, report.TheAnswers, answersfile.Write(g.Env.Answers, g.Env.View()), g.Out)
		switch {
		case ctx.Err() != nil:
			return err
		case err == nil, errors.Is(err, errEnded): // the next question reports the end
			return nil
		}
		report.Problem(g.Out, g.Marks, report.Explain(err), nil)
	}
}

// Agree asks whether to apply changes that were shown. After a no it returns report.ErrQuit.
func (g *Session) Agree(ctx context.Context) error {
	agreed, err := g.agree(ctx)
	if err == nil && !agreed {
		err = report.ErrQuit
	}
	return err
}

func (g *Session) agree(ctx context.Context) (bool, error) {
	word, err := g.choice(ctx, "Apply these changes? [Y/n] ", "yes", "no")
	return word == "yes", err
}

// narrate writes what the tour tells and waits for Enter, except at the end.
func (g *Session) narrate(ctx context.Context, m guide.Moment, section guide.SectionID) error {
	text := guide.Narration(m, section)
	if !g.Tour || text == "" {
		return nil
	}
	fmt.Fprintf(g.Out, "\n%s\n", text)
	if m == guide.TourEnd { // a prompt follows
		return nil
	}
	_, err := g.answer(ctx, "Press Enter to continue. ")
	return err
}

// keyholder has the API token of a run; *setup.Session is one.
type keyholder interface {
	Revocable() bool
	Revoke(context.Context) error
}

// revoke offers to revoke the API token that the user typed for this run. The run is done, so no failure here makes it
// fail, nor does the end of the input.
func (g *Session) revoke(ctx context.Context, holder keyholder) (revoked bool) {
	if !holder.Revocable() {
		return false
	}
	fmt.Fprintln(g.Out)
	agreed, err := g.confirm(ctx, "Revoke the Okta API token? You entered it for this run.")
	for err == nil && agreed {
		failed := holder.Revoke(ctx)
		if failed == nil {
			return true
		}
		report.Problem(g.Out, g.Marks, report.Explain(failed), nil)
		agreed, err = g.confirm(ctx, "Try again to revoke the Okta API token?")
	}
	return false
}

// errAgain is returned by consent when a changed answer requires a new plan.
var errAgain = errors.New("again")

// answers returns the questions that apply.
func (g *Session) answers() []guide.Question {
	var out []guide.Question
	for _, s := range g.stops {
		if g.asks(s.question) {
			out = append(out, s.question)
		}
	}
	return out
}

func (g *Session) review() {
	view := g.Env.View()
	fmt.Fprintln(g.Out, "Your answers:")
	for i, q := range g.answers() {
		text := unanswered(q)
		if a := view.Get(q.Key); a.Given {
			text = given(q, a)
		}
		fmt.Fprintf(g.Out, "  %d  %s: %s\n", i+1, q.Label, text)
	}
}

// change asks for one answer again. It returns errAgain if an answer may have changed.
func (g *Session) change(ctx context.Context) error {
	list := g.answers()
	for {
		text, err := g.word(ctx, "Number of the answer > ")
		if err != nil || text == "" {
			return err
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > len(list) {
			fmt.Fprintf(g.Out, "%s Enter a number from 1 to %d, or press Enter to keep everything.\n", g.Marks.Note, len(list))
			continue
		}
		if err := g.ask(ctx, list[n-1], "Change"); err != nil && !errors.Is(err, errBack) {
			return err
		}
		return errAgain
	}
}

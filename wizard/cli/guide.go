package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/keyring"
	"msgsso-wizard/wizard/plain"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// signOutLimit bounds the sign-out at the end of the program.
const signOutLimit = 5 * time.Second

// run is one run with any front end.
type run struct {
	*Program
	options  *options
	mode     mode
	env      *setup.Session
	services *services.Network
	fixed    []guide.Key // answered by the demo and not asked
	demo     *Simulation // of a demo; nil: none
	planned  *setup.Plan // of a dry run; nil: none yet
	tour     bool        // a demo narrates each section
	speed    float64     // of --autoplay; 0: the user presses the keys
	revoked  bool        // the run revoked its Okta API token
	shown    bool        // the snippet was written already
	begun    time.Time
	busy     func(what string) (done func()) // without a screen: reports long waits
	ring     *keyring.Keyring                // nil: not used
	journal  *journal.Journal                // nil: no journal; a demo has it in memory
	resumed  string                          // describes the run that this one resumes; empty: none
	rotated  *journal.Journal                // of the last rotation in the guide; nil: none
}

func (p *Program) environment(answers *guide.Answers) error {
	if err := guide.UnknownVariable(p.Names); err != nil {
		return explain.Explain("", err)
	}
	return explain.Explain("", answers.FromEnvironment(p.Lookup))
}

// guide reads the answers from the environment and flags, runs the front end, and writes the result.
func (p *Program) guide(ctx context.Context, r run, environment func(*guide.Answers) error) error {
	answers, sites, err := r.options.collect(environment)
	if r.mode == screen {
		answers, sites = r.options.alone(answers, sites)
	}
	err = errors.Join(err, report.CheckNew(r.options.handover, report.TheHandover))
	if len(sites) > 0 && r.options.handover != "" {
		err = errors.Join(err, oneSite(sites))
	}
	if err != nil {
		return p.refuse(r.options, err)
	}
	if r.mode == unattended && !r.options.noInput {
		fmt.Fprintln(p.Err, "No terminal: running without prompts.")
	}
	if len(sites) > 0 {
		return p.sites(ctx, r, answers, sites)
	}
	closing, err := r.open(ctx, p, answers)
	if err != nil {
		return p.refuse(r.options, err)
	}
	defer closing()
	if r.demo != nil {
		r.journal = journal.New(nil, r.Version, answers)
		r.env.Journal = r.journal
		r.env.Dial = newDemoDialer(r.services, r.demo)
	} else {
		release, err := r.keep(answers)
		if err != nil {
			return p.refuse(r.options, err)
		}
		defer release()
		r.env.Files = p.files()
		r.unlock()
	}
	if r.mode == screen {
		r.services.OnWait = r.env.Pause
		result, ended, err := r.screen(ctx)
		return errors.Join(r.finish(result, err), written(ended))
	}
	report.Notes(p.Err, p.marks(r.mode == lines), answers)
	if r.resumed != "" {
		fmt.Fprintln(p.Err, r.resumed+" To start over, use --fresh.")
	}
	ctx, i, done := watch(ctx, p.Signals, p.Err)
	defer done()
	cfg := r.front(ctx, i, r.mode == lines)
	if r.options.dryRun {
		cfg.Rehearse = func(p setup.Plan) { r.planned = &p }
	}
	if r.mode == unattended {
		cfg.Marks = r.marks(false)
		err = plain.New(cfg).Unattended(ctx)
	} else {
		cfg.Tour, cfg.Fixed, cfg.Fill, cfg.Reached, cfg.Verifier = r.tour, r.fixed, r.fill(), r.snippet, r.verifier
		cfg.Code, cfg.Undo, cfg.Handover = r.Out, r.undo(), r.handover
		if r.options.output.word == "json" { // standard output is for the document
			cfg.Code = r.Err
		}
		r.revoked, err = plain.New(cfg).Run(ctx)
	}
	return r.finish(r.env.Result(r.elapsed()), i.explain(err))
}

// front has the run write its progress and returns what plain mode needs. spelled says whether marks have words.
func (r *run) front(ctx context.Context, i *interrupts, spelled bool) plain.Config {
	progress := report.NewProgress(r.Err, r.marks(spelled))
	r.env.Emit, r.services.OnWait, r.busy = progress.Event, progress.Pause, progress.Busy
	cfg := plain.Config{Env: r.env, Out: r.Err, Marks: r.marks(true), Gently: i.gently, Busy: r.busy, Open: opener(ctx)}
	if r.mode == lines {
		cfg.In = r.In
	}
	return cfg
}

// elapsed is how long the run took, without the time in which a user read or answered.
func (r *run) elapsed() time.Duration {
	if r.mode == unattended {
		return time.Since(r.begun)
	}
	return r.env.Worked()
}

// open connects a run to the services; closing ends it.
func (r *run) open(ctx context.Context, p *Program, answers *guide.Answers) (closing func(), err error) {
	r.Program, r.services, r.begun = p, services.New(), time.Now()
	if r.options.caCert != "" {
		err = r.services.Trust(r.options.caCert)
	}
	if err == nil && r.options.transcript != "" {
		err = r.services.Transcribe(r.options.transcript, r.Version)
	}
	if err != nil {
		r.services.Close()
		return nil, err
	}
	r.env = &setup.Session{Answers: answers, Dial: r.services, Calls: r.services.Calls}
	r.services.Ask = r.env.Ask
	p.under = r
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), signOutLimit)
		defer cancel()
		_ = r.env.SignOut(ctx) // after a failure, the token of a browser sign-in expires on its own
		r.services.Close()
	}, nil
}

func (r *run) ending() report.Ending {
	e := report.Ending{Demo: r.demo != nil, Revoked: r.revoked, Token: !r.env.Answers.Secret(guide.OktaToken).Empty(), Undo: "msgsso-wizard undo"}
	dir := ""
	if r.options.stateDir != "" {
		dir = " --state-dir " + guide.ShellWord(r.options.stateDir)
	}
	if _, back := r.secret(); back != "" {
		e.Rotation = e.Undo + " " + back + dir
	}
	if r.journal != nil {
		e.Undo += " " + r.journal.Run().ID
		e.Journal = r.journal.Path()
	}
	e.Undo += dir
	return e
}

// finish writes the result of the run and returns err as told.
func (r *run) finish(result setup.Result, err error) error {
	if err == nil && r.planned != nil {
		return r.rehearsed(result)
	}
	if err == nil && r.journal != nil {
		err = r.journal.End(journal.Done)
	}
	saved := ""
	if err == nil && !r.shown {
		err = r.snippet()
	}
	if file := r.env.Answers.Value(guide.SnippetFile); err == nil && file != "" {
		if err = report.Save(file, report.TheSnippet, result.Snippet); err == nil {
			saved = file
		} else if r.mode == screen { // which has shown the error
			err = nil
		}
	}
	if err == nil && r.options.handover != "" {
		err = report.Save(r.options.handover, report.TheHandover, r.handover(result))
	}
	if err == nil && r.options.output.word != "json" {
		m, ending := r.marks(r.mode == lines), r.ending()
		ending.Saved, ending.Handover = saved, r.options.handover
		report.Made(r.Err, m, result)
		report.After(r.Err, m, result, ending)
	}
	if err == nil {
		r.lockAway()
	}
	if end := r.endTranscript(); err == nil {
		err = end
	}
	return r.show(result, err)
}

// show reports why the run stopped and what exists, and writes the document.
func (r *run) show(result setup.Result, err error) error {
	m := r.marks(r.mode == lines)
	if errors.Is(err, report.ErrUndone) {
		report.UndoneRun(r.Err, m, result)
		report.Left(r.Err, result, r.ending())
		err = nil
	}
	if err != nil {
		result.Error, err = r.problem(err, &result)
		report.Left(r.Err, result, r.ending())
	}
	return r.conclude(r.options, m, result, &result, err)
}

// problem reports why the run stopped, and what exists unless run is nil.
func (r *run) problem(err error, run *setup.Result) (*setup.ResultError, error) {
	err = r.crashed(r.options.stateDir, err)
	e := report.Explain(err)
	report.Problem(r.Err, r.marks(r.mode == lines), e, run)
	return &e, err
}

// conclude writes the document of --output json and returns err as told. run is the result; nil: none.
func (p *Program) conclude(o *options, m report.Marks, document any, run *setup.Result, err error) error {
	if o.output.word == "json" {
		if unwritten := report.JSON(p.Out, document); unwritten != nil {
			report.Problem(p.Err, m, report.Explain(unwritten), run)
			err = errors.Join(err, unwritten)
		}
	}
	return written(err)
}

func written(err error) error {
	if err == nil {
		return nil
	}
	return writtenError{err}
}

// snippet writes the snippet, unless the document at the end contains it.
func (r *run) snippet() error {
	r.shown = true
	if r.options.output.word == "json" {
		return nil
	}
	return report.Print(r.Out, report.TheSnippet, r.env.Result(0).Snippet)
}

func (r *run) verifier(deployment string) verify.Verifier {
	b := &verify.Bench{Env: r.env, Deployment: deployment, Busy: r.busy}
	if r.journal != nil {
		b.Rotation = r.rotation
	}
	return b
}

// undo returns the undo of the run; nil: without a journal the run changes nothing.
func (r *run) undo() setup.Undoer {
	if r.journal == nil {
		return nil
	}
	return setup.NewUndo(r.env, journal.Undoing{Journal: r.journal})
}

func (r *run) handover(result setup.Result) string {
	facts := report.HandoverFacts{
		Result: result, Answers: r.env.View(), When: time.Now(), Version: r.Version, Demo: r.demo != nil, Revoked: r.revoked,
	}
	facts.Secret, facts.Rotation = r.secret()
	if kept := r.journal.Run(); len(kept.Left()) > 0 {
		facts.Run = kept.ID
	}
	return report.Handover(facts)
}

// refuse reports a wrong answer before the run begins.
func (p *Program) refuse(o *options, err error) error {
	if o.output.word != "json" {
		return err
	}
	problem := report.Explain(err)
	report.Problem(p.Err, p.marks(false), problem, nil)
	return p.conclude(o, p.marks(false), setup.Result{Changes: []setup.ResultChange{}, Error: &problem}, nil, err)
}

// endTranscript ends the transcript and reports its file.
func (r *run) endTranscript() error {
	if r.options.transcript == "" {
		return nil
	}
	if err := r.services.EndTranscript(r.env.Findings()); err != nil {
		return err
	}
	fmt.Fprintf(r.Err, "%s Transcript saved in %s, without secrets. It contains the names of your orgs and objects.\n",
		r.marks(r.mode == lines).Done, r.options.transcript)
	return nil
}

// rehearsed writes the plan of a dry run.
func (r *run) rehearsed(result setup.Result) error {
	m, asJSON := r.marks(r.mode == lines), r.options.output.word == "json"
	var err error
	if asJSON {
		err = report.JSON(r.Out, result.Rehearsed(*r.planned))
	} else {
		err = report.Rehearsal(report.Wrap(r.Out, widthOf(r.Out)), m, *r.planned)
	}
	if err = errors.Join(err, r.endTranscript()); err != nil {
		report.Problem(r.Err, m, report.Explain(err), &result)
		return written(err)
	}
	if !asJSON {
		fmt.Fprintln(r.Err, m.Done+" Dry run complete. No changes were made.")
	}
	return nil
}

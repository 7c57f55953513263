package cli

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/wizard/report"
)

// guarded carries out one command line. Of what breaks it tells what exists, as of every other problem.
func (p *Program) guarded(execute func() error) (err error) {
	broken := explain.Recover(func() { err = execute() })
	if broken == nil {
		return err
	}
	r := p.under
	if r == nil {
		return p.crashed("", broken)
	}
	if again := explain.Recover(func() { err = r.tell(r.env.Result(time.Since(r.begun)), broken) }); again != nil {
		return told(again) // whoever is to be told cannot be
	}
	return err
}

// crashed keeps what broke for a report, in the folder of that path, and returns err with the file's name. Any other
// error it returns as it is.
func (p *Program) crashed(path string, err error) error {
	var broken *explain.Panic
	if !errors.As(err, &broken) {
		return err
	}
	e := report.Explain(err)
	if p.under != nil && p.under.demo { // which writes nothing
		e.Fix = "Please report this text. " + e.Fix
	} else if file, unkept := p.keepCrash(path, broken); unkept != nil {
		e.Fix = fmt.Sprintf("Where it broke cannot be written down (%v). %s", unkept, e.Fix)
	} else {
		e.Fix = fmt.Sprintf("Please report it, with the file %s, which holds no secret. %s", file, e.Fix)
	}
	return &explain.Error{Class: explain.ClassFault, Problem: e.Problem, Fix: e.Fix, Err: err}
}

// keepCrash writes the file: what broke, where and when, and nothing of the environment or the command line.
func (p *Program) keepCrash(path string, broken *explain.Panic) (file string, err error) {
	folder, err := p.openState(path)
	if err != nil {
		return "", err
	}
	now := time.Now().UTC()
	return folder.Crash(now, fmt.Appendf(nil, "msgsso-wizard %s, %s %s/%s, %s\n%s\n\n%s",
		p.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, now.Format(time.RFC3339), broken.What, broken.Stack))
}

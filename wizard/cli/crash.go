package cli

import (
	"errors"
	"fmt"
	"runtime"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/wizard/report"
)

// guarded runs one command line. After a panic it reports what exists, as after every other error.
func (p *Program) guarded(execute func() error) (err error) {
	broken := explain.Recover(func() { err = execute() })
	if broken == nil {
		return err
	}
	r := p.under
	if r == nil {
		return p.crashed("", broken)
	}
	if again := explain.Recover(func() { err = r.show(r.env.Result(r.elapsed()), broken) }); again != nil {
		return written(again) // the report fails, too
	}
	return err
}

// crashed saves a panic to a crash file in the folder at path and returns err with the file's name. It returns any other
// error unchanged.
func (p *Program) crashed(path string, err error) error {
	var broken *explain.Panic
	if !errors.As(err, &broken) {
		return err
	}
	e := report.Explain(err)
	if p.under != nil && p.under.demo != nil { // which writes nothing
		e.Fix = "Report this text. " + e.Fix
	} else if file, unkept := p.keepCrash(path, broken); unkept != nil {
		e.Fix = fmt.Sprintf("The crash file can't be written (%v). %s", unkept, e.Fix)
	} else {
		e.Fix = fmt.Sprintf("Report it with the file %s, which contains no secrets. %s", file, e.Fix)
	}
	return &explain.Error{Class: explain.ClassFault, Problem: e.Problem, Fix: e.Fix, Err: err}
}

// keepCrash writes the crash file, without the environment and the command line.
func (p *Program) keepCrash(path string, broken *explain.Panic) (file string, err error) {
	folder, err := p.openState(path)
	if err != nil {
		return "", err
	}
	now := time.Now().UTC()
	return folder.Crash(now, fmt.Appendf(nil, "msgsso-wizard %s, %s %s/%s, %s\n%s\n\n%s",
		p.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH, now.Format(time.RFC3339), broken.What, broken.Stack))
}

package cli

import (
	"errors"
	"fmt"

	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

// rehearse returns what a dry run does with its plan; nil: no dry run.
func (r *run) rehearse() func(setup.Plan) {
	if !r.options.dryRun {
		return nil
	}
	return func(p setup.Plan) { r.planned = &p }
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

package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/setup"
)

// Interrupted is the error of a run that a signal ended.
type Interrupted struct{ Signal syscall.Signal }

// Error says which signal it was.
func (i Interrupted) Error() string {
	if i.Signal == syscall.SIGINT {
		return "You stopped the run."
	}
	return fmt.Sprintf("A signal ended the run (%s).", i.Signal)
}

var (
	// ErrQuit is the error of a run that the user quit.
	ErrQuit = errors.New("You quit before the setup was done.") //nolint:revive,staticcheck // a sentence, as users read it
	// ErrUndone is the error of a run that the user undid: it isn't done, and nothing failed.
	ErrUndone = errors.New("The run is undone.") //nolint:revive,staticcheck // the same
)

// signaled and the signal's number is an exit code, as shells have it. Ctrl-C is the other way to leave.
const signaled = 128

// resume is the next step after a stop.
const resume = "Run the wizard again at any time. It creates only what is missing."

// Explain puts an error into the words and the exit code that every output uses. What it repeats of an input or an answer
// moves no cursor.
func Explain(err error) setup.ResultError {
	e := explained(err)
	for _, text := range []*string{&e.Problem, &e.Fix, &e.RequestID} {
		*text = explain.Harmless(*text)
	}
	return e
}

func explained(err error) setup.ResultError {
	var (
		problem *explain.Error
		broken  *explain.Panic
		stopped Interrupted
	)
	switch {
	case errors.As(err, &stopped):
		return setup.ResultError{Problem: stopped.Error(), Fix: resume, ExitCode: signaled + int(stopped.Signal)}
	case errors.As(err, &problem):
		fix := problem.Fix
		if flags := problem.Flags(); flags != "" {
			fix = strings.TrimSpace(fix + " Set with " + flags + ".")
		}
		if problem.DocURL != "" {
			fix = strings.TrimSpace(fix + " See " + problem.DocURL)
		}
		return setup.ResultError{Problem: problem.Problem, Fix: fix, RequestID: problem.RequestID, ExitCode: explain.ExitCode(err)}
	case errors.As(err, &broken):
		return setup.ResultError{Problem: broken.Error(), Fix: "You can run the wizard again safely. It checks what exists first.", ExitCode: explain.ExitCode(err)}
	case errors.Is(err, ErrQuit), errors.Is(err, context.Canceled):
		return setup.ResultError{Problem: ErrQuit.Error(), Fix: resume, ExitCode: signaled + int(syscall.SIGINT)}
	default:
		return setup.ResultError{Problem: err.Error(), ExitCode: explain.ExitCode(err)}
	}
}

// Problem writes what happened, what exists, the fix, and the request ID. run is the result so far; nil if the run didn't
// begin.
func Problem(w io.Writer, m Marks, e setup.ResultError, run *setup.Result) {
	fmt.Fprintln(w, m.Failed+" "+e.Problem)
	if run != nil {
		for _, l := range madeSoFar(m, *run) {
			fmt.Fprintln(w, "  "+l)
		}
	}
	if e.Fix != "" {
		fmt.Fprintln(w, "  "+e.Fix)
	}
	if e.RequestID != "" {
		fmt.Fprintln(w, "  Request ID "+e.RequestID)
	}
}

// madeSoFar returns one line for each change of a stopped run. It says that nothing is live only if visitors can't
// notice any of them, and that nothing changed only if no write was sent.
func madeSoFar(m Marks, r setup.Result) []string {
	if len(r.Undone) > 0 {
		return undoneLines(m, r)
	}
	lines := []string{"Created so far:"}
	for _, c := range writes(r) {
		lines = append(lines, "  "+made(m, c))
	}
	switch {
	case len(lines) == 1 && r.Calls.Writes == 0:
		return []string{"No changes were made."}
	case len(lines) == 1:
		return []string{"The last change may have been made. The next run checks first."}
	case setup.MayBeLive(r.Changes):
		return lines
	default:
		return append(lines, "Nothing is live yet.")
	}
}

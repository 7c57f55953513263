package explain

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/transcript"
	"msgsso-wizard/steps/guide"
)

// Class sorts errors by what the user must do; its value is the program's exit code.
type Class int

// The classes.
const (
	ClassFault      Class = 1
	ClassUsage      Class = 2 // an answer is missing or cannot be used
	ClassSignIn     Class = 3 // an org does not accept the credentials
	ClassPermission Class = 4
	ClassConflict   Class = 5 // what exists needs the user's decision
	ClassNetwork    Class = 6
	ClassTest       Class = 7 // the sign-in test, or a check of doctor, failed
)

// Error is a problem in the words of an admin, with the one next step.
type Error struct {
	Step      guide.StepID
	Section   guide.SectionID // of the step, where a run failed in it
	Problem   string          // what happened: one or two sentences
	Fix       string          // the next step
	DocURL    string
	RequestID string        // for the vendor's support
	Question  guide.Key     // the answer that would fix it; empty where none does
	Also      []guide.Key   // more answers that Fix names
	Retry     bool          // the same again may succeed
	Wait      time.Duration // how long the service asks to wait before that; 0: it doesn't say
	Class     Class
	Err       error
}

// New returns what happened, and the next step. The question is the answer that would fix it; empty: none does.
func New(class Class, question guide.Key, problem, fix string) *Error {
	return &Error{Class: class, Question: question, Problem: problem, Fix: fix}
}

// Again notes that the same again may succeed.
func (e *Error) Again() *Error {
	e.Retry = true
	return e
}

// Of notes the cause.
func (e *Error) Of(err error) *Error {
	e.Err = err
	return e
}

// And adds more answers that the next step names.
func (e *Error) And(keys ...guide.Key) *Error {
	e.Also = append(e.Also, keys...)
	return e
}

// Asks returns the first answer that would fix it, or that Fix names; empty: there is none.
func (e *Error) Asks() guide.Key {
	if e.Question == "" && len(e.Also) > 0 {
		return e.Also[0]
	}
	return e.Question
}

// Refuses reports whether the answer that would fix it has to be another one.
func (e *Error) Refuses() bool { return e.Question != "" && !e.Retry }

// Flags returns the flags and variables that set the answers which would fix it. Front ends without a full screen show
// them, where the texts don't name them already.
func (e *Error) Flags() string {
	var names []string
	for _, key := range append([]guide.Key{e.Question}, e.Also...) {
		q, _ := guide.QuestionFor(key)
		if name, _, _ := strings.Cut(q.OtherSources(), " or "); name != "" && !strings.Contains(e.Error(), name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// Error returns the problem and the next step.
func (e *Error) Error() string {
	if e.Fix == "" {
		return e.Problem
	}
	return e.Problem + " " + e.Fix
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ExitCode is the program's exit code for err: 0 for nil, 1 for what is not an Error.
func ExitCode(err error) int {
	var e *Error
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e) && e.Class != 0:
		return int(e.Class)
	default:
		return int(ClassFault)
	}
}

// Panic is a panic that was caught: what broke and where, without secrets.
type Panic struct {
	What  string // the panic's value
	Stack string // of the goroutine that broke
}

// Error says that it is the program's own fault, and what broke.
func (b *Panic) Error() string { return "Internal error: " + b.What + "." }

// Recover calls act and returns its panic; nil where there was none.
func Recover(act func()) (broken *Panic) {
	defer func() {
		switch value := recover().(type) {
		case nil:
		case *Panic: // a taskgroup.Group's
			broken = value
		default:
			broken = &Panic{
				What:  apiclient.Clean(transcript.Redact(fmt.Sprint(value))),
				Stack: transcript.Redact(string(debug.Stack())),
			}
		}
	}()
	act()
	return nil
}

// Guard turns a step's panic into an error, so that the terminal is restored and what exists is reported.
func Guard(step guide.StepID, act func() error) (err error) {
	if broken := Recover(func() { err = act() }); broken != nil {
		return New(ClassFault, "", fmt.Sprintf("Internal error: the wizard couldn't %s: %s.", step.Doing(), broken.What),
			"You can run the wizard again safely. It checks what exists first.").Of(broken)
	}
	return err
}

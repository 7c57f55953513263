package explain

import (
	"fmt"
	"runtime/debug"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/transcript"
	"msgsso-wizard/steps/guide"
)

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

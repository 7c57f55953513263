package report

import (
	"fmt"
	"io"
	"slices"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// visible are the kinds of change that visitors of the site may notice.
var visible = map[guide.ObjectKind]bool{guide.KindVersion: true, guide.KindDeployment: true}

// Made writes what a run that is done made, changed and found: one line each.
func Made(w io.Writer, m Marks, r setup.Result) {
	elapsed := time.Duration(r.ElapsedMS) * time.Millisecond
	fmt.Fprintf(w, "%s Okta sign-in is set up, in %s with %d calls, %d of them writes.\n",
		m.Done, Seconds(elapsed), r.Calls.Okta+r.Calls.Genesys, r.Calls.Writes)
	for _, c := range r.Changes {
		fmt.Fprintln(w, "  "+made(m, c))
	}
}

func made(m Marks, c setup.ResultChange) string {
	unready := ""
	if c.Unready {
		unready = "(not ready yet)"
	}
	return m.Of(c.Verb) + " " + line(string(c.Kind), c.Name, c.ID, unready)
}

// Ending is how a run ended.
type Ending struct {
	Saved    string // where the snippet was saved; empty: nowhere
	Handover string // where the hand-over record was saved; empty: nowhere
	Demo     bool   // nothing was real
	Token    bool   // the run used an Okta API token that is still good
	Revoked  bool   // the run revoked its API token
	Undo     string // the command that takes the run back
	Record   string // the file in which its changes are written down
}

// After writes what follows a run that is done: where the snippet was saved, warnings, what to revoke and
// how to undo. In a demo nothing is left to revoke or undo.
func After(w io.Writer, m Marks, r setup.Result, e Ending) {
	if e.Saved != "" {
		fmt.Fprintln(w, m.Done+" The snippet is saved in "+e.Saved+".")
	}
	if e.Handover != "" {
		fmt.Fprintln(w, m.Done+" The hand-over record is saved in "+e.Handover+".")
	}
	if e.Revoked {
		fmt.Fprintln(w, m.Done+" The API token is revoked.")
	}
	for _, text := range r.Warnings {
		fmt.Fprintln(w, m.Look+" "+text)
	}
	fmt.Fprintln(w, m.Look+" The snippet alone signs nobody in: the page also needs the sign-in code, which msgsso-wizard page writes.")
	leave(w, r, e, "Revoke what the wizard no longer needs:")
}

// Left writes what follows a run that stopped after it made something: what to revoke and how to undo, for who
// does not go on.
func Left(w io.Writer, r setup.Result, e Ending) {
	if changed(r) {
		leave(w, r, e, "If you do not run it again, revoke what the wizard no longer needs:")
	}
}

func leave(w io.Writer, r setup.Result, e Ending, revoke string) {
	if e.Demo {
		fmt.Fprintln(w, "This was a demo: nothing above exists any more.")
		return
	}
	fmt.Fprintln(w, revoke)
	if e.Token {
		fmt.Fprintln(w, "  the API token     Okta: Security > API > Tokens")
	}
	fmt.Fprintln(w, "  the OAuth client  Genesys Cloud: Admin > Integrations > OAuth")
	if changed(r) {
		fmt.Fprintln(w, "To take all of it back: "+e.Undo)
		fmt.Fprintln(w, "  what was changed is written down in "+e.Record)
	}
}

func changed(r setup.Result) bool {
	return slices.ContainsFunc(r.Changes, func(c setup.ResultChange) bool { return c.Verb == engine.Create || c.Verb == engine.Update })
}

package report

import (
	"fmt"
	"io"
	"slices"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

const snippetAlone = "Visitors can't sign in with the snippet alone. Add the page code: msgsso-wizard page"

// Made writes what a finished run created, changed, and found.
func Made(w io.Writer, m Marks, r setup.Result) {
	elapsed := time.Duration(r.ElapsedMS) * time.Millisecond
	fmt.Fprintf(w, "%s Okta sign-in is set up: %s, %d API calls, %d writes.\n",
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
	return m.Of(c.Verb) + " " + line(string(c.Kind), c.Kind.Shown(c.Name), c.ID, unready)
}

// Ending is how a run ended.
type Ending struct {
	Saved    string // where the snippet was saved; empty: nowhere
	Handover string // where the handover record was saved; empty: nowhere
	Demo     bool   // a demo
	Token    bool   // the run used an Okta API token that is still valid
	Revoked  bool   // the run revoked its API token
	Undo     string // the command that undoes the run
	Journal  string // the run journal
	Rotation string // the command that undoes the rotation in the guide; empty: there was none, or it can't be undone
}

// After writes the end of a finished run: saved files, warnings, credentials to revoke, and undo. A demo has nothing to
// revoke or undo.
func After(w io.Writer, m Marks, r setup.Result, e Ending) {
	if e.Saved != "" {
		fmt.Fprintln(w, m.Done+" Snippet saved in "+e.Saved+".")
	}
	if e.Handover != "" {
		fmt.Fprintln(w, m.Done+" Handover record saved in "+e.Handover+".")
	}
	if e.Revoked {
		fmt.Fprintln(w, m.Done+" API token revoked.")
	}
	for _, text := range r.Warnings {
		fmt.Fprintln(w, m.Note+" "+text)
	}
	if r.Unassigned() {
		fmt.Fprintln(w, m.Note+" No one is assigned to the app, so no one can sign in. Assign users: msgsso-wizard doctor --fix")
	}
	tried(w, m, r.Rollout)
	fmt.Fprintln(w, m.Note+" "+snippetAlone)
	leave(w, r, e, "Revoke the credentials that the wizard no longer needs:")
}

// Left writes what to revoke and how to undo for a run that stopped after it changed something.
func Left(w io.Writer, r setup.Result, e Ending) {
	if len(writes(r)) > 0 {
		leave(w, r, e, "If you don't run the wizard again, revoke its credentials:")
	}
}

func leave(w io.Writer, r setup.Result, e Ending, revoke string) {
	if e.Demo {
		fmt.Fprintln(w, "This was a demo. Nothing above exists.")
		return
	}
	credentials(w, e.Token, revoke)
	if len(writes(r)) > 0 {
		fmt.Fprintln(w, "To undo this run: "+e.Undo)
		fmt.Fprintln(w, "  Run journal: "+explain.OneLine(e.Journal))
	}
	if e.Rotation != "" {
		fmt.Fprintln(w, "To use the old client secret again: "+e.Rotation)
	}
}

// credentials writes where to revoke those of a run.
func credentials(w io.Writer, token bool, text string) {
	fmt.Fprintln(w, text)
	if token {
		fmt.Fprintln(w, "  API token     Okta: Security > API > Tokens")
	}
	fmt.Fprintln(w, "  OAuth client  Genesys Cloud: "+guide.PathOAuth)
}

// writes are the changes that changed something.
func writes(r setup.Result) []setup.ResultChange {
	return slices.DeleteFunc(append([]setup.ResultChange{}, r.Changes...), func(c setup.ResultChange) bool { return !c.Verb.Writes() })
}

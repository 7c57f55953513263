package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"msgsso-wizard/steps"
)

// visible are the kinds of change that visitors of the site may notice.
var visible = map[string]bool{steps.KindVersion: true, steps.KindDeployment: true}

// places is where an admin finds each kind of object, in the order in which they can be deleted by hand.
// What is not listed goes away with the object that it belongs to.
var places = []struct{ kind, place string }{
	{steps.KindDeployment, "Genesys Cloud: Admin > Message > Messenger Deployments"},
	{steps.KindConfiguration, "Genesys Cloud: Admin > Message > Messenger Configurations"},
	{steps.KindIntegration, "Genesys Cloud: Admin > Integrations > Integrations, set it to Inactive first"},
	{steps.KindCredential, "Genesys Cloud: Admin > Integrations, with the integration that uses it"},
	{steps.KindPolicy, "Okta: Security > API > Authorization Servers > the server > Access Policies"},
	{steps.KindOrigin, "Okta: Security > API > Trusted Origins"},
	{steps.KindApp, "Okta: Applications > Applications, deactivate it first"},
}

// Made writes what a run that is done made, changed and found: one line each.
func Made(w io.Writer, m Marks, r steps.Result) {
	elapsed := time.Duration(r.ElapsedMS) * time.Millisecond
	fmt.Fprintf(w, "%s Okta sign-in is set up, in %s with %d calls, %d of them writes.\n",
		m.Done, Seconds(elapsed), r.Calls.Okta+r.Calls.Genesys, r.Calls.Writes)
	for _, c := range r.Changes {
		fmt.Fprintln(w, "  "+made(m, c))
	}
}

func made(m Marks, c steps.ResultChange) string {
	unready := ""
	if c.Unready {
		unready = "(not ready yet)"
	}
	return m.Of(c.Verb) + " " + line(c.Kind, c.Name, c.ID, unready)
}

// Ending is how a run ended.
type Ending struct {
	Saved   string // where the snippet was saved; empty: nowhere
	Demo    bool   // nothing was real
	Token   bool   // the run used an Okta API token that is still good
	Revoked bool   // the run revoked its API token
}

// After writes what follows a run that is done: where the snippet was saved, warnings, what to revoke and
// how to undo. In a demo nothing is left to revoke or undo.
func After(w io.Writer, m Marks, r steps.Result, e Ending) {
	if e.Saved != "" {
		fmt.Fprintln(w, m.Done+" The snippet is saved in "+e.Saved+".")
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
func Left(w io.Writer, r steps.Result, e Ending) {
	if len(undo(r)) > 0 {
		leave(w, r, e, "If you do not run it again, revoke what the wizard no longer needs:")
	}
}

func leave(w io.Writer, r steps.Result, e Ending, revoke string) {
	if e.Demo {
		fmt.Fprintln(w, "This was a demo: nothing above exists any more.")
		return
	}
	fmt.Fprintln(w, revoke)
	if e.Token {
		fmt.Fprintln(w, "  the API token     Okta: Security > API > Tokens")
	}
	fmt.Fprintln(w, "  the OAuth client  Genesys Cloud: Admin > Integrations > OAuth")
	if undo := undo(r); len(undo) > 0 {
		fmt.Fprintln(w, "To undo this run by hand, delete in this order:")
		fmt.Fprintln(w, strings.Join(undo, "\n"))
	}
}

// undo lists what the run created, in the order in which it can be deleted, then what it only changed. The
// places have lines of their own.
func undo(r steps.Result) []string {
	var lines, changed []string
	for _, of := range places {
		for _, c := range r.Changes {
			switch {
			case c.Kind != of.kind:
			case c.Verb == steps.Create:
				lines = append(lines, "  "+line(c.Kind, c.Name, c.ID), "    "+of.place)
			case c.Verb == steps.Update:
				changed = append(changed, "  "+line(c.Kind, c.Name, c.ID), "    was there before: set it back, do not delete it")
			}
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return append(lines, changed...)
}

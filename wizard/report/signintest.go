package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/signintest"
)

// SignInPassed returns the text of a passed sign-in test.
func SignInPassed(v signintest.Result) string {
	text := "Sign-in works. Okta signed the user in, and Genesys Cloud accepted the code for this deployment."
	if len(v.Left) == 0 {
		text += " The test's tokens are revoked."
	}
	return text
}

// SignInTest writes the result of a sign-in test: checks, claims, error, and what remains.
func SignInTest(w io.Writer, m Marks, v signintest.Result) {
	for _, l := range v.Lines {
		fmt.Fprintln(w, check(m, l))
	}
	Outcome(w, m, v)
}

// Outcome is SignInTest without the checks.
func Outcome(w io.Writer, m Marks, v signintest.Result) {
	for _, c := range v.Claims {
		fmt.Fprintf(w, "  %-18s  %s\n", c.Name, c.Value)
	}
	switch {
	case v.OK:
		fmt.Fprintln(w, m.OK+" "+SignInPassed(v))
	case v.Problem != nil:
		Problem(w, m, Explain(v.Problem), nil)
	}
	Remains(w, m, v.Left)
}

// Remains writes what the test couldn't revoke.
func Remains(w io.Writer, m Marks, left []string) {
	for _, text := range left {
		fmt.Fprintln(w, m.Note+" "+text)
	}
}

// TestError returns the error of a failed test.
func TestError(v signintest.Result) error {
	switch {
	case v.OK:
		return nil
	case v.Problem != nil:
		return v.Problem
	}
	return &explain.Error{Class: explain.ClassTest, Problem: "The sign-in test failed."}
}

func check(m Marks, l signintest.Line) string {
	took := ""
	if l.Took > 0 {
		took = Seconds(l.Took)
	}
	return m.check(l.State) + " " + line(l.Text, l.Detail, took)
}

func (m Marks) check(s signintest.State) string {
	return cmp.Or(map[signintest.State]string{signintest.Passed: m.OK, signintest.Failed: m.Failed, signintest.Note: m.Note}[s], m.Wait)
}

// TestProgress writes the progress of a sign-in test.
type TestProgress struct {
	W     io.Writer
	Marks Marks
	Paste bool // an address can be pasted
}

// Open writes the URL where the browser starts.
func (t TestProgress) Open(a signintest.Address) {
	lines := addressed("Sign in with a browser as a user who is assigned to the app:", a)
	if t.Paste && a.Direct != "" {
		lines = append(lines, "If the browser can't reach this computer, open:", a.Direct)
	}
	if t.Paste {
		lines = append(lines, "If the browser can't return, paste the URL it was sent to.")
	}
	fmt.Fprint(t.W, strings.Join(lines, "\n")+"\n")
}

// Served writes the URL of the served page.
func (t TestProgress) Served(a signintest.Address) {
	fmt.Fprint(t.W, strings.Join(addressed("Serving the page until you stop it (Ctrl-C):", a), "\n")+"\n"+signintest.PreviewClears+"\n")
}

func addressed(title string, a signintest.Address) []string {
	lines := []string{title, a.URL}
	if a.Forward != "" {
		lines = append(lines, "From another computer, first run this there. HOST is this computer:", a.Forward)
	}
	return lines
}

// Line writes a finished check.
func (t TestProgress) Line(l signintest.Line) {
	if l.State != signintest.Working {
		fmt.Fprintln(t.W, check(t.Marks, l))
	}
}

// Reject writes why a pasted text was rejected.
func (t TestProgress) Reject(err error) {
	fmt.Fprintln(t.W, t.Marks.Note+" "+explain.Sentence(err.Error()))
}

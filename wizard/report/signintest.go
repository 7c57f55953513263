package report

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/signintest"
)

// SignInWorks is what a test of the sign-in that passed has proven.
func SignInWorks(v signintest.Result) string {
	text := "Sign-in works: Okta signed the person in, and Genesys Cloud took a code of theirs for this deployment, which proves integration, credential and deployment."
	if len(v.Left) == 0 {
		text += " The test's tokens are revoked."
	}
	return text
}

// SignInTest writes how a test of the sign-in ended: its checks, who signed in, the fault with its next step, and what
// could not be taken back.
func SignInTest(w io.Writer, m Marks, v signintest.Result) {
	for _, l := range v.Lines {
		fmt.Fprintln(w, check(m, l))
	}
	Outcome(w, m, v)
}

// Outcome is SignInTest without the checks, which were told already.
func Outcome(w io.Writer, m Marks, v signintest.Result) {
	for _, c := range v.Claims {
		fmt.Fprintf(w, "  %-18s  %s\n", c.Name, c.Value)
	}
	switch {
	case v.OK:
		fmt.Fprintln(w, m.Done+" "+SignInWorks(v))
	case v.Problem != nil:
		Problem(w, m, Explain(v.Problem), nil)
	}
	Remains(w, m, v.Left)
}

// Remains writes what a test could not take back.
func Remains(w io.Writer, m Marks, left []string) {
	for _, text := range left {
		fmt.Fprintln(w, m.Look+" "+text)
	}
}

// TestError is a test's fault as an error; nil if it passed.
func TestError(v signintest.Result) error {
	switch {
	case v.OK:
		return nil
	case v.Problem != nil:
		return v.Problem
	}
	return &explain.Error{Class: explain.ClassTest, Problem: "The sign-in test did not pass."}
}

func check(m Marks, l signintest.Line) string {
	took := ""
	if l.Took > 0 {
		took = Seconds(l.Took)
	}
	return m.check(l.State) + " " + line(l.Text, l.Detail, took)
}

func (m Marks) check(s signintest.State) string {
	return cmp.Or(map[signintest.State]string{signintest.Passed: m.OK, signintest.Failed: m.Failed, signintest.Note: m.Look}[s], m.Wait)
}

// TestProgress tells a test of the sign-in as it goes on, in lines.
type TestProgress struct {
	W     io.Writer
	Marks Marks
	Paste bool // an address can be pasted
}

// Open writes where the browser starts.
func (t TestProgress) Open(a signintest.Address) {
	lines := addressed("Sign in with a browser, as somebody who may use the chat:", a)
	if t.Paste && a.Direct != "" {
		lines = append(lines, "A browser that cannot reach this computer starts here:", a.Direct)
	}
	if t.Paste {
		lines = append(lines, "Then, if the browser cannot come back, paste the address it was sent to.")
	}
	fmt.Fprint(t.W, strings.Join(lines, "\n")+"\n")
}

// Served writes where the whole page is.
func (t TestProgress) Served(a signintest.Address) {
	fmt.Fprint(t.W, strings.Join(addressed("The whole page is here until you stop it (Ctrl-C):", a), "\n")+"\n")
}

func addressed(title string, a signintest.Address) []string {
	lines := []string{title, a.URL}
	if a.Forward != "" {
		lines = append(lines, "From another computer, first run there, with the name of this one added:", a.Forward)
	}
	return lines
}

// Line writes a check when it has come out.
func (t TestProgress) Line(l signintest.Line) {
	if l.State != signintest.Working {
		fmt.Fprintln(t.W, check(t.Marks, l))
	}
}

// Reject writes why a pasted text was not taken.
func (t TestProgress) Reject(err error) {
	fmt.Fprintln(t.W, t.Marks.Look+" "+explain.Sentence(err.Error()))
}

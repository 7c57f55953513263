package report_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
)

var (
	lines = []signintest.Line{
		{State: signintest.Passed, Text: "the browser comes back", Detail: "alice@acme.test", Took: 11200 * time.Millisecond},
		{State: signintest.Note, Text: "Okta's System Log, 10:41:07", Detail: "invalid_client"},
		{State: signintest.Failed, Text: "Genesys Cloud redeems a code", Detail: "401"},
	}
	refusal = signintest.Result{
		Side: signintest.SideBetween, Lines: lines, AutoFix: signintest.FixCredential, Left: []string{"A token lives on: revoke it."},
		Problem: &explain.Error{Class: explain.ClassTest, Problem: "The stored secret is old.", Fix: "Send it again.", RequestID: "77ab"},
	}
	proven = signintest.Result{OK: true, Lines: lines[:1], Claims: []signintest.Claim{{Name: "email", Value: "alice@acme.test"}}}
)

func TestResult(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		result     signintest.Result
	}{
		{"passed", `✓ passed the browser comes back  alice@acme.test  11.2 s
  email               alice@acme.test
✓ passed Sign-in works. Okta signed the user in, and Genesys Cloud accepted the code for this deployment. The test's tokens are revoked.
`, proven},
		{"refused", `✓ passed the browser comes back  alice@acme.test  11.2 s
! note Okta's System Log, 10:41:07  invalid_client
✗ failed Genesys Cloud redeems a code  401
✗ failed The stored secret is old.
  Send it again.
  Request ID 77ab
! note A token lives on: revoke it.
`, refusal},
	} {
		var out bytes.Buffer
		report.SignInTest(&out, report.NewMarks(true, true), c.result)
		assert.Check(t, is.DeepEqual(out.String(), c.want), c.name)
	}
}

func TestFailedTestIsError(t *testing.T) {
	t.Parallel()
	assert.Check(t, report.TestError(proven))
	for _, v := range []signintest.Result{refusal, {}} {
		assert.Check(t, is.Equal(report.Explain(report.TestError(v)).ExitCode, 7), "exit code")
	}
}

func TestSignInTestProgress(t *testing.T) {
	t.Parallel()
	address := signintest.Address{URL: "http://localhost:8080/?start=k", Forward: "ssh -L 8080:localhost:8080 USER@HOST", Direct: "https://acme.okta.com/authorize"}
	var out bytes.Buffer
	progress := report.TestProgress{W: &out, Marks: report.NewMarks(true, true), Paste: true}
	progress.Open(address)
	progress.Line(signintest.Line{Text: "the browser comes back"})
	progress.Line(lines[0])
	progress.Reject(errors.New("this is another address"))
	progress.Served(signintest.Address{URL: "http://localhost:8080/"})
	want := `Sign in with a browser as a user who is assigned to the app:
http://localhost:8080/?start=k
From another computer, first run this there. HOST is this computer:
ssh -L 8080:localhost:8080 USER@HOST
If the browser can't reach this computer, open:
https://acme.okta.com/authorize
If the browser can't return, paste the URL it was sent to.
✓ passed the browser comes back  alice@acme.test  11.2 s
! note This is another address.
Serving the page until you stop it (Ctrl-C):
http://localhost:8080/
The page clears what the browser keeps for its origin when it opens, and the visitor's tokens when it closes.
`
	assert.Check(t, is.DeepEqual(out.String(), want))
}

func TestTestDocument(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	assert.NilError(t, report.JSON(&out, report.TestOf(refusal, services.Calls{Okta: 3, Genesys: 4}, nil)))
	want := `{
  "ok": false,
  "side": "between Okta and Genesys Cloud",
  "checks": [
    {
      "state": "passed",
      "text": "the browser comes back",
      "detail": "alice@acme.test",
      "took_ms": 11200
    },
    {
      "state": "note",
      "text": "Okta's System Log, 10:41:07",
      "detail": "invalid_client"
    },
    {
      "state": "failed",
      "text": "Genesys Cloud redeems a code",
      "detail": "401"
    }
  ],
  "claims": {},
  "mend": "credential",
  "left": [
    "A token lives on: revoke it."
  ],
  "calls": {
    "okta": 3,
    "genesys": 4,
    "writes": 0
  }
}
`
	assert.Check(t, is.DeepEqual(out.String(), want))
}

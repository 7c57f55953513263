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
		{"passed", `✓ ok the browser comes back  alice@acme.test  11.2 s
  email               alice@acme.test
✓ done Sign-in works: Okta signed the person in, and Genesys Cloud took a code of theirs for this deployment, which proves integration, credential and deployment. The test's tokens are revoked.
`, proven},
		{"refused", `✓ ok the browser comes back  alice@acme.test  11.2 s
! look Okta's System Log, 10:41:07  invalid_client
✗ failed Genesys Cloud redeems a code  401
✗ failed The stored secret is old.
  Send it again.
  Request 77ab
! look A token lives on: revoke it.
`, refusal},
	} {
		var out bytes.Buffer
		report.SignInTest(&out, report.NewMarks(true, true), c.result)
		assert.Check(t, is.DeepEqual(out.String(), c.want), c.name)
	}
}

func TestErrorOfFailedTest(t *testing.T) {
	t.Parallel()
	assert.Check(t, report.TestError(proven))
	for _, v := range []signintest.Result{refusal, {}} {
		assert.Check(t, is.Equal(report.Explain(report.TestError(v)).ExitCode, 7), "exit code")
	}
}

func TestTrialIsTold(t *testing.T) {
	t.Parallel()
	address := signintest.Address{URL: "http://localhost:8080/?start=k", Forward: "ssh -L 8080:localhost:8080", Direct: "https://acme.okta.com/authorize"}
	var out bytes.Buffer
	told := report.TestProgress{W: &out, Marks: report.NewMarks(true, true), Paste: true}
	told.Open(address)
	told.Line(signintest.Line{Text: "the browser comes back"})
	told.Line(lines[0])
	told.Reject(errors.New("this is another address"))
	told.Served(signintest.Address{URL: "http://localhost:8080/"})
	want := `Sign in with a browser, as somebody who may use the chat:
http://localhost:8080/?start=k
From another computer, first run there, with the name of this one added:
ssh -L 8080:localhost:8080
A browser that cannot reach this computer starts here:
https://acme.okta.com/authorize
Then, if the browser cannot come back, paste the address it was sent to.
✓ ok the browser comes back  alice@acme.test  11.2 s
! look This is another address.
The whole page is here until you stop it (Ctrl-C):
http://localhost:8080/
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

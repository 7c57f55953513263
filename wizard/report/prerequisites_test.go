package report_test

import (
	"bytes"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/report"
)

func TestPrerequisites(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	report.Prerequisites(&out, report.NewMarks(true, true), []guide.Checked{
		{Prerequisite: guide.Prerequisite{Title: "An Okta org", How: "Sign up.", URL: "https://o.test"}, State: guide.Met, Said: "acme.okta.com answers"},
		{Prerequisite: guide.Prerequisite{Title: "An OAuth client", How: "Add one.", URL: "https://g.test"}, State: guide.Open, Said: "asked for later"},
		{Prerequisite: guide.Prerequisite{Title: "A role", How: "Ask.", URL: "https://r.test"}, State: guide.Unmet, Said: "It lacks view.", Fix: "Add it."},
	})
	want := `Prerequisites:
  ✓ passed An Okta org  acme.okta.com answers
  ! note An OAuth client  Add one.
    https://g.test
  ✗ failed A role  It lacks view.  Add it.
`
	assert.Check(t, is.DeepEqual(out.String(), want))
}

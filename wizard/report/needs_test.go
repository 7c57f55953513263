package report_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"msgsso-wizard/steps"
	"msgsso-wizard/wizard/report"
)

func TestNeeds(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	report.Needs(&out, report.NewMarks(true, true), []steps.Checked{
		{Need: steps.Need{Title: "An Okta org", How: "Sign up.", URL: "https://o.test"}, State: steps.NeedMet, Said: "acme.okta.com answers"},
		{Need: steps.Need{Title: "An OAuth client", How: "Add one.", URL: "https://g.test"}, State: steps.NeedOpen, Said: "asked for later"},
		{Need: steps.Need{Title: "A role", How: "Ask.", URL: "https://r.test"}, State: steps.NeedFailed, Said: "It lacks view.", Fix: "Add it."},
	})
	want := `You need:
  ✓ ok An Okta org  acme.okta.com answers
  ! look An OAuth client  Add one.
    https://g.test
  ✗ failed A role  It lacks view.  Add it.
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Error(diff)
	}
}

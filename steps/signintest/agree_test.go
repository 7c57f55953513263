package signintest_test

import (
	"errors"
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/internal/faulttable"
	"msgsso-wizard/steps/signintest"
)

// agreed are the scenes that the sign-in test and doctor both judge, each with doctor's check that names the cause.
var agreed = map[string]string{
	"page's domain not allowed":                     "allowed-domains",
	"deployment inactive":                           "deployment",
	"the old version is pinned":                     "pinned-version",
	"secret rotated at Okta":                        "credential",
	"secret rotated at Okta, the log is late":       "credential",
	"credential of another app":                     "credential",
	"credential of another app, the log is late":    "credential",
	"credential gone":                               "credential",
	"app on client_secret_post":                     "client-authentication",
	"Discovery URI of Google, integration in ERROR": "discovery-uri",
	"integration in ERROR":                          "integration-state",
	"Okta's clock is 3 hours behind":                "clocks",
	"this computer's clock is 3 hours ahead":        "clocks",
	"signing keys of 1024 bits":                     "keys",
	"keys refused without a reason (401)":           "keys",
	"keys refused as if for lack of a token (403)":  "keys",
	"app deleted":                                   "app",
	"app inactive":                                  "app",
	"user not assigned":                             "user",
	"no policy":                                     "access-policy",
	"redirect URI removed":                          "redirect-uris",
}

// TestTestAndDoctorAgree: in one broken setup, the sign-in test and doctor name the same cause, and offer the same fix.
func TestTestAndDoctorAgree(t *testing.T) {
	t.Parallel()
	table := faulttable.Collect(t, "both", faulttable.Titles{Problem: "The sign-in test says", Fix: "Doctor says"}, len(agreed))
	for name, check := range agreed {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scene := signintest.Play(t, name)
			report, err := doctor.Examine(t.Context(), doctor.Config{Env: scene.Session, Deployment: scene.Deployment, User: "alice@acme.test"})
			assert.NilError(t, err)
			i := slices.IndexFunc(report.Findings, func(f doctor.Finding) bool { return f.Check == check && f.State != doctor.OK })
			if i < 0 { // what doctor can't verify
				i = slices.IndexFunc(report.Findings, func(f doctor.Finding) bool { return f.Check == check })
			}
			found := report.Findings[i]
			var result signintest.Result
			made, err := report.Setup(t.Context(), scene.Session, "")
			if known, ok := errors.AsType[*explain.Error](err); ok && known.Class == explain.ClassTest {
				result.Problem = known
			} else {
				assert.NilError(t, err)
				result = scene.Run(made)
			}
			assert.Assert(t, result.Problem != nil, "the test passes")
			if found.State != doctor.OK {
				assert.Check(t, is.Equal(result.AutoFix, found.AutoFix), "fix; the test says: %s", result.Problem.Problem)
			}
			table(name, result.Problem.Problem, found.What, scene.Hosts)
		})
	}
}

package report_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"gotest.tools/v3/golden"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

const canary = "00canary-SECRET-token"

func sample(t *testing.T) report.HandoverFacts {
	t.Helper()
	answers := guide.NewAnswers()
	for key, value := range map[guide.Key]string{
		guide.OktaOrg: "acme.okta.com", guide.OktaToken: canary, guide.GenesysRegion: "mypurecloud.de",
		guide.GenesysClientID: "c0ffee00-1111-4222-8333-444455556666", guide.GenesysClientSecret: canary, guide.RedirectURIs: "https://www.example.com/chat",
	} {
		assert.NilError(t, answers.Set(key, guide.FromEnv, value))
	}
	return report.HandoverFacts{
		Answers: answers, Run: "20261126-140200-abcd", When: time.Date(2026, 11, 26, 15, 2, 0, 0, time.FixedZone("CET", 3600)), Version: "1.0.0",
		Result: setup.Result{
			Okta:    setup.OktaResult{Org: "https://acme.okta.com", AppID: "0oa1", ClientID: "0oa1", Issuer: "https://acme.okta.com/oauth2/default"},
			Genesys: setup.GenesysResult{Org: "Acme | Söhne", Region: "mypurecloud.de", IntegrationID: "i1", ConfigurationID: "c1", ConfigurationVersion: "4", DeploymentID: "d1"},
			Snippet: "<script>\n  deploymentId: 'd1'\n</script>",
			Changes: []setup.ResultChange{
				{Verb: engine.Create, Kind: guide.KindApp, Name: "Genesys_Cloud *Messenger*", ID: "0oa1"},
				{Verb: engine.Reuse, Kind: guide.KindOrigin, Name: "https://www.example.com", ID: "tos1"},
				{Verb: engine.Update, Kind: guide.KindState, Name: guide.Activation, ID: "i1"},
				{Verb: engine.Create, Kind: guide.KindDeployment, Name: "Web SSO", ID: "d1", Unready: true},
			},
			Versions: []setup.Version{{Version: "4", Published: time.Date(2026, 11, 26, 14, 0, 0, 0, time.UTC), SignIn: true, Used: true}, {Version: "3"}},
			Warnings: []string{"The public file is not there yet."},
		},
	}
}

func TestHandover(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*report.HandoverFacts){
		"handover":      func(*report.HandoverFacts) {},
		"handover-demo": func(r *report.HandoverFacts) { r.Demo, r.Revoked, r.Run = true, true, "" },
		"handover-rollout": func(r *report.HandoverFacts) {
			r.Result.Versions = []setup.Version{{Version: "5", Published: r.When, SignIn: true}, {Version: "4", Used: true}}
			r.Result.Genesys.ConfigurationVersion = "5"
			r.Result.Rollout = &setup.Rollout{LiveID: "d0", LiveName: "Main website", Live: "4", Before: "4", TestID: "d1", TestName: "Main website (test)", Tried: "5"}
		},
		"handover-rotated": func(r *report.HandoverFacts) {
			r.Secret, r.Rotation = r.When.AddDate(0, 0, 1), "20261127-140200-efgh"
			r.Result.Changes = append(r.Result.Changes, setup.ResultChange{Verb: engine.Remove, Kind: guide.KindOldCredential, Name: "client 0oa1", ID: "cr1"})
		},
		"handover-live": func(r *report.HandoverFacts) {
			r.Result.Rollout = &setup.Rollout{LiveID: "d0", LiveName: "Main website", Live: "5", Before: "4", TestID: "d1", TestName: "Main website (test)", Tried: "5"}
			r.Result.Genesys.DeploymentID, r.Result.Genesys.ConfigurationVersion, r.Result.Snippet = "d0", "5", "<script>\n  deploymentId: 'd0'\n</script>"
		},
		"handover-manual": func(r *report.HandoverFacts) {
			for key, value := range map[guide.Key]string{
				guide.OktaSignIn: guide.OktaManual, guide.ManualClientID: "0oa1", guide.ManualClientSecret: canary, guide.Assign: guide.AssignSkip,
				guide.GenesysSignIn: guide.GenesysByToken, guide.GenesysAccessToken: canary,
			} {
				assert.NilError(t, r.Answers.Set(key, guide.FromUser, value))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := sample(t)
			change(&r)
			got := report.Handover(r)
			assert.Assert(t, !strings.Contains(got, canary), "it holds a secret")
			path := filepath.Join("testdata", name+".md")
			if golden.FlagUpdate() {
				assert.NilError(t, os.WriteFile(path, []byte(got), 0o600))
			}
			want, err := os.ReadFile(path)
			assert.NilError(t, err)
			assert.Check(t, is.DeepEqual(got, string(want)))
		})
	}
}

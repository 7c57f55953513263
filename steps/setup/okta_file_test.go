package setup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// byFile answers with a file as Okta's tools write it.
func byFile(t *testing.T, session *Session, lines ...string) {
	t.Helper()
	session.Files.Okta = filepath.Join(t.TempDir(), "okta.yaml")
	text := "okta:\n  client:\n    " + strings.Join(lines, "\n    ") + "\n"
	if err := os.WriteFile(session.Files.Okta, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	set(t, session, guide.OktaToken, "")
	set(t, session, guide.OktaSignIn, guide.OktaByFile)
}

func TestOktaFile(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		file   func(*testing.T, *simulator.Server) []string
		scheme string
	}{
		"token": {func(_ *testing.T, sim *simulator.Server) []string {
			return []string{"orgUrl: " + sim.OktaURL() + "/", "token: " + sim.Credentials().OktaToken}
		}, "SSWS"},
		"token, no org": {func(_ *testing.T, sim *simulator.Server) []string {
			return []string{`token: "` + sim.Credentials().OktaToken + `"`}
		}, "SSWS"},
		"key": {func(t *testing.T, sim *simulator.Server) []string {
			t.Helper()
			app := must(sim.ServiceApp())(t)
			return []string{
				"orgUrl: " + sim.OktaURL(), "authorizationMode: PrivateKey", "clientId: " + app.ClientID, "privateKeyId: " + app.KeyID,
				"privateKey: |", "  " + strings.ReplaceAll(strings.TrimSpace(app.PrivateKeyPEM), "\n", "\n      "),
			}
		}, "DPoP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var guard sentry
			sim, session := world(t, simulator.Options{Seed: 6, WrapOkta: guard.wrap})
			byFile(t, session, tt.file(t, sim)...)
			same(t, "plan", firstVisit, mustRun(t, session))
			same(t, "how the calls were signed", []string{tt.scheme}, guard.schemes())
			wouldSignIn(t, sim, session)
			same(t, "to be revoked at the end", false, session.Revocable())
		})
	}
}

func TestLostOktaFile(t *testing.T) {
	t.Parallel()
	const other = "Sign in another way."
	for name, tt := range map[string]struct {
		arrange      func(*testing.T, *Session)
		problem, fix string
	}{
		"of another org": {
			func(t *testing.T, session *Session) {
				t.Helper()
				byFile(t, session, "orgUrl: https://other.okta.com", "token: 00canary")
			},
			"~/.okta/okta.yaml is about other.okta.com, not about {okta}.", "Change the Okta org, or sign in another way.",
		},
		"without credentials": {
			func(t *testing.T, session *Session) { t.Helper(); byFile(t, session, "clientId: 0oa1") },
			"~/.okta/okta.yaml cannot be used: It holds neither a token nor a private key.", other,
		},
		"with a key elsewhere": {
			func(t *testing.T, session *Session) {
				t.Helper()
				byFile(t, session, "clientId: 0oa1", "privateKey: ~/.okta/canary.pem")
			},
			"~/.okta/okta.yaml cannot be used: It keeps the private key in a file of its own.", other,
		},
		"that is no YAML": {
			func(t *testing.T, session *Session) { t.Helper(); byFile(t, session, "token: [canary") },
			"~/.okta/okta.yaml cannot be used: The Okta configuration file is not YAML as Okta's tools write it.", other,
		},
		"absent": {
			func(t *testing.T, session *Session) {
				t.Helper()
				byFile(t, session, "token: x")
				noError(t, os.Remove(session.Files.Okta))
			},
			"~/.okta/okta.yaml cannot be used: It is not there.", other,
		},
		"a folder": {
			func(t *testing.T, session *Session) {
				t.Helper()
				byFile(t, session, "token: x")
				session.Files.Okta = filepath.Dir(session.Files.Okta)
			},
			"~/.okta/okta.yaml cannot be used: The Okta configuration file is not a regular file.", other,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{})
			tt.arrange(t, session)
			_, err := session.Plan(t.Context())
			e := asError(t, err)
			same(t, "problem", tt.problem, anonymous(sim, e.Problem))
			same(t, "fix", tt.fix, e.Fix)
			same(t, "question", guide.OktaSignIn, e.Question)
			same(t, "exit code", 2, explain.ExitCode(err))
			same(t, "calls to Okta", 0, session.Calls().Okta)
			if strings.Contains(err.Error(), "canary") {
				t.Errorf("%q holds what the file says", err)
			}
		})
	}
}

// TestFileThatNobodyNamed is not parallel, because it moves the home: a file there is not read by itself.
func TestFileThatNobodyNamed(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	sim, session := world(t, simulator.Options{})
	byFile(t, session, "token: "+sim.Credentials().OktaToken)
	noError(t, os.Mkdir(filepath.Join(home, ".okta"), 0o700))
	noError(t, os.Rename(session.Files.Okta, filepath.Join(home, ".okta", "okta.yaml")))
	session.Files.Okta = ""
	_, err := session.Plan(t.Context())
	same(t, "problem", "~/.okta/okta.yaml cannot be used: It is not there.", asError(t, err).Problem)
	same(t, "calls to Okta", 0, session.Calls().Okta)
}

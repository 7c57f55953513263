package setup

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// byFile answers with a file as Okta's tools write it.
func (f fixture) byFile(lines ...string) {
	f.session.Files.Okta = filepath.Join(f.TempDir(), "okta.yaml")
	noError(f.T, os.WriteFile(f.session.Files.Okta, []byte("okta:\n  client:\n    "+strings.Join(lines, "\n    ")+"\n"), 0o600))
	f.set(guide.OktaToken, "")
	f.set(guide.OktaSignIn, guide.OktaByFile)
}

func TestOktaFile(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answer func(fixture)
		scheme string
	}{
		"token":         {func(f fixture) { f.byFile("orgUrl: "+f.sim.OktaURL()+"/", "token: "+f.sim.Credentials().OktaToken) }, "SSWS"},
		"token, no org": {func(f fixture) { f.byFile(`token: "` + f.sim.Credentials().OktaToken + `"`) }, "SSWS"},
		"key": {func(f fixture) {
			app := must(f.sim.ServiceApp())(f.T)
			f.byFile(
				"orgUrl: "+f.sim.OktaURL(), "authorizationMode: PrivateKey", "clientId: "+app.ClientID, "privateKeyId: "+app.KeyID,
				"privateKey: |", "  "+strings.ReplaceAll(strings.TrimSpace(app.PrivateKeyPEM), "\n", "\n      "),
			)
		}, "DPoP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var guard sentry
			sim, session := world(t, simulator.Options{Seed: 6, WrapOkta: guard.wrap})
			tt.answer(fixture{t, sim, session})
			same(t, "plan", firstVisit, mustRun(t, session))
			same(t, "how the calls were signed", []string{tt.scheme}, guard.schemes())
			wouldSignIn(t, sim, session)
			same(t, "to be revoked at the end", false, session.Revocable())
		})
	}
}

func TestRefusedOktaFiles(t *testing.T) {
	t.Parallel()
	scenes := map[string]scene{}
	for name, tt := range map[string]struct {
		arrange func(fixture)
		problem string
	}{
		"without credentials":  {func(f fixture) { f.byFile("clientId: 0oa1") }, "It holds neither a token nor a private key."},
		"with a key elsewhere": {func(f fixture) { f.byFile("clientId: 0oa1", "privateKey: ~/.okta/canary.pem") }, "It keeps the private key in a file of its own."},
		"that is no YAML":      {func(f fixture) { f.byFile("token: [canary") }, "The Okta configuration file is not YAML as Okta's tools write it."},
		"absent": {func(f fixture) {
			f.byFile("token: x")
			noError(f.T, os.Remove(f.session.Files.Okta))
		}, "It is not there."},
		"a folder": {func(f fixture) {
			f.byFile("token: x")
			f.session.Files.Okta = filepath.Dir(f.session.Files.Okta)
		}, "The Okta configuration file is not a regular file."},
	} {
		scenes[name] = scene{
			arrange: tt.arrange, class: explain.ClassUsage, question: guide.OktaSignIn,
			problem: "~/.okta/okta.yaml cannot be used: " + tt.problem, fix: "Sign in another way.",
		}
	}
	scenes["of another org"] = scene{
		arrange: func(f fixture) { f.byFile("orgUrl: https://other.okta.com", "token: 00canary") }, class: explain.ClassUsage, question: guide.OktaSignIn,
		problem: "~/.okta/okta.yaml is about other.okta.com, not about {okta}.", fix: "Change the Okta org, or sign in another way.",
	}
	for name, tt := range scenes {
		tt.opts.WrapOkta = func(http.Handler) http.Handler {
			return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { t.Errorf("%s: Okta is asked for %s", name, r.URL.Path) })
		}
		scenes[name] = tt
	}
	refuse(t, scenes)
}

// TestOktaFileNotNamed is not parallel, because it moves the home: a file there is not read by itself.
func TestOktaFileNotNamed(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	sim, session := world(t, simulator.Options{})
	fixture{t, sim, session}.byFile("token: " + sim.Credentials().OktaToken)
	noError(t, os.Mkdir(filepath.Join(home, ".okta"), 0o700))
	noError(t, os.Rename(session.Files.Okta, filepath.Join(home, ".okta", "okta.yaml")))
	session.Files.Okta = ""
	_, err := session.Plan(t.Context())
	same(t, "problem", "~/.okta/okta.yaml cannot be used: It is not there.", asError(t, err).Problem)
	same(t, "calls to Okta", 0, session.Calls().Okta)
}

package setup

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

const fixNewToken = "Get a new one and enter it (GENESYSCLOUD_ACCESS_TOKEN), or sign in another way (--genesys-sign-in)."

func TestRefusedGenesysSignIns(t *testing.T) {
	t.Parallel()
	refuse(t, map[string]scene{
		"an access token that ended": {
			arrange: func(f fixture) { f.byToken("canaryOfAToken") },
			class:   explain.ClassSignIn, question: guide.GenesysAccessToken,
			problem: "Genesys Cloud does not accept the access token: it ended or was revoked.", fix: fixNewToken,
		},
		"a token of a profile that ended": {
			arrange: func(f fixture) { f.byProfile("emea", "[emea]\naccess_token = \"canary\"\n") },
			class:   explain.ClassSignIn, question: guide.GenesysAccessToken,
			problem: "Genesys Cloud does not accept the access token: it ended or was revoked.", fix: fixNewToken,
		},
		"a wrong region": {
			opts:  simulator.Options{Genesys: genesyssim.Options{UnknownClient: true}},
			class: explain.ClassSignIn, question: guide.GenesysRegion,
			problem: "{genesys} does not know the OAuth client: its id is mistyped, or it belongs to another region.",
			fix:     "Compare the id with Admin > Integrations > OAuth, or change the region (--genesys-region). Worth trying: US East (mypurecloud.com), US West (usw2.pure.cloud), Canada (cac1.pure.cloud).",
		},
		"a client of another grant": {
			arrange: func(f fixture) {
				f.set(guide.GenesysSignIn, guide.GenesysByClient)
				f.set(guide.GenesysClientID, f.sim.Genesys().PKCEClientID())
			},
			class: explain.ClassSignIn, question: guide.GenesysClientSecret,
			problem: "{genesys} does not accept the OAuth client. Genesys Cloud says: authentication failed.", fix: fixClient,
		},
		"a computer that may not": {
			arrange: func(f fixture) { f.fault("GET", `^/api/v2/`, genesyssim.Fault("ip.not.authorized", "192.0.2.1")) },
			class:   explain.ClassPermission, retry: true,
			problem: "{genesys} does not let this computer in: Requests originating from this IP address are not authorized: [192.0.2.1].",
			fix:     "Run the wizard in a network that is allowed, or have this address allowed (Admin > Organization Settings).",
		},
		"a profile that the file lacks": {
			arrange: func(f fixture) { f.byProfile("apac", "[emea]\naccess_token = \"canary\"\n") },
			class:   explain.ClassUsage, question: guide.GenesysProfile,
			problem: "~/.gc/config.toml has no profile apac.", fix: "Choose one that it has, or sign in another way.",
		},
		"no file": {
			arrange: func(f fixture) {
				f.byProfile("emea", "")
				f.session.Files.GC += ".gone"
			},
			class: explain.ClassUsage, question: guide.GenesysSignIn,
			problem: "~/.gc/config.toml cannot be used: It is not there.", fix: "Sign in another way.",
		},
		"no path of a file": {
			arrange: func(f fixture) {
				f.byProfile("emea", "")
				f.session.Files.GC = ""
			},
			class: explain.ClassUsage, question: guide.GenesysSignIn,
			problem: "~/.gc/config.toml cannot be used: It is not there.", fix: "Sign in another way.",
		},
	})
}

// TestGenesysTokenEndsMidRun: one of a client is renewed, one that was given is not.
func TestGenesysTokenEndsMidRun(t *testing.T) {
	t.Parallel()
	ended := func(sim *simulator.Server, times int) {
		f := genesyssim.Fault("bad.credentials")
		f.Times = times
		fail(sim, "settings", f)
	}
	sim, session := world(t, simulator.Options{Seed: 2})
	ended(sim, 1)
	assert.Check(t, is.DeepEqual(lines(mustRun(t, session).Changes), firstVisit), "plan")

	sim, session = world(t, simulator.Options{Seed: 2})
	fixture{t, sim, session}.byToken(sim.Genesys().AccessToken())
	ended(sim, 0)
	_, err := runAll(t, session)
	e := failed(t, sim, err, explain.ClassSignIn, "Genesys Cloud does not accept the access token: it ended or was revoked.")
	assert.Check(t, is.DeepEqual(e.Step, guide.StepID("settings")), "step")
	sim.Genesys().Faults.Clear()
	mustRun(t, visit(t, sim))
}

//go:build unix

package e2e

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/setup"
)

const tokenCreators = "Only super, org, group, group membership, and read-only admins can create API tokens."

// lack is an org in which something is missing, and what a run says of it before it writes anything. Rows with code 0 are
// notices of the plan, and the run may go on.
type lack struct {
	opts    simulator.Options
	arrange func(*testing.T, *simulator.Server, []string) []string // prepares the orgs and returns flags; nil: nothing
	code    int
	says    []string
}

var lacks = map[string]lack{
	// Roles at Okta (contract okta.md 3.1, 3.5).
	"a read-only admin": {oktaRoles("READ_ONLY_ADMIN"), nil, 4, []string{"This admin can't create the app integration: the role is Read-only Administrator.", tokenCreators}},
	"an org admin":      {oktaRoles("ORG_ADMIN"), nil, 4, []string{"This admin can't create the app integration: the role is Organization Administrator."}},
	"an app admin":      {oktaRoles("APP_ADMIN"), nil, 4, []string{"This admin can't create the trusted origin: the role is Application Administrator.", tokenCreators}},
	"app and org admin": {oktaRoles("APP_ADMIN", "ORG_ADMIN"), nil, 4, []string{"This admin can't create the access policy: the roles are Application Administrator, Organization Administrator."}},
	"a wrong token":     {simulator.Options{Fault: "wrong-token"}, nil, 3, []string{"doesn't accept the API token.", tokenCreators}},

	// Permissions at Genesys Cloud (contract genesys.md 6).
	"no right to add an integration":      {denied("integrations:integration:add"), nil, 4, []string{"In Genesys Cloud, the roles of the OAuth client lack these permissions: integrations:integration:add."}},
	"no right to edit configurations":     {denied("webDeployments:configuration:edit"), nil, 4, []string{"lack these permissions: webDeployments:configuration:edit."}},
	"no right to add a deployment":        {denied("webDeployments:deployment:add"), nil, 4, []string{"lack these permissions: webDeployments:deployment:add."}},
	"no right to see flows":               {denied("architect:flow:view"), nil, 4, []string{"lack these permissions: architect:flow:view."}},
	"no right to delete, which undo uses": {denied("webDeployments:deployment:delete"), nil, 0, []string{"! The OAuth client lacks permissions that only undo needs: webDeployments:deployment:delete.", "✓ The OAuth client has all required permissions."}},

	// License and limits (contract genesys.md 1.2, 6).
	"no license":             {simulator.Options{Genesys: genesyssim.Options{NoMessengerLicense: true}}, nil, 4, []string{"This organization doesn't offer the integration type OpenID Connect Messenger Configuration.", "Check with Genesys that your license includes web messaging"}},
	"no integration is left": {simulator.Options{Genesys: genesyssim.Options{MaxInstances: 1}}, secondIntegration, 5, []string{"Genesys Cloud allows no more integrations of type", "there are 1 of 1."}},

	// The org's status (contract okta.md 8, 9).
	"an inactive org":      {simulator.Options{Okta: oktasim.Options{Inactive: true}}, nil, 0, []string{"! This Okta org is inactive. Visitors may not be able to sign in. Check the org's status with Okta."}},
	"an org that ends":     {simulator.Options{Okta: oktasim.Options{Expires: time.Now().Add(24 * time.Hour)}}, nil, 0, []string{"! This Okta org expires on ", "After that, visitors may not be able to sign in."}},
	"an org that hides it": {workforce, oktaAnswers(`^/api/v1/org$`, "E0000006"), 0, []string{"✓ Signed in as "}},

	// Settings of an app that is chosen by its ID (contract okta.md 1.1, 9; RFC 9126).
	"an app with encrypted ID tokens": {workforce, chosenApp(`"id_token_encrypted_response_alg":"RSA-OAEP-256"`), 5, []string{"encrypts its ID tokens. Genesys Cloud can't read them.", "Turn off ID token encryption (the app > General). Or choose another app, or enter a new name."}},
	"an app that requires DPoP":       {workforce, chosenApp(`"dpop_bound_access_tokens":true`), 5, []string{"requires DPoP. Genesys Cloud doesn't send the DPoP header, so Okta refuses its token requests."}},
	"an app that requires PAR":        {workforce, chosenApp(`"require_pushed_authorization_requests":true`), 5, []string{"requires pushed authorization requests (PAR). The page sends visitors to Okta without one, so Okta refuses to sign them in."}},
	"an app for some zones":           {workforce, chosenApp(`"network":{"connection":"ZONE","include":["nzo1"]}`), 0, []string{"! Okta accepts token requests of this app from some network zones only. Sign-in fails unless they include Genesys Cloud (Security > Networks)."}},
	"an app for all zones":            {workforce, chosenApp(`"network":{"connection":"ANYWHERE"}`), 0, []string{"= app integration Customer chat"}},

	// The app sign-in policy (contract okta.md 9.3).
	"two factors":          {workforce, nil, 0, []string{`! New apps get the app sign-in policy "Any two factors", which asks for two factors. Users may need to enroll one.`}},
	"one factor":           {simulator.Options{Okta: oktasim.Options{OneFactor: true}}, nil, 0, []string{`✓ The app sign-in policy "Classic Migrated" asks for one factor.`}},
	"an app with a policy": {workforce, passwordOnly, 0, []string{`✓ The app sign-in policy "Password only" asks for one factor.`}},
	"a hidden policy":      {workforce, oktaAnswers(`^/api/v1/policies`, "E0000006"), 0, []string{"! Okta may ask users for a second factor. The wizard couldn't read the app sign-in policy."}},

	// What Okta answers about its authorization servers (contract okta.md 0.4, 4, 8).
	"servers not listed, 401":           {workforce, oktaAnswers(`^/api/v1/authorizationServers$`, "E0000015"), 0, []string{`= access policy Default Policy`}},
	"servers not listed, 403":           {workforce, oktaAnswers(`^/api/v1/authorizationServers$`, "E0000006"), 0, []string{`= access policy Default Policy`}},
	"no such feature":                   {simulator.Options{Okta: oktasim.Options{Profile: oktasim.NoAPIAM}}, nil, 0, []string{"✓ This org doesn't have API Access Management. The wizard uses the org authorization server."}},
	"servers hidden":                    {workforce, oktaAnswers(`^/api/v1/authorizationServers`, "E0000006"), 4, []string{"This admin can't read the authorization servers, so the wizard can't check their access policies.", "API Access Management admin"}},
	"servers hidden, and there is none": {simulator.Options{Okta: oktasim.Options{Profile: oktasim.NoAPIAM}}, oktaAnswers(`^/api/v1/authorizationServers`, "E0000006"), 0, []string{`✓ This org has no authorization server "default". The wizard uses the org authorization server.`}},
	"servers hidden, and the org's own is chosen": {workforce, func(t *testing.T, sim *simulator.Server, environ []string) []string {
		t.Helper()
		oktaAnswers(`^/api/v1/authorizationServers`, "E0000006")(t, sim, environ)
		return []string{"--discovery-uri", sim.OktaURL() + "/.well-known/openid-configuration"}
	}, 0, []string{"+ app integration"}},
}

// TestPreflight: what is missing in an org is named before the first write, with the exit code of its kind.
func TestPreflight(t *testing.T) {
	t.Parallel()
	for name, tt := range lacks {
		if repeat.Skips(name, 2, 1) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.opts.Seed = 1
			sim := simtest.Start(t, tt.opts)
			environ := append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir())
			var flags []string
			if tt.arrange != nil {
				flags = tt.arrange(t, sim, environ)
			}
			wrote := writes(sim)
			if tt.code == 0 {
				flags = append(flags, "--dry-run")
			}
			got := run(t, environ, "", append(flags, "--no-input")...)
			said := strings.Join(strings.Fields(got.out+got.said), " ")
			assert.Check(t, is.Equal(got.code, tt.code), said)
			for _, text := range tt.says {
				assert.Check(t, is.Contains(said, text))
			}
			assert.Check(t, is.Equal(writes(sim), wrote), "writes")
		})
	}
}

// TestUndoPreflight: an undo that may not delete everything deletes nothing.
func TestUndoPreflight(t *testing.T) {
	t.Parallel()
	opts := denied("integrations:integration:delete")
	opts.Seed = 1
	sim := simtest.Start(t, opts)
	environ := append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir())
	set := run(t, environ, "", "--no-input")
	assert.Equal(t, set.code, 0, set.said)
	wrote := writes(sim)
	got := run(t, environ, "", "undo", "--yes")
	assert.Check(t, is.Equal(got.code, 4), got.said)
	assert.Check(t, is.Contains(unwrapped(got.said), "In Genesys Cloud, the roles of the OAuth client lack these permissions: integrations:integration:delete."))
	assert.Check(t, is.Equal(writes(sim), wrote), "writes")
}

// TestDoctorNamesDemands: what an admin demanded of the app after the setup is named, and nothing is written.
func TestDoctorNamesDemands(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 1})
	environ := append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir())
	set := run(t, environ, "", "--no-input", "--output", "json")
	assert.Equal(t, set.code, 0, set.said)
	var made setup.Result
	assert.NilError(t, json.Unmarshal([]byte(set.out), &made))
	at := sim.OktaURL() + "/api/v1/apps/" + made.Okta.AppID
	app := simtest.Call(t, sim, http.MethodGet, at, "")
	maps.Copy(app["settings"].(map[string]any)["oauthClient"].(map[string]any), map[string]any{
		"id_token_encrypted_response_alg": "RSA-OAEP-256", "dpop_bound_access_tokens": true, "require_pushed_authorization_requests": true,
		"network": map[string]any{"connection": "ZONE", "include": []string{"nzo1"}},
	})
	delete(app, "_links")
	body, err := json.Marshal(apiclient.Object(app).WithoutNulls())
	assert.NilError(t, err)
	simtest.Call(t, sim, http.MethodPut, at, string(body))

	wrote := writes(sim)
	got := run(t, environ, "", "doctor", "--no-input")
	said := unwrapped(got.out + got.said)
	assert.Check(t, is.Equal(got.code, 7), said)
	for _, text := range []string{
		`✗ failed The app integration "Genesys Cloud Messenger" encrypts its ID tokens. Genesys Cloud can't read them. Turn off ID token encryption (the app > General).`,
		`✗ failed The app integration "Genesys Cloud Messenger" requires DPoP.`,
		`✗ failed The app integration "Genesys Cloud Messenger" requires pushed authorization requests (PAR).`,
		`! warning Okta accepts token requests of the app from some network zones only.`,
		`✓ passed The app sign-in policy "Any two factors" asks for two factors.`,
	} {
		assert.Check(t, is.Contains(said, text))
	}
	assert.Check(t, is.Equal(writes(sim), wrote), "writes")
}

var workforce = simulator.Options{Okta: oktasim.Options{Profile: oktasim.Workforce}}

func oktaRoles(roles ...string) simulator.Options {
	return simulator.Options{Okta: oktasim.Options{Roles: roles}}
}

func denied(permission string) simulator.Options {
	return simulator.Options{Deny: []string{permission}}
}

// oktaAnswers has Okta refuse the reads of a path with one of its codes.
func oktaAnswers(path, code string) func(*testing.T, *simulator.Server, []string) []string {
	return func(_ *testing.T, sim *simulator.Server, _ []string) []string {
		f := oktasim.Refusal(code)
		f.Method, f.Path = http.MethodGet, regexp.MustCompile(path)
		sim.Okta().Faults.Add(f)
		return nil
	}
}

// newApp is an app that an admin made for the page, with settings of its client.
func newApp(t *testing.T, sim *simulator.Server, settings string) (id string) {
	t.Helper()
	client := map[string]any{
		"application_type": "web", "grant_types": []string{"authorization_code"}, "response_types": []string{"code"},
		"redirect_uris": []string{"http://localhost:8080/"},
	}
	var more map[string]any
	assert.NilError(t, json.Unmarshal([]byte("{"+settings+"}"), &more))
	maps.Copy(client, more)
	body, err := json.Marshal(map[string]any{
		"name": "oidc_client", "label": "Customer chat", "signOnMode": "OPENID_CONNECT",
		"credentials": map[string]any{"oauthClient": map[string]any{"token_endpoint_auth_method": "client_secret_basic"}},
		"settings":    map[string]any{"oauthClient": client},
	})
	assert.NilError(t, err)
	return simtest.Call(t, sim, http.MethodPost, sim.OktaURL()+"/api/v1/apps", string(body))["id"].(string)
}

func chosenApp(settings string) func(*testing.T, *simulator.Server, []string) []string {
	return func(t *testing.T, sim *simulator.Server, _ []string) []string {
		t.Helper()
		return []string{"--app-name", newApp(t, sim, settings)}
	}
}

// passwordOnly chooses an app that an admin gave another sign-in policy.
func passwordOnly(t *testing.T, sim *simulator.Server, _ []string) []string {
	t.Helper()
	_, all := simtest.Send(t, sim, http.MethodGet, sim.OktaURL()+"/api/v1/policies?type=ACCESS_POLICY", "")
	id := newApp(t, sim, "")
	policy := all.([]any)[1].(map[string]any)["id"].(string)
	simtest.Call(t, sim, http.MethodPut, sim.OktaURL()+"/api/v1/apps/"+id+"/policies/"+policy, "")
	return []string{"--app-name", id}
}

// secondIntegration wants one more integration of the type than there is.
func secondIntegration(t *testing.T, _ *simulator.Server, environ []string) []string {
	t.Helper()
	first := run(t, environ, "", "--no-input")
	assert.Equal(t, first.code, 0, first.said)
	return []string{"--integration-name", "One more"}
}

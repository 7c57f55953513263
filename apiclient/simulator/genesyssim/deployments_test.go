package genesyssim_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

const deployments = "webdeployments/deployments"

func (o *org) webChat() string {
	return o.named("flows?type=inboundshortmessage", "Web chat")["id"].(string)
}

// publishedConfiguration makes a configuration with one version that has authentication on.
func (o *org) publishedConfiguration(settle time.Duration) string {
	o.t.Helper()
	body := with(sample, "authenticationSettings", object{"enabled": true, "integrationId": "i", "allowSessionUpgrade": false})
	id := o.must(http.MethodPost, configurations, body)["id"].(string)
	o.clock.advance(settle)
	o.must(http.MethodPost, configurations+"/"+id+"/versions/draft/publish", nil)
	o.clock.advance(settle)
	return id
}

func TestDeploymentRefusals(t *testing.T) {
	o := newOrg(t, 6, 0)
	configuration := o.publishedConfiguration(0)
	good := object{
		"name": "Web SSO", "allowedDomains": []any{"www.example.com"},
		"configuration": object{"id": configuration, "version": "1"}, "flow": object{"id": o.webChat()},
	}
	made := o.must(http.MethodPost, deployments, good)
	path := deployments + "/" + made["id"].(string)
	refusals{
		"no name":          {without(good, "name"), "400 constraint.validation"},
		"long name":        {with(good, "name", strings.Repeat("n", 101)), "400 constraint.validation"},
		"no configuration": {without(good, "configuration"), "400 constraint.validation"},
		"no version":       {with(good, "configuration", object{"id": configuration}), "400 constraint.validation"},
		"no such version":  {with(good, "configuration", object{"id": configuration, "version": "2"}), "400 constraint.validation"},
		"the draft":        {with(good, "configuration", object{"id": configuration, "version": "DRAFT"}), "400 constraint.validation"},
		"no such config":   {with(good, "configuration", object{"id": "none", "version": "1"}), "400 constraint.validation"},
		"all and some":     {with(good, "allowAllDomains", true), "400 constraint.validation"},
		"draft flow":       {with(good, "flow", object{"id": o.named("flows", "Draft chat")["id"]}), "400 bad.flow.id"},
		"voice flow":       {with(good, "flow", object{"id": o.named("flows", "Main line")["id"]}), "400 bad.flow.id"},
		"unknown flow":     {with(good, "flow", object{"id": "none"}), "400 bad.flow.id"},
		"unknown content":  {with(good, "supportedContent", object{"id": "none"}), "404 scp.id.not.found"},
		"unknown status":   {with(good, "status", "On"), "400 invalid.value"},
		"unknown member":   {with(good, "identificationId", "x"), "400 invalid.property"},
	}.of(o, "POST "+deployments, "PUT "+path)
	o.must(http.MethodPut, path, o.must(http.MethodGet, path, nil))
	o.refuses("409 resource.conflict", http.MethodDelete, configurations+"/"+configuration, nil)
	o.must(http.MethodDelete, path, nil)
	o.refuses("404 not.found", http.MethodGet, path, nil)
	o.refuses("404 not.found", http.MethodGet, path+"/configurations", nil)
	o.must(http.MethodDelete, configurations+"/"+configuration, nil)
}

func TestPinnedVersion(t *testing.T) {
	t.Parallel()
	const settle = 10 * time.Second
	o := newOrg(t, 6, settle)
	live := o.named(deployments, "Main website")
	path := deployments + "/" + live["id"].(string)
	used := live["configuration"].(object)
	assert.Assert(t, used["version"] == "1" && live["status"] == "Active", "seeded: %v", live)
	pinned := func() string {
		t.Helper()
		answer := o.must(http.MethodGet, path+"/configurations", nil)
		return answer["configurationVersion"].(object)["version"].(string)
	}
	published := o.must(http.MethodPost, configurations+"/"+used["id"].(string)+"/versions/draft/publish", nil)
	if published["version"] != "3" || pinned() != "1" {
		t.Errorf("published %v, pinned %s", published["version"], pinned())
	}
	moved := o.must(http.MethodPut, path, with(live, "configuration", object{"id": used["id"], "version": "3"}))
	if moved["status"] != "Pending" || pinned() != "3" {
		t.Errorf("moved: %v, pinned %s", moved["status"], pinned())
	}
	o.clock.advance(settle)
	after := o.must(http.MethodGet, path, nil)
	assert.Check(t, after["status"] == "Active", "settled: %v", after["status"])
	ignored := []string{"configuration", "dateModified", "lastModifiedUser"}
	assert.Check(t, is.DeepEqual(without(after, ignored...), without(live, ignored...)),
		"the rest of the deployment changed")
	o.must(http.MethodPut, path, with(after, "status", "Inactive"))
	o.clock.advance(settle)
	got := o.must(http.MethodGet, path, nil)["status"]
	assert.Check(t, got == "Inactive", "made inactive: %v", got)
}

// A write may say Active while reads say Pending for some time.
func TestEarlyActive(t *testing.T) {
	t.Parallel()
	const late = 4 * time.Second
	o := newOrg(t, 6, 0, genesyssim.Options{EarlyActive: late})
	body := object{"name": "New", "configuration": object{"id": o.publishedConfiguration(0), "version": "1"}}
	made := o.must(http.MethodPost, deployments, body)
	path := deployments + "/" + made["id"].(string)
	for _, written := range []func() object{
		func() object { return made },
		func() object { return o.must(http.MethodPut, path, body) },
	} {
		got := written()["status"]
		assert.Check(t, got == "Active", "the write says %v", got)
		for _, want := range []string{"Pending", "Active"} {
			if got := o.must(http.MethodGet, path, nil)["status"]; got != want || o.named(deployments, "New")["status"] != want {
				t.Errorf("reads say %v, want %s", got, want)
			}
			o.clock.advance(late)
		}
	}
}

func TestPublicFiles(t *testing.T) {
	t.Parallel()
	const settle = 10 * time.Second
	o := newOrg(t, 6, settle)
	live := o.named(deployments, "Main website")
	id := live["id"].(string)
	_, before := o.public(id, "config.json")
	if before["version"] != "1" || before["status"] != "Active" || !cmp.Equal(before["auth"], object{"enabled": false, "allowSessionUpgrade": false}) {
		t.Errorf("config.json: %v", before)
	}
	configuration := o.publishedConfiguration(settle)
	body := with(live, "configuration", object{"id": configuration, "version": "1"})
	o.must(http.MethodPut, deployments+"/"+id, with(body, "allowedDomains", []any{"new.example.com"}))
	_, lagging := o.public(id, "config.json")
	assert.Check(t, cmp.Equal(lagging, before), "config.json changed while Pending: %v", lagging)
	_, domains := o.public(id, "domains.json")
	if !cmp.Equal(domains, object{"allowAllDomains": false, "allowedDomains": []any{"www.acmecc.example", "shop.acmecc.example"}}) {
		t.Errorf("domains.json while Pending: %v", domains)
	}
	o.clock.advance(settle)
	_, after := o.public(id, "config.json")
	if !cmp.Equal(after["auth"], object{"enabled": true, "allowSessionUpgrade": false}) || after["authenticationSettings"] != nil {
		t.Errorf("config.json: %v", after)
	}
	_, domains = o.public(id, "domains.json")
	assert.Check(t, cmp.Equal(domains["allowedDomains"], []any{"new.example.com"}), "domains.json: %v", domains)
	made := o.must(http.MethodPost, deployments, object{"name": "New", "configuration": object{"id": configuration, "version": "1"}})
	for _, unknown := range []string{"none", made["id"].(string)} {
		status, _ := o.public(unknown, "config.json")
		assert.Check(t, is.Equal(status, http.StatusForbidden), unknown)
	}
}

func TestExpandedConfiguration(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 6, 0)
	plain := o.named(deployments, "Main website")["configuration"].(object)
	whole := o.named(deployments+"?expand=Configuration", "Main website")["configuration"].(object)
	assert.Check(t, plain["messenger"] == nil && whole["messenger"] != nil && whole["version"] == plain["version"],
		"plain %v, whole %v", plain, whole)
}

func TestConfigurationInUse(t *testing.T) {
	t.Parallel()
	const settle = 10 * time.Second
	o := newOrg(t, 6, settle)
	live := o.named(deployments, "Main website")
	old := configurations + "/" + live["configuration"].(object)["id"].(string)
	configuration := o.publishedConfiguration(settle)
	body := with(live, "configuration", object{"id": configuration, "version": "1"})
	o.must(http.MethodPut, deployments+"/"+live["id"].(string), body)
	o.refuses("409 resource.conflict", http.MethodDelete, configurations+"/"+configuration, nil)
	o.refuses("409 resource.conflict", http.MethodDelete, old, nil) // still what the public sees
	o.clock.advance(settle)
	o.refuses("409 resource.conflict", http.MethodDelete, configurations+"/"+configuration, nil)
	o.must(http.MethodDelete, old, nil)
}

func TestSnippet(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 2, 0)
	live := o.named(deployments, "Main website")
	got := live["snippet"].(string)
	tail := "\n  })(window, 'Genesys', '" + o.base + "/genesys-bootstrap/genesys.min.js', {\n" +
		"    environment: 'simulator',\n    deploymentId: '" + live["id"].(string) + "'\n  });\n</script>"
	if !strings.HasPrefix(got, "<script type=\"text/javascript\" charset=\"utf-8\">\n  (function (g, e, n, es, ys) {\n") || !strings.HasSuffix(got, tail) {
		t.Errorf("snippet:\n%s", got)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.base+"/genesys-bootstrap/genesys.min.js", nil)
	assert.NilError(t, err)
	resp, err := o.http.Do(r)
	assert.NilError(t, err)
	defer func() { _ = resp.Body.Close() }()
	script, err := io.ReadAll(resp.Body)
	if err != nil || !strings.Contains(string(script), "simulator") || resp.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("bootstrap: %q %v", script, err)
	}
}

// node returns the path of Node.js. Without it the test is skipped, or fails where everything is required.
func node(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("node")
	switch {
	case err == nil:
		return path
	case os.Getenv("MSGSSO_REQUIRE_ALL") == "1":
		t.Fatal(err)
	}
	t.Skip("Messenger's script is not tried without Node.js")
	return ""
}

func TestSnippetCompiles(t *testing.T) {
	t.Parallel()
	if out, err := exec.CommandContext(t.Context(), node(t), "--check", "messenger.js").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	script, err := os.ReadFile("messenger.js")
	assert.NilError(t, err)
	for _, never := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"} {
		assert.Check(t, !strings.Contains(string(script), never),
			"text of others may become markup or code: %s", never)
	}
	lines := strings.Count(string(script), "\n")
	assert.Check(t, lines <= 300, "%d lines are no small script", lines)
}

// The script's own tests; the last of them signs in and out at this simulator.
func TestServedSnippet(t *testing.T) {
	t.Parallel()
	path := node(t)
	s := newSite(t, 0, genesyssim.Options{})
	s.provider.answer["refresh_token"] = "rt"
	oauth := s.request()["oauth"].(object)
	where, err := json.Marshal(object{"base": s.base, "id": s.deployment, "code": object{
		"authCode": oauth["code"], "redirectUri": redirectURI, "nonce": oauth["nonce"], "codeVerifier": codeVerifier,
	}})
	assert.NilError(t, err)
	cmd := exec.CommandContext(t.Context(), path, "--test", "testdata/messenger.test.mjs")
	cmd.Env = append(os.Environ(), "STAND_IN_SITE="+string(where))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	if len(s.sim.Senders()) != 1 || s.sim.VisitorTokens() != 0 {
		t.Errorf("%d exchanges, %d tokens left", len(s.sim.Senders()), s.sim.VisitorTokens())
	}
}

package talk

import (
	"net/http"
	"testing"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// genesys plays the test's conversation with an organization. What a seed decides of the Messenger type has a name.
func genesys(t *testing.T, settle time.Duration, opts genesyssim.Options) {
	t.Helper()
	var org *genesyssim.Server
	p := start(t, func(now func() time.Time) (http.Handler, service) {
		org = genesyssim.New(simkit.Settings{Seed: 3, Settle: settle, Now: now}, opts)
		return org, service{
			below: "/api/v2/", bearer: "Bearer " + org.AccessToken(), entries: "entities", counts: func() any { return plain(t, org.Counts()) },
			code: func(answer any) string { return textAt(answer, "code") },
			next: func(_ http.Header, page any) string { return textAt(page, "nextUri") },
		}
	})
	p.known["pkce"] = org.PKCEClientID()
	m := simtest.Discover(func(path string) map[string]any {
		_, answer := p.answer("GET", path, nil)
		return answer.(jsontree.Object)
	})
	for name, v := range map[string]string{
		"type": m.Type, "discovery": m.Discovery, "lifetime": m.Lifetime, "slot": m.Slot, "credentialType": m.CredentialType,
		"idField": m.IDField, "secretField": m.SecretField,
	} {
		p.known[name] = v
	}
	p.play("genesys.txt")
}

func textAt(v any, path string) string {
	found, _ := jsontree.At(v, path)
	text, _ := found.(string)
	return text
}

const settle, lag = 10 * time.Second, 10 * time.Second

func TestDraftAndPublish(t *testing.T)             { genesys(t, settle, genesyssim.Options{}) }
func TestOnlyPublishedConfigurations(t *testing.T) { genesys(t, 0, genesyssim.Options{}) }
func TestConfigurationRefusals(t *testing.T)       { genesys(t, 0, genesyssim.Options{}) }
func TestSeededConfigurations(t *testing.T)        { genesys(t, time.Hour, genesyssim.Options{}) }
func TestDeploymentRefusals(t *testing.T)          { genesys(t, 0, genesyssim.Options{}) }
func TestPinnedVersion(t *testing.T)               { genesys(t, settle, genesyssim.Options{}) }

func TestEarlyActive(t *testing.T) { genesys(t, 0, genesyssim.Options{EarlyActive: 4 * time.Second}) }

func TestPublicFiles(t *testing.T)                           { genesys(t, settle, genesyssim.Options{}) }
func TestExpandedConfiguration(t *testing.T)                 { genesys(t, 0, genesyssim.Options{}) }
func TestConfigurationInUse(t *testing.T)                    { genesys(t, settle, genesyssim.Options{}) }
func TestIntegrationFilters(t *testing.T)                    { genesys(t, 0, genesyssim.Options{}) }
func TestIntegrationLife(t *testing.T)                       { genesys(t, settle, genesyssim.Options{}) }
func TestEnablingAnIncompleteIntegration(t *testing.T)       { genesys(t, 0, genesyssim.Options{}) }
func TestIntegrationRefusals(t *testing.T)                   { genesys(t, 0, genesyssim.Options{MaxInstances: 2}) }
func TestConfigRefusals(t *testing.T)                        { genesys(t, 0, genesyssim.Options{}) }
func TestCredentialLife(t *testing.T)                        { genesys(t, 0, genesyssim.Options{}) }
func TestCredentialRefusals(t *testing.T)                    { genesys(t, 0, genesyssim.Options{}) }
func TestDeletedCredentialBreaksItsIntegration(t *testing.T) { genesys(t, 0, genesyssim.Options{}) }
func TestActivationError(t *testing.T) {
	genesys(t, settle, genesyssim.Options{ActivationError: "The discovery document cannot be read."})
}
func TestWritesDoNotWait(t *testing.T)         { genesys(t, 0, genesyssim.Options{Lag: lag}) }
func TestNewVersionIsListedLater(t *testing.T) { genesys(t, 0, genesyssim.Options{Lag: lag}) }
func TestDeletesInOrder(t *testing.T)          { genesys(t, 0, genesyssim.Options{Lag: lag}) }
func TestPermittedDivisions(t *testing.T) {
	genesys(t, 0, genesyssim.Options{Deny: []string{"webDeployments:configuration:add"}})
}
func TestIdentityResolution(t *testing.T)   { genesys(t, 0, genesyssim.Options{}) }
func TestTypeRefusals(t *testing.T)         { genesys(t, 0, genesyssim.Options{}) }
func TestFlows(t *testing.T)                { genesys(t, 0, genesyssim.Options{}) }
func TestNumberedPages(t *testing.T)        { genesys(t, 0, genesyssim.Options{}) }
func TestCursors(t *testing.T)              { genesys(t, 0, genesyssim.Options{}) }
func TestReadsLagBehindWrites(t *testing.T) { genesys(t, 0, genesyssim.Options{Lag: lag}) }
func TestWritesLag(t *testing.T)            { genesys(t, 0, genesyssim.Options{Lag: lag, LagWrites: true}) }

func TestVersionConflictAs400(t *testing.T) {
	genesys(t, 0, genesyssim.Options{VersionConflict400: true})
}

func TestUserIsKnown(t *testing.T) {
	genesys(t, 0, genesyssim.Options{Deny: []string{"architect:flow:view"}})
}

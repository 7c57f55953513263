package talk

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// okta plays the test's conversation with an org.
func okta(t *testing.T, opts oktasim.Options) {
	t.Helper()
	start(t, func(now func() time.Time) (http.Handler, service) {
		opts.Limits = map[string]int{}
		org := oktasim.New(simkit.Settings{Seed: 1, Now: now}, opts)
		return org, service{
			below: "/api/v1/", bearer: "SSWS " + org.Token(), code: oktaCode, counts: func() any { return plain(t, org.Counts()) },
			next: func(header http.Header, _ any) string {
				for _, line := range header.Values("Link") {
					if address, ok := strings.CutSuffix(line, `>; rel="next"`); ok {
						return strings.TrimPrefix(address, "<")
					}
				}
				return ""
			},
		}
	}).play("okta.txt")
}

// oktaCode is the code of an error, and its first cause.
func oktaCode(answer any) string {
	o, _ := answer.(jsontree.Object)
	cause, _ := jsontree.At(o, "errorCauses.0.errorSummary")
	text, _ := cause.(string)
	return strings.TrimSpace(jsontree.Text(o, "errorCode") + jsontree.Text(o, "error") + " " + text)
}

func TestAppLife(t *testing.T)               { okta(t, oktasim.Options{}) }
func TestAppRefused(t *testing.T)            { okta(t, oktasim.Options{Profile: oktasim.NoAPIAM}) }
func TestNullsAreRefused(t *testing.T)       { okta(t, oktasim.Options{}) }
func TestNullsThatAreTaken(t *testing.T)     { okta(t, oktasim.Options{}) }
func TestReadOnlyFields(t *testing.T)        { okta(t, oktasim.Options{}) }
func TestSecrets(t *testing.T)               { okta(t, oktasim.Options{}) }
func TestSecretsHidden(t *testing.T)         { okta(t, oktasim.Options{HideSecrets: true}) }
func TestSecretlessClient(t *testing.T)      { okta(t, oktasim.Options{}) }
func TestGroups(t *testing.T)                { okta(t, oktasim.Options{}) }
func TestAssignGroups(t *testing.T)          { okta(t, oktasim.Options{}) }
func TestFederationBrokerMode(t *testing.T)  { okta(t, oktasim.Options{}) }
func TestAssignUser(t *testing.T)            { okta(t, oktasim.Options{}) }
func TestListApps(t *testing.T)              { okta(t, oktasim.Options{}) }
func TestTrustedOriginLife(t *testing.T)     { okta(t, oktasim.Options{}) }
func TestTrustedOriginRefused(t *testing.T)  { okta(t, oktasim.Options{}) }
func TestRevokedTokenIsDead(t *testing.T)    { okta(t, oktasim.Options{ReadOnly: true}) }
func TestOrganization(t *testing.T)          { okta(t, oktasim.Options{}) }
func TestDiscovery(t *testing.T)             { okta(t, oktasim.Options{}) }
func TestAuthorizationServer(t *testing.T)   { okta(t, oktasim.Options{}) }
func TestPolicies(t *testing.T)              { okta(t, oktasim.Options{}) }
func TestRules(t *testing.T)                 { okta(t, oktasim.Options{}) }
func TestAppKeepsWhatItIsGiven(t *testing.T) { okta(t, oktasim.Options{}) }
func TestProviderCalls(t *testing.T)         { okta(t, oktasim.Options{}) }
func TestReplacePolicy(t *testing.T)         { okta(t, oktasim.Options{}) }
func TestSignOnRules(t *testing.T)           { okta(t, oktasim.Options{}) }
func TestUpgradedSignOnRules(t *testing.T)   { okta(t, oktasim.Options{OneFactor: true}) }
func TestLag(t *testing.T)                   { okta(t, oktasim.Options{Lag: 2 * time.Second}) }
func TestLagOfWrites(t *testing.T)           { okta(t, oktasim.Options{Lag: 2 * time.Second, LagWrites: true}) }

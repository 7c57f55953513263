// Package kit is what the tests of whole runs share: both simulated orgs as a colleague sees them.
package kit

import (
	"os"
	"testing"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Main runs the tests of a package. It leaves SSL_CERT_FILE out: all calls are plain HTTP on loopback, and each
// transport would read it.
func Main(m *testing.M) {
	_ = os.Unsetenv("SSL_CERT_FILE")
	eventually.SideBySide()
	goleak.VerifyTestMain(m)
}

// Must unwraps a call that a test needs to succeed.
func Must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		assert.NilError(t, err)
		return v
	}
}

// OktaAdmin and GenesysAdmin are colleagues who work in the same orgs.
func OktaAdmin(t *testing.T, sim *simulator.Server) *okta.Client {
	t.Helper()
	login := guide.OktaLogin{Token: guide.NewSecret(sim.Credentials().OktaToken)}
	return Must(dial(t).Okta(sim.OktaURL(), login))(t).(*okta.Client)
}

// GenesysAdmin is the one at Genesys Cloud.
func GenesysAdmin(t *testing.T, sim *simulator.Server) *genesys.Client {
	t.Helper()
	c := sim.Credentials()
	login := guide.GenesysLogin{ClientID: c.GenesysClientID, Secret: guide.NewSecret(c.GenesysClientSecret)}
	return Must(dial(t).Genesys(sim.GenesysURL(), login))(t)
}

func dial(t *testing.T) *services.Network {
	network := services.New()
	t.Cleanup(network.Close)
	return network
}

// Gone waits until the services have carried out what a program that was cut off sent them. Its connections have to be
// closed, and those of all others.
func Gone(t *testing.T, sim *simulator.Server) {
	t.Helper()
	eventually.True(t, func() bool { return sim.Connections() == 0 }, func() string { return "a connection stays open" })
}

// Writes is how many writing calls reached the services.
func Writes(sim *simulator.Server) int {
	return sim.Okta().Calls().Writes + sim.Genesys().Calls().Writes
}

// Census is how many objects of each kind both organizations hold.
type Census struct {
	Okta    oktasim.Counts
	Genesys genesyssim.Counts
}

// Count counts them.
func Count(sim *simulator.Server) Census { return Census{sim.Okta().Counts(), sim.Genesys().Counts()} }

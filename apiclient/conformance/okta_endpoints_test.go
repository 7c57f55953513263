package conformance

import (
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
)

// oktaLater are the operations that the simulated org does not have.
var oktaLater = map[string]string{
	"grantConsentToScope": unused,
	"introspect":          unused, "introspectCustomAS": unused,
	"logout": unused, "logoutWithPost": unused, "logoutCustomAS": unused, "logoutCustomASWithPost": unused,
}

const unused = "no client of the simulator calls it"

func TestOktaEndpoints(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7, Okta: oktasim.Options{AutoApprove: true}})
	oktaSignIns(t, w)
	newCaller(t, w.sim.OktaURL(), "SSWS "+w.sim.Credentials().OktaToken).all("Okta")
	device := newCaller(t, w.sim.OktaURL(), "")
	device.kept["client"] = w.sim.Okta().DeviceApp()
	device.all("Okta, a device")
	device.sign = "Bearer " + device.kept["token"]
	device.all("Okta, with that device's token")
	coverage(t, "Okta", w.okta, oktaLater)
}

// verifier is that of RFC 7636, appendix B.
const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

// oktaSignIns signs a visitor in at both kinds of server.
func oktaSignIns(t *testing.T, w *world) {
	t.Helper()
	admin := newCaller(t, w.sim.OktaURL(), "SSWS "+w.sim.Credentials().OktaToken)
	admin.all("Okta, an app for both kinds of server")
	for _, path := range []string{"/oauth2", "/oauth2/default"} {
		visitor := newCaller(t, w.sim.OktaURL(), basic(admin.kept["client"], admin.kept["secret"]))
		visitor.kept["server"], visitor.kept["client"] = path, admin.kept["client"]
		visitor.all("Okta, a visitor")
	}
	admin.all("Okta, the System Log")
}

package simulator

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// Fault is something that goes wrong in many a real org, brought about here.
type Fault struct {
	Name, Says string
	Answers    []string // KEY=value, for the one who sets things up: what the failure comes from

	shape func(*Options)     // before the services start; nil: as they are
	spoil func(*Server)      // once they have started; nil: nothing
	give  func(*Credentials) // what is handed out in place of the right ones; nil: those
}

// The times that failures take: long enough to be seen, short of what the vendors' own limits are.
const (
	slowActivation = 12 * time.Second
	shortLimit     = "10"  // seconds, in Retry-After
	longLimit      = "900" // the same
)

// What is handed out in place of the right credentials.
const (
	wrongToken  = "00xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
	wrongSecret = "not-the-secret"
)

var faults = []Fault{
	{Name: "wrong-token", Says: "Okta doesn't accept the API token", give: func(c *Credentials) { c.OktaToken = wrongToken }},
	{Name: "wrong-secret", Says: "Genesys Cloud doesn't accept the OAuth client's secret", give: func(c *Credentials) { c.GenesysClientSecret = wrongSecret }},
	{Name: "read-only-admin", Says: "The Okta admin is read-only", shape: func(o *Options) { o.Okta.ReadOnly = true }},
	{Name: "permission-missing", Says: "The role in Genesys Cloud can't edit configurations", shape: func(o *Options) {
		o.Deny = append(o.Deny, "webDeployments:configuration:edit")
	}},
	{Name: "no-policy", Says: `Okta's "default" server has no access policy (the wizard adds one)`, shape: func(o *Options) { o.Okta.Profile = oktasim.Integrator }},
	{Name: "no-default-server", Says: "The Okta org has no API Access Management (the wizard uses the org authorization server)", shape: func(o *Options) { o.Okta.Profile = oktasim.NoAPIAM }},
	{Name: "servers-unlisted", Says: `Okta doesn't list its authorization servers (the wizard asks for "default" by its name)`, spoil: okta("GET", `^/api/v1/authorizationServers$`, oktasim.Refusal("E0000015"))},
	{Name: "name-taken", Says: `Another admin's app in Okta already has the chosen name, "Customer portal"`, Answers: []string{"MSGSSO_APP_NAME=Customer portal"}},
	{Name: "foreign-draft", Says: "Another user has unpublished changes in the chosen Messenger configuration", Answers: []string{"MSGSSO_MESSENGER_CONFIG=Help centre"}},
	{Name: "no-licence", Says: "Genesys Cloud doesn't offer the integration type that signs visitors in", shape: func(o *Options) { o.Genesys.NoMessengerLicense = true }},
	{Name: "activation-refused", Says: "Genesys Cloud refuses to activate the integration", shape: func(o *Options) {
		o.Genesys.ActivationError = "The discovery document could not be read."
	}},
	{Name: "slow-activation", Says: "Genesys Cloud activates the integration slowly (the wizard waits)", shape: func(o *Options) { o.Genesys.Activation = slowActivation }},
	{Name: "rate-limit", Says: "Okta's rate limit is reached for " + shortLimit + " seconds (the wizard waits)", spoil: okta("PUT", `^/api/v1/apps/[^/]+/groups/`, limited(shortLimit, 1))},
	{Name: "rate-limit-long", Says: "Okta's rate limit is reached for " + longLimit + " seconds", spoil: okta("PUT", `^/api/v1/apps/[^/]+/groups/`, limited(longLimit, 0))},
	{Name: "lost-answer", Says: "The connection is lost after Okta creates the app (the wizard creates no duplicate)", spoil: okta("POST", `^/api/v1/apps$`, simkit.Fault{Lose: true, Times: 1})},
	{Name: "service-down", Says: "Genesys Cloud fails with HTTP 503", spoil: genesys("", `^/api/`, genesyssim.Fault("service.unavailable"))},
	{Name: "service-broken", Says: "Okta fails with HTTP 500 while the app is assigned", spoil: okta("PUT", `^/api/v1/apps/[^/]+/groups/`, oktasim.Refusal("E0000009"))},
	{Name: "unreachable", Says: "Genesys Cloud can't be reached", spoil: genesys("", "", simkit.Fault{Drop: true})},
	{Name: "portal", Says: "The sign-in page of a proxy answers instead of Okta's API", spoil: okta("", `^/api/`, simkit.Fault{
		Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/html"}}, Body: "<!doctype html><title>Sign in to the network</title>",
	})},
}

// Faults lists what Options.Failure can name.
func Faults() []Fault { return slices.Clone(faults) }

// fault finds the one of that name; none has no name.
func fault(name string) (Fault, error) {
	i := slices.IndexFunc(faults, func(f Fault) bool { return f.Name == name })
	switch {
	case name == "":
		return Fault{}, nil
	case i < 0:
		names := make([]string, len(faults))
		for i, f := range faults {
			names[i] = f.Name
		}
		return Fault{}, fmt.Errorf("the failure %q is not one of %s", name, strings.Join(names, ", "))
	}
	return faults[i], nil
}

func okta(method, path string, f simkit.Fault) func(*Server) {
	return func(s *Server) { s.okta.Faults.Add(at(method, path, f)) }
}

func genesys(method, path string, f simkit.Fault) func(*Server) {
	return func(s *Server) { s.genesys.Faults.Add(at(method, path, f)) }
}

func at(method, path string, f simkit.Fault) simkit.Fault {
	f.Method, f.Path = method, regexp.MustCompile(path)
	return f
}

// limited refuses so many calls for a rate limit; 0: all.
func limited(seconds string, times int) simkit.Fault {
	f := oktasim.Refusal("E0000047")
	f.Times = times
	f.Header.Set("Retry-After", seconds)
	return f
}

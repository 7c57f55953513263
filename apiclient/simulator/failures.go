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
	{Name: "wrong-token", Says: "Okta does not know the API token", give: func(c *Credentials) { c.OktaToken = wrongToken }},
	{Name: "wrong-secret", Says: "Genesys Cloud does not accept the OAuth client's secret", give: func(c *Credentials) { c.GenesysClientSecret = wrongSecret }},
	{Name: "read-only-admin", Says: "the Okta admin may look and not touch", shape: func(o *Options) { o.Okta.ReadOnly = true }},
	{Name: "permission-missing", Says: "the role in Genesys Cloud may not edit configurations", shape: func(o *Options) {
		o.Deny = append(o.Deny, "webDeployments:configuration:edit")
	}},
	{Name: "no-policy", Says: `Okta's server "default" has no access policy; the wizard adds one`, shape: func(o *Options) { o.Okta.Profile = oktasim.Integrator }},
	{Name: "no-default-server", Says: `the Okta org has no API Access Management; the wizard uses the org's own server`, shape: func(o *Options) { o.Okta.Profile = oktasim.NoAPIAM }},
	{Name: "name-taken", Says: "somebody else's app in Okta has the name", Answers: []string{"MSGSSO_APP_NAME=Customer portal"}},
	{Name: "foreign-draft", Says: "a colleague is still editing the Messenger configuration", Answers: []string{"MSGSSO_MESSENGER_CONFIG=Help centre"}},
	{Name: "no-licence", Says: "Genesys Cloud does not offer the integration that signs visitors in", shape: func(o *Options) { o.Genesys.NoMessengerLicense = true }},
	{Name: "activation-refused", Says: "the integration cannot be made Active", shape: func(o *Options) {
		o.Genesys.ActivationError = "The discovery document could not be read."
	}},
	{Name: "slow-activation", Says: "the integration takes its time until it is Active; the wizard waits", shape: func(o *Options) { o.Genesys.Activation = slowActivation }},
	{Name: "rate-limit", Says: "Okta takes no more calls for " + shortLimit + " s (429 with Retry-After); the wizard waits", spoil: okta("PUT", `^/api/v1/apps/[^/]+/groups/`, limited(shortLimit, 1))},
	{Name: "rate-limit-long", Says: "Okta takes no more calls for " + longLimit + " s", spoil: okta("PUT", `^/api/v1/apps/[^/]+/groups/`, limited(longLimit, 0))},
	{Name: "lost-answer", Says: "Okta makes the app, then the connection is cut; the wizard makes no second one", spoil: okta("POST", `^/api/v1/apps$`, simkit.Fault{Lose: true, Times: 1})},
	{Name: "service-down", Says: "Genesys Cloud answers 503", spoil: genesys("", `^/api/`, genesyssim.Fault("service.unavailable"))},
	{Name: "service-broken", Says: "Okta answers 500 while the app is assigned", spoil: okta("PUT", `^/api/v1/apps/[^/]+/groups/`, oktasim.Refusal("E0000009"))},
	{Name: "unreachable", Says: "Genesys Cloud's connection is cut", spoil: genesys("", "", simkit.Fault{Drop: true})},
	{Name: "portal", Says: "the sign-in page of a proxy answers in place of Okta's API (HTML with 200)", spoil: okta("", `^/api/`, simkit.Fault{
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

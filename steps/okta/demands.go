package okta

import "msgsso-wizard/apiclient/okta"

// Demand is a setting of an app integration that Genesys Cloud, or a page, can't meet.
type Demand struct {
	What string // after the name of the app
	Why  string
	Fix  string
}

// demands are the settings that make every sign-in fail (contract okta.md 1.1, 9; RFC 9126 for pushed requests).
var demands = []struct {
	has func(okta.App) bool
	Demand
}{
	{func(a okta.App) bool { return a.EncryptsIDTokens != "" }, Demand{
		"encrypts its ID tokens", "Genesys Cloud can't read them.",
		"Turn off ID token encryption (the app > General).",
	}},
	{func(a okta.App) bool { return a.DPoP }, Demand{
		"requires DPoP", "Genesys Cloud doesn't send the DPoP header, so Okta refuses its token requests.",
		"Turn off the DPoP requirement (the app > General).",
	}},
	{func(a okta.App) bool { return a.PushedOnly }, Demand{
		"requires pushed authorization requests (PAR)", "The page sends visitors to Okta without one, so Okta refuses to sign them in.",
		"Turn off the PAR requirement (the app > General).",
	}},
}

// Demands returns those of an app.
func Demands(a okta.App) []Demand {
	var found []Demand
	for _, d := range demands {
		if d.has(a) {
			found = append(found, d.Demand)
		}
	}
	return found
}

// InZonesOnly reports whether an app takes token requests from some network zones only. Whether Genesys Cloud is in them
// can't be read (contract okta.md 1.1).
func InZonesOnly(a okta.App) bool { return a.Network == "ZONE" }

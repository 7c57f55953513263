package okta

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/services"
)

// appID is the form of Okta's app IDs; an answer of this form means that very app.
var appID = regexp.MustCompile(`^0oa[A-Za-z0-9]{17}$`)

// customApp is the name of every app that an admin made. Okta's own apps have others, such as saasure.
const customApp = "oidc_client"

// findApp finds the app that the answer means: one by its ID, which may be anyone's, or one by its label that an
// earlier run made. Nil: a new one is meant.
func findApp(ctx context.Context, api services.Okta, answer string) (*okta.App, error) {
	if appID.MatchString(answer) {
		found, err := api.App(ctx, answer)
		if err != nil {
			return nil, err
		}
		return Usable(found)
	}
	apps, err := api.Apps(ctx, answer)
	if err != nil {
		return nil, err
	}
	return ownApp(apps, answer)
}

// ownApp picks the app of that label which an earlier run made. The list may hold others: Okta matches the beginning of
// a label only, and labels need not be unique (contract okta.md 1.2).
func ownApp(apps []okta.App, label string) (*okta.App, error) {
	apps = slices.DeleteFunc(apps, func(a okta.App) bool { return a.Label != label })
	mine := slices.DeleteFunc(slices.Clone(apps), func(a okta.App) bool { return a.ManagedBy != mark.Tag })
	switch {
	case len(mine) > 1:
		return nil, explain.Several(guide.AppName, "Okta", guide.KindApp, label, mine[0].ID, mine[1].ID)
	case len(mine) == 1:
		return Usable(mine[0])
	case len(apps) > 0:
		return nil, explain.NameTaken(guide.AppName, "Okta", guide.KindApp, label, apps[0].ID)
	default:
		return nil, nil
	}
}

// Usable refuses an app that couldn't sign visitors in for Genesys Cloud.
func Usable(a okta.App) (*okta.App, error) {
	e := &explain.Error{Class: explain.ClassConflict, Question: guide.AppName, Fix: "Choose another app, or enter a new name."}
	switch {
	case a.Status != "ACTIVE":
		e.Problem = fmt.Sprintf("The app integration %q (%s) is %s in Okta, so sign-in fails.", a.Label, a.ID, strings.ToLower(a.Status))
		e.Fix = "Activate it in Okta (Applications > Applications), or choose another app name."
	case a.Name != customApp || a.SignOnMode != "OPENID_CONNECT" || a.ApplicationType != "web":
		e.Problem = fmt.Sprintf("The app integration %q (%s) isn't an OIDC web application: it has no client secret for Genesys Cloud.", a.Label, a.ID)
	case a.TokenAuthMethod != BasicAuth && a.TokenAuthMethod != "client_secret_post":
		e.Problem = fmt.Sprintf("The app integration %q (%s) uses the client authentication %s. Genesys Cloud supports only the client ID and client secret.", a.Label, a.ID, a.TokenAuthMethod)
	default:
		found := Demands(a)
		if len(found) == 0 {
			return &a, nil
		}
		e.Problem = fmt.Sprintf("The app integration %q (%s) %s. %s", a.Label, a.ID, found[0].What, found[0].Why)
		e.Fix = found[0].Fix + " Or choose another app, or enter a new name."
	}
	return nil, e
}

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

package doctor

import (
	"fmt"
	"slices"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/syslog"
)

// shownVisits is how many kinds of failed sign-ins are shown.
const shownVisits = 5

// checkVisits tells what visitors ran into lately. It is past, so it fails nothing: what is wrong now, other checks say.
func checkVisits(s *seen) []Finding {
	visits := slices.DeleteFunc(slices.Clone(s.events.value), func(e okta.LogEvent) bool { return e.Agent == apiclient.UserAgent }) // the wizard's own checks
	sentences := syslog.Explain(visits, s.app.value.ClientID, s.app.value.ID)
	if len(sentences) == 0 {
		return fine("Okta's System Log of the last 24 hours has no failed sign-in.")
	}
	var out []Finding
	for _, e := range sentences[:min(len(sentences), shownVisits)] {
		what := fmt.Sprintf("%s: %s", explain.Moment(e.At), e.Problem)
		if e.Times > 1 {
			what = fmt.Sprintf("%s (%d times in 24 hours)", what, e.Times)
		}
		out = append(out, Finding{State: Warn, What: what, Why: "Okta's System Log says so (" + e.Code + ").", Fix: e.Fix, DocURL: e.DocURL})
	}
	return out
}

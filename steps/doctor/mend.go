package doctor

import (
	"context"
	"fmt"
	"slices"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// Repairs that only doctor offers; the others are package signintest's.
const (
	MendDomains signintest.Mend = "allowed-domains" // add the page's host to the deployment's allowed domains
	MendOrigins signintest.Mend = "trusted-origins" // trust the pages' origins
)

// mend is how the guide's own steps make a repair.
type mend struct {
	steps   []string
	okta    bool // it needs a sign-in to Okta
	genesys bool // it needs one to Genesys Cloud
}

var mends = map[signintest.Mend]mend{
	signintest.MendCredential: {okta: true, genesys: true, steps: []string{
		"okta", "app", "genesys", "authorization-server", "discovery", "integration-type", "integration", "credential", "settings",
	}},
	signintest.MendDiscovery: {okta: true, genesys: true, steps: []string{
		"okta", "app", "genesys", "authorization-server", "discovery", "integration-type", "integration", "credential", "settings",
	}},
	signintest.MendIntegration:  {genesys: true, steps: []string{"genesys", "integration-type", "integration", "activation"}},
	signintest.MendPublish:      {genesys: true, steps: []string{"genesys", "integration-type", "integration", "activation", "configuration", "publication", "deployment"}},
	MendDomains:                 {genesys: true, steps: []string{"genesys", "deployment"}},
	signintest.MendRedirect:     {okta: true, steps: []string{"okta", "app"}},
	MendOrigins:                 {okta: true, steps: []string{"okta", "app", "origins"}},
	signintest.MendAssignUser:   {okta: true, steps: []string{"okta", "app", "assign-user"}},
	signintest.MendAccessPolicy: {okta: true, steps: []string{"okta", "app", "authorization-server", "access-policy"}},
}

// canMend reports whether the answers and what was found are enough for a repair.
func (s *seen) canMend(m signintest.Mend) bool {
	how, known := mends[m]
	switch {
	case !known,
		how.okta && (s.conn.Okta == nil || !s.app.known || s.app.value.Status != "ACTIVE"),
		how.genesys && (s.conn.Genesys == nil || !s.deployment.known),
		slices.Contains(how.steps, "integration") && !s.integration.known:
		return false
	case m == signintest.MendRedirect:
		return len(s.missingRedirects()) > 0
	case m == MendDomains:
		return len(s.missingDomains()) > 0
	case m == signintest.MendAssignUser:
		return s.cfg.User != ""
	}
	return true
}

// offered are the repairs that the report's findings name, each once.
func (r *Report) offered() []signintest.Mend {
	var out []signintest.Mend
	for _, f := range r.Findings {
		if f.Mend != "" && !slices.Contains(out, f.Mend) {
			out = append(out, f.Mend)
		}
	}
	return out
}

// PlanMend plans repairs with the guide's own resources, all that the report offers if none is named. What exists is
// named by its id and keeps everything else. It only reads. The
// guide's answers and what it learned stay as they are. Errors are *explain.Error, or the context's.
func PlanMend(ctx context.Context, env *setup.Session, r *Report, wanted ...signintest.Mend) (setup.Plan, error) {
	if len(wanted) == 0 {
		wanted = r.offered()
	}
	if len(wanted) == 0 {
		return setup.Plan{}, &explain.Error{
			Class: explain.ClassUsage, Problem: "There is nothing that the wizard can mend here.", Fix: "What each finding says is yours to do.",
		}
	}
	repair := setup.Fix{Answers: r.seen.connectionAnswers(env.Answers)}
	for _, m := range wanted {
		if !r.seen.canMend(m) {
			return setup.Plan{}, cannot(m, r)
		}
		for _, step := range mends[m].steps {
			if !slices.Contains(repair.Nodes, step) {
				repair.Nodes = append(repair.Nodes, step)
			}
		}
	}
	repair.KeepApp = !slices.Contains(wanted, signintest.MendRedirect)
	if slices.Contains(wanted, MendOrigins) {
		repair.Pages = r.seen.missingOrigins()
	}
	repair.Renew = slices.Contains(wanted, signintest.MendCredential)
	if slices.Contains(wanted, signintest.MendAssignUser) {
		repair.Assign = r.seen.cfg.User
	}
	if err := r.seen.name(repair.Answers, wanted); err != nil {
		return setup.Plan{}, err
	}
	return env.PlanFix(ctx, repair)
}

// hands say where a person does what the wizard cannot do now.
var hands = map[signintest.Mend]string{
	signintest.MendCredential:   "Store the app's client id and client secret again (Admin > Integrations > the integration > Configuration > Credentials).",
	signintest.MendDiscovery:    "Set the Discovery URI (Admin > Integrations > the integration > Configuration > Properties).",
	signintest.MendIntegration:  "Set the integration to Active (Admin > Integrations).",
	signintest.MendPublish:      "Switch authentication on, save a new version, and choose it in the deployment (Admin > Message).",
	signintest.MendRedirect:     "Add the redirect URI to the app (General > Login > Sign-in redirect URIs), or name it (--redirect-uri, --site).",
	signintest.MendAssignUser:   "Assign the person in Okta (the app > Assignments), or name the person (--user).",
	signintest.MendAccessPolicy: "Add an access policy for the app (Security > API > the server > Access Policies).",
	signintest.MendActivateApp:  "Activate the app integration in Okta (Applications > Applications).",
}

func cannot(m signintest.Mend, r *Report) error {
	e := &explain.Error{
		Class: explain.ClassUsage, Fix: hands[m],
		Problem: fmt.Sprintf("The wizard cannot mend this now (%s).", m),
	}
	switch how := mends[m]; {
	case how.okta && r.seen.conn.Okta == nil:
		e.Problem = "Mending this needs a sign-in to Okta."
	case how.genesys && r.seen.conn.Genesys == nil:
		e.Problem = "Mending this needs a sign-in to Genesys Cloud."
	case how.okta && !r.seen.app.known:
		e.Problem = "Mending this needs the app integration, which was not found."
	}
	return e
}

package doctor

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// FixRotate puts a new client secret in the place of the old one.
const FixRotate signintest.Fix = "rotate-secret"

// checkSecret tells how old the client secret is. That there is none, checkCredential tells.
func checkSecret(s *seen) []Finding {
	var active []okta.AppSecret
	unknown := false
	for _, secret := range s.secrets.value {
		if secret.Status == oktasteps.SecretActive {
			active = append(active, secret)
		} else if runs := s.cfg.Env.Journal; runs != nil && !runs.Known(guide.KindOldSecret, "", secret.ID) {
			unknown = true
		}
	}
	oldest, known := oktasteps.OldestSecret(active)
	if !known || s.guessed {
		return nil
	}
	due := oldest.Created.Add(oktasteps.SecretLife)
	switch {
	case len(active) > 1:
		return warns(fmt.Sprintf("The app has %d active client secrets. The older one was created on %s.", len(active), explain.Moment(oldest.Created)),
			"A rotation isn't finished, or others use one of them.", "Rotate the client secret to finish, or deactivate the unused one in Okta (the app > General > Client Secrets).", "")
	case time.Now().Before(due):
		return fine("The client secret was created on %s. Rotate it by %s.", explain.Moment(oldest.Created), due.UTC().Format(time.DateOnly))
	case unknown:
		return warns(aged(oldest), agedWhy, "Rotate it. Okta allows 2 client secrets, so check first who else uses the inactive one: it has to be deleted.", "")
	case s.app.value.ManagedBy != mark.Tag:
		return warns(aged(oldest), agedWhy, "Rotate it. The wizard didn't create this app, so check first who else uses the secret.", "")
	}
	return warns(aged(oldest), agedWhy, "Rotate it.", FixRotate)
}

const agedWhy = "Okta's client secrets don't expire. A copy of an old one stays valid until you rotate it."

func aged(s okta.AppSecret) string {
	return fmt.Sprintf("The client secret is %d days old.", int(time.Since(s.Created).Hours()/24))
}

// PlanRotation plans to put a new client secret in the place of the old one, which gets a status in the end; empty: it
// stays active. It only reads. Errors are *explain.Error, or the context's.
func PlanRotation(ctx context.Context, env *setup.Session, r *Report, old string) (setup.Plan, error) {
	repair := setup.Fix{Answers: env.Answers.Only(connections...), Nodes: setup.RotationSteps, KeepApp: true}
	var err error
	if repair.Rotate, err = r.seen.rotate(ctx, old); err != nil {
		return setup.Plan{}, err
	}
	if err := r.seen.name(repair.Answers, nil); err != nil {
		return setup.Plan{}, err
	}
	return env.PlanFix(ctx, repair)
}

// rotate finds out what a rotation needs, and refuses one that can't end well.
func (s *seen) rotate(ctx context.Context, old string) (*setup.Rotate, error) {
	refuse := func(problem, fix string) (*setup.Rotate, error) {
		return nil, explain.New(explain.ClassConflict, "", problem, fix)
	}
	problem, fix := s.noApp()
	switch {
	case s.conn.OktaErr != nil:
		return nil, s.conn.OktaErr
	case s.conn.Okta == nil:
		return refuse("A rotation needs a sign-in to Okta.", "Sign in to Okta, or create and store a client secret manually.")
	case s.conn.Genesys == nil:
		return refuse("A rotation needs a sign-in to Genesys Cloud.", "Sign in to Genesys Cloud.")
	case problem != "":
		return refuse(problem, fix)
	case s.pinned.known && s.integration.err == nil && s.integration.gap() != "":
		return refuse(fmt.Sprintf("The deployment %q doesn't sign visitors in.", s.deployment.value.Name), "Run the guide.")
	case s.app.err != nil:
		return nil, s.app.err
	case s.app.gap() != "":
		return refuse(s.app.gap(), "Run the guide, then rotate.")
	case s.integration.gap() != "":
		return refuse(explain.Sentence(s.integration.gap()), "Let doctor check the deployment, then rotate.")
	case !s.rightDiscovery():
		return refuse("The integration's Discovery URI can't be used, so a new client secret couldn't be checked.", "Let doctor fix it, then rotate.")
	}
	if err := cmp.Or(oktasteps.HasSecret(s.app.value), s.conn.MayStore(ctx)); err != nil {
		return nil, err
	}
	all, err := s.conn.Genesys.Integrations(ctx)
	if err != nil {
		return nil, explain.InWords("read the integrations", err)
	}
	want := &setup.Rotate{Old: old}
	for _, i := range all {
		if i.Config == nil || i.ID == s.integration.value.ID || i.TypeID != s.integration.value.TypeID {
			continue
		}
		if client, host := s.clientOf(*i.Config); client == s.app.value.ClientID && host == guide.Host(s.conn.OktaURL) {
			want.Also = append(want.Also, i.ID)
		}
	}
	slices.Sort(want.Also)
	return want, nil
}

package genesys

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Target is the published version that a deployment is moved to.
type Target struct {
	Configuration string // its ID; empty: the one that the deployment uses
	Version       string
}

// move is a deployment that is moved to another version, forward or back.
type move struct {
	deployment
	to Target
}

// NewMove wants the deployment that the answers name to use the version. It gets the answered domains and flow, too.
func NewMove(org Organization, answers *guide.Answers, to Target) engine.Open[engine.Resource[genesys.Deployment]] {
	return opens(org, func(api services.Genesys) engine.Resource[genesys.Deployment] {
		return move{deployment{Object: DeploymentObject(api), api: api, org: org, answers: answers}, to}
	})
}

// Key is none: what is moved existed before.
func (move) Key(context.Context) (engine.Key, error) { return engine.Key{}, nil }

func (m move) Find(ctx context.Context, notes *engine.Notes) (*genesys.Deployment, error) {
	found, err := m.deployment.Find(ctx, notes)
	if err == nil && found == nil {
		err = explain.New(explain.ClassUsage, guide.DeploymentName,
			fmt.Sprintf("Genesys Cloud has no Messenger deployment %q.", m.answers.Value(guide.DeploymentName)), "Enter the name or ID of an existing one.")
	}
	return found, err
}

func (move) Describe(_ context.Context, found genesys.Deployment, _ *engine.Notes) (engine.Row, error) {
	return engine.Row{Name: found.Name, Mark: found.Description, Why: "already uses version " + found.ConfigurationVersion}, nil
}

func (m move) Want(ctx context.Context, stage engine.Stage, now genesys.Deployment, notes *engine.Notes) (genesys.Deployment, string, error) {
	want := now
	want.ConfigurationVersion = m.to.Version
	if m.to.Configuration != "" {
		want.ConfigurationID = m.to.Configuration
	}
	var why []string
	if uses(want) != uses(now) {
		if stage == engine.Planning {
			if err := m.check(ctx, now, want, notes); err != nil {
				return want, "", err
			}
		}
		why = append(why, fmt.Sprintf("version %s → %s", now.ConfigurationVersion, want.ConfigurationVersion))
	}
	domains, err := m.domains(ctx, &now)
	if missing := missingDomains(now, domains); len(missing) > 0 {
		want.AllowedDomains = append(slices.Clone(now.AllowedDomains), missing...)
		why = append(why, "allows "+strings.Join(missing, ", "))
	}
	if err == nil && m.answers.Get(guide.MessageFlow).From > guide.FromOrg {
		flow, unusable := m.flow(ctx, now.FlowID, &engine.Notes{})
		if err = unusable; flow.ID != "" && flow.ID != now.FlowID {
			want.FlowID = flow.ID
			why = append(why, "flow "+flow.Name)
		}
	}
	return want, strings.Join(why, ", "), err
}

func uses(d genesys.Deployment) string {
	return "version " + d.ConfigurationVersion + " of " + d.ConfigurationID
}

// check refuses a version with which visitors could not sign in, and says what visitors notice of the move.
func (m move) check(ctx context.Context, now, want genesys.Deployment, notes *engine.Notes) error {
	next, err := m.api.ConfigurationVersion(ctx, want.ConfigurationID, want.ConfigurationVersion)
	if apiclient.NotFound(err) {
		return m.noVersion(ctx, want)
	}
	if err != nil {
		return err
	}
	if id := signsInWith(next); id != "" {
		switch i, err := m.api.Integration(ctx, id); {
		case apiclient.NotFound(err):
			return cannotSignIn(want, "that was deleted")
		case err != nil:
			return err
		case i.State != active:
			return cannotSignIn(want, fmt.Sprintf("%q that isn't Active", i.Name))
		}
	}
	before, err := m.api.ConfigurationVersion(ctx, now.ConfigurationID, now.ConfigurationVersion)
	if err != nil && !apiclient.NotFound(err) {
		return err
	}
	for _, text := range whatVisitorsSee(now, before, next) {
		notes.Attend(text)
	}
	return nil
}

// noVersion says which versions there are.
func (m move) noVersion(ctx context.Context, want genesys.Deployment) error {
	all, err := m.api.ConfigurationVersions(ctx, want.ConfigurationID)
	if err != nil {
		return err
	}
	var versions []string
	for _, v := range genesys.NewestFirst(all) {
		versions = append(versions, v.Version)
	}
	return explain.New(explain.ClassUsage, "",
		fmt.Sprintf("The configuration of deployment %q has no version %s.", want.Name, want.ConfigurationVersion),
		"Choose one of its versions: "+strings.Join(versions, ", ")+".")
}

func cannotSignIn(want genesys.Deployment, integration string) error {
	return explain.New(explain.ClassConflict, "",
		fmt.Sprintf("Version %s signs visitors in with an integration %s, so sign-in would fail. No changes were made.", want.ConfigurationVersion, integration),
		"Activate the integration ("+guide.PathIntegrations+"), or choose another version.").Again()
}

// whatVisitorsSee says what visitors notice of a move, and when (contract genesys.md 2.2, 3).
func whatVisitorsSee(now genesys.Deployment, before, next genesys.Configuration) []string {
	was, is := signsInWith(before), signsInWith(next)
	text := "Visitors chat without signing in, as before."
	switch {
	case is == "" && was != "":
		text = "Then visitors chat without signing in."
	case is != "" && was == "":
		text = "Then everyone must sign in to chat, also in mobile apps. Anonymous chats that are running can't send messages until the visitor signs in."
	case is != was:
		text = "Then visitors sign in with another integration. Those who are signed in may have to sign in again."
	case is != "":
		text = "Sign-in stays as it is. Genesys Cloud doesn't document whether running chats notice the move."
	}
	return []string{
		fmt.Sprintf("This changes Messenger on the pages of %s. %s", livesOn(now), text),
		"Pages show the change when they load again. Browsers may get the old version from a cache. How long isn't documented.",
	}
}

// Unchanged refuses to move a deployment that others moved after the plan was made.
func (m move) Unchanged(planned, now, want genesys.Deployment, _ *engine.Notes) error {
	if uses(now) == uses(planned) || uses(now) == uses(want) {
		return nil
	}
	return explain.New(explain.ClassConflict, guide.DeploymentName,
		fmt.Sprintf("Deployment %q was moved to %s after the plan was made. It stays there.", now.Name, uses(now)),
		"Agree on the version for its pages, then try again with a new plan.").Again()
}

// ReachBrowsers waits until browsers get the version that a deployment was moved to, and returns how long that took. The
// public file is cached: that they don't get it yet is a warning.
func ReachBrowsers(run *engine.Run, org Organization, deployment engine.Source[genesys.Deployment], learn func(time.Duration)) engine.Find[time.Duration] {
	return func(ctx context.Context, notes *engine.Notes) (lag time.Duration, err error) {
		made, err := deployment.Made(ctx)
		if err != nil {
			return 0, err
		}
		api, err := org.api(ctx)
		if err != nil {
			return 0, err
		}
		version, err := api.ConfigurationVersion(ctx, made.ConfigurationID, made.ConfigurationVersion)
		if err != nil {
			return 0, err
		}
		warning, err := publicFile(ctx, run, api, made, signsInWith(version) != "", func(took time.Duration) {
			lag = took
			learn(took)
		})
		if warning != "" {
			notes.Warn(warning)
		}
		return lag, err
	}
}

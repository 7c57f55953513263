package steps

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// publication publishes the draft as a new version: until then visitors keep the old one. It comes after the
// integration is Active, because Genesys Cloud does not check that itself (contract genesys.md 2.2).
type publication struct{}

func (publication) ID() string               { return "publication" }
func (publication) Section() guide.SectionID { return guide.SectionConfiguration }

const versionLimit = 60 * time.Second

func (publication) Plan(_ context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	if f.live {
		return []Change{{Verb: Reuse, Kind: guide.KindVersion, Name: f.version, ID: f.configuration.ID, Why: "signs visitors in"}}, nil
	}
	return []Change{{Verb: Create, Kind: guide.KindVersion, Name: f.nextVersion(), Why: "Save New Version"}}, nil
}

func (f *facts) nextVersion() string {
	n, _ := strconv.Atoi(f.version)
	return strconv.Itoa(n + 1)
}

func (s publication) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			continue
		}
		if f.integration.State != "ACTIVE" {
			return &explain.Error{
				Class: explain.ClassConflict, Retry: true,
				Problem: fmt.Sprintf("The integration %q is not Active, so visitors could not sign in; nothing was published.", f.integration.Name),
				Fix:     "Go back to Integration and activate it.",
			}
		}
		id := f.configuration.ID
		c.Back.Before = map[string]string{BackVersion: f.version}
		err := doUntil(ctx, env, c, func(ctx context.Context) (string, genesys.Configuration, error) {
			if err := f.mayPublish(ctx, env); err != nil {
				return "", genesys.Configuration{}, err
			}
			made, err := f.publish(ctx, id)
			if err == nil {
				f.version, f.live = made.Version, true
			}
			return id, made, err
		}, settling[genesys.Configuration]{"the version to be Active", versionLimit, configurationActive, func(ctx context.Context) (genesys.Configuration, error) {
			return f.genesys.ConfigurationVersion(ctx, id, f.version)
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// mayPublish stops before a colleague's edits are published with the draft. What this run itself wrote may not be seen
// at once; a draft that it made a moment ago is nobody else's yet.
func (f *facts) mayPublish(ctx context.Context, e *Env) error {
	if slices.ContainsFunc(f.planOf(configuration{}), func(c Change) bool { return c.Verb == Create }) {
		return nil
	}
	pause := e.firstPause()
	for start := time.Now(); ; pause = min(pause*2, longestPause) {
		_, err := f.draftAsSeen(ctx, "Nothing was published.")
		var edited *explain.Error
		if !errors.As(err, &edited) || time.Since(start) >= patience*e.firstPause() {
			return err
		}
		if err := e.rest(ctx, pause); err != nil {
			return err
		}
	}
}

// publish publishes the draft. If the answer was lost, the new version is looked for, because publishing again
// would make one more.
func (f *facts) publish(ctx context.Context, id string) (genesys.Configuration, error) {
	made, err := f.genesys.Publish(ctx, id)
	if !answerLost(err) || ctx.Err() != nil {
		return made, err
	}
	versions, lookErr := f.genesys.ConfigurationVersions(ctx, id)
	if lookErr != nil {
		return made, lookErr
	}
	if latest := newest(versions); latest != nil && latest.Version != f.version && f.signsIn(*latest) {
		return *latest, nil
	}
	return made, err
}

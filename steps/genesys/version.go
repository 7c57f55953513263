package genesys

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

const versionLimit = 60 * time.Second // contract genesys.md 2.3

// VersionObject is a published version of a Messenger configuration. Its Ref has the configuration's ID, which In repeats
// before the version.
func VersionObject(api services.Genesys) engine.Object[genesys.Configuration] {
	return engine.Object[genesys.Configuration]{
		Kind: guide.KindVersion,
		Ref: func(c genesys.Configuration) engine.Ref {
			return engine.Ref{ID: c.ID, In: []string{c.ID, c.Version}}
		},
		Read: func(ctx context.Context, at engine.Ref) (genesys.Configuration, error) {
			return api.ConfigurationVersion(ctx, at.In[0], at.In[1])
		},
		Ready: configurationReady, Awaited: "the version to be Active", Limit: versionLimit,
		Within: func(at engine.Ref) (guide.ObjectKind, string) { return guide.KindConfiguration, at.ID },
		Lasts:  "Genesys Cloud deletes versions only with their configuration", // contract genesys.md 2.1
	}
}

// version is the published version that a run wants: until the draft is published, visitors keep the old one.
type version struct {
	engine.Object[genesys.Configuration]
	api           services.Genesys
	run           *engine.Run
	configuration engine.Source[Configuration]
	integration   engine.Source[genesys.Integration]
	status        engine.Source[genesys.Integration]
}

// NewVersion wants a version that signs visitors in with the integration. It comes after the integration is active,
// because Genesys Cloud does not check that itself (contract genesys.md 2.2).
func NewVersion(run *engine.Run, org Organization, configuration engine.Source[Configuration], integration, status engine.Source[genesys.Integration]) engine.Open[engine.Resource[genesys.Configuration]] {
	return opens(org, func(api services.Genesys) engine.Resource[genesys.Configuration] {
		return version{VersionObject(api), api, run, configuration, integration, status}
	})
}

// Key is the next version: one that an earlier run published may not be seen yet.
func (v version) Key(ctx context.Context) (engine.Key, error) {
	p, err := v.configuration.Planned(ctx)
	if err != nil || !p.Exists {
		return engine.Key{}, err
	}
	return engine.Key{In: []string{p.Value.Draft.ID, next(p)}}, nil
}

// next is the version that the draft becomes, as far as the plan knows.
func next(p engine.Planned[Configuration]) string {
	latest, _ := strconv.Atoi(before(p)) // none is version 0
	return strconv.Itoa(latest + 1)
}

// Fits takes only one that signs visitors in.
func (v version) Fits(ctx context.Context, made genesys.Configuration) (bool, error) {
	i, err := v.integration.Planned(ctx)
	return signsIn(made, i), err
}

func (v version) Find(ctx context.Context, notes *engine.Notes) (*genesys.Configuration, error) {
	p, err := v.configuration.Planned(ctx)
	if err != nil {
		return nil, err
	}
	if notes.Again {
		return v.published(ctx, p)
	}
	i, err := v.integration.Planned(ctx)
	if err != nil || !p.Exists || !live(p.Value, i) {
		return nil, err
	}
	return p.Value.Latest, nil
}

// published is a version that is newer than the plan knew, and signs visitors in: the answer to publishing it was lost.
func (v version) published(ctx context.Context, p engine.Planned[Configuration]) (*genesys.Configuration, error) {
	made, err := existing(ctx, v.configuration)
	if err != nil {
		return nil, err
	}
	i, err := existing(ctx, v.integration)
	if err != nil {
		return nil, err
	}
	now, err := readConfiguration(ctx, v.api, made.Draft.ID)
	if err != nil || now.Latest == nil || signsInWith(*now.Latest) != i.ID || now.Latest.Version == before(p) {
		return nil, engine.Unmissed(err)
	}
	return now.Latest, nil
}

// existing is an object that the plan found, else the one that was made.
func existing[T any](ctx context.Context, s engine.Source[T]) (T, error) {
	if p, err := s.Planned(ctx); err != nil || p.Exists {
		return p.Value, err
	}
	return s.Made(ctx)
}

// before is the version that was published last when the plan was made; empty: none.
func before(p engine.Planned[Configuration]) string {
	if p.Value.Latest == nil {
		return ""
	}
	return p.Value.Latest.Version
}

func (version) Describe(_ context.Context, found genesys.Configuration, _ *engine.Notes) (engine.Row, error) {
	return engine.Row{Name: found.Version, Why: "signs visitors in"}, nil
}

// storesData is what publishing starts (contract genesys.md 2.6).
const storesData = "Once authentication is on, Genesys Cloud stores visitors' personal data on contacts. Check that your privacy notice covers it."

func (v version) Draft(ctx context.Context, stage engine.Stage, notes *engine.Notes) (engine.Draft[genesys.Configuration], error) {
	p, err := v.configuration.Planned(ctx)
	if err != nil {
		return engine.Draft[genesys.Configuration]{}, err
	}
	d := engine.Draft[genesys.Configuration]{Name: next(p), Why: "Save New Version"}
	if stage == engine.Planning {
		notes.Attend(storesData)
		return d, nil
	}
	made, i, err := engine.Both(ctx, v.configuration.Made, v.status.Made)
	if err != nil {
		return d, err
	}
	if i.State != active {
		return d, explain.New(explain.ClassConflict, "",
			fmt.Sprintf("Integration %q isn't Active, so sign-in would fail. Nothing was published.", i.Name),
			"Return to Integration and activate it.").Again()
	}
	d.In = []string{made.Draft.ID, d.Name}
	d.Send = func(ctx context.Context) (genesys.Configuration, error) {
		if p.Exists { // a draft that this run created has no other owner yet
			if err := v.mayPublish(ctx, made.Draft); err != nil {
				return genesys.Configuration{}, err
			}
		}
		return v.api.Publish(ctx, made.Draft.ID)
	}
	return d, nil
}

// mayPublish stops before a colleague's edits are published with the draft. What this run itself wrote may not be seen
// at once.
func (v version) mayPublish(ctx context.Context, wrote genesys.Configuration) error {
	for tries := 0; ; tries++ {
		now, err := v.api.Draft(ctx, wrote.ID)
		if err == nil {
			err = asSeen(wrote, now, "Nothing was published.")
		}
		var edited *explain.Error
		if !errors.As(err, &edited) || !v.run.Patient(tries) {
			return err
		}
		if err := v.run.Rest(ctx, tries); err != nil {
			return err
		}
	}
}

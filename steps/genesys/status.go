package genesys

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

const (
	active          = "ACTIVE"
	inactive        = "DISABLED"
	activating      = "ACTIVATING"
	activationLimit = 60 * time.Second // contract genesys.md 1.3: how long it takes is not known
)

// StatusObject is the status of an integration of an organization.
func StatusObject(api services.Genesys) engine.Object[genesys.Integration] {
	return engine.Object[genesys.Integration]{
		Kind: guide.KindState,
		Ref:  func(i genesys.Integration) engine.Ref { return engine.Ref{ID: i.ID} },
		Read: engine.Reading(api, services.Genesys.Integration),
		Write: func(ctx context.Context, at engine.Ref, want genesys.Integration) (genesys.Integration, error) {
			if want.State == active {
				return api.EnableIntegration(ctx, at.ID)
			}
			return api.DisableIntegration(ctx, at.ID)
		},
		Fields: []engine.Field[genesys.Integration]{{Name: "state", Get: stateOf, Set: setState}},
		Within: func(at engine.Ref) (guide.ObjectKind, string) { return guide.KindIntegration, at.ID },
		Ready:  statusReady, Awaited: "Active", Limit: activationLimit,
		Restored: "Active → Inactive",
		Users: func(ctx context.Context, now genesys.Integration, _ engine.Entry, u *engine.Undo) (string, error) {
			return usersOf(ctx, api, now.ID, u)
		},
	}
}

// stateOf takes one that is being activated for active: it only has to be waited for.
func stateOf(i genesys.Integration) engine.Value {
	if i.State == active || i.IntendedState == "ENABLED" && i.State != "ERROR" {
		return engine.Value{active}
	}
	return engine.Value{inactive}
}

func setState(i *genesys.Integration, v engine.Value) { i.State, i.IntendedState = v.Text(), v.Text() }

// statusReady reports whether it is active.
func statusReady(i genesys.Integration) (bool, error) {
	if i.State != "ERROR" {
		return i.State == active, nil
	}
	detail := strings.TrimSuffix(i.StateDetail, ".")
	if detail == "" {
		detail = "no reason given"
	}
	return false, explain.New(explain.ClassFault, "",
		fmt.Sprintf("Genesys Cloud couldn't activate the integration %q: %s.", i.Name, detail),
		"Check its Discovery URI. Or open it ("+guide.PathIntegrations+") to see its status. Then retry.").Again().And(guide.DiscoveryURI)
}

type status struct {
	engine.Object[genesys.Integration]
	integration engine.Source[genesys.Integration]
	settings    engine.Source[Settings]
}

// NewStatus wants the integration to be active, once it has its settings. settings may be nil: they stay as they are.
func NewStatus(org Organization, integration engine.Source[genesys.Integration], settings engine.Source[Settings]) engine.Open[engine.Resource[genesys.Integration]] {
	return opens(org, func(api services.Genesys) engine.Resource[genesys.Integration] {
		return status{StatusObject(api), integration, settings}
	})
}

func (s status) Find(ctx context.Context, _ *engine.Notes) (*genesys.Integration, error) {
	p, err := s.integration.Planned(ctx)
	if err != nil || !p.Exists {
		return nil, err
	}
	return &p.Value, nil
}

func (status) Describe(_ context.Context, found genesys.Integration, _ *engine.Notes) (engine.Row, error) {
	if stateOf(found).Text() == active {
		return engine.Row{Name: "Active"}, nil
	}
	return engine.Row{Name: guide.Activation}, nil
}

func (s status) Draft(context.Context, engine.Stage, *engine.Notes) (engine.Draft[genesys.Integration], error) {
	return engine.Draft[genesys.Integration]{Name: guide.Activation, Part: func(ctx context.Context) (genesys.Integration, bool, error) {
		i, err := s.integration.Made(ctx)
		return i, true, cmp.Or(err, s.After(ctx))
	}}, nil
}

// After waits for the settings: an integration without them cannot be activated.
func (s status) After(ctx context.Context) error { return engine.Await(ctx, s.settings) }

func (status) Want(_ context.Context, _ engine.Stage, now genesys.Integration, _ *engine.Notes) (genesys.Integration, string, error) {
	setState(&now, engine.Value{active})
	return now, "", nil
}

package steps

import (
	"context"
	"fmt"
	"strings"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// activation sets the integration Active.
type activation struct{}

func (activation) ID() string               { return "activation" }
func (activation) Section() guide.SectionID { return guide.SectionIntegration }

const activationLimit = 60 * time.Second // contract genesys.md 1.3: how long it takes is not known

func (activation) Plan(_ context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	c := Change{Verb: Update, Kind: guide.KindState, Name: "Disabled → Active"}
	if f.integration == nil {
		return []Change{c}, nil
	}
	c.ID = f.integration.ID
	if f.integration.State == "ACTIVE" {
		c.Verb, c.Name = Reuse, "Active"
	}
	return []Change{c}, nil
}

func (s activation) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			continue
		}
		id := f.integration.ID
		c.ID = id
		c.Back.Before = map[string]string{BackState: f.integration.State}
		err := doUntil(ctx, env, c, func(ctx context.Context) (string, genesys.Integration, error) {
			now, err := f.enable(ctx, id)
			return id, now, err
		}, settling[genesys.Integration]{"Active", activationLimit, activated, func(ctx context.Context) (genesys.Integration, error) {
			return f.genesys.Integration(ctx, id)
		}})
		if err != nil {
			return err
		}
		f.integration.State = "ACTIVE"
	}
	return nil
}

// enable asks for the integration to be started, and looks where the answer was lost.
func (f *facts) enable(ctx context.Context, id string) (genesys.Integration, error) {
	now, err := f.genesys.EnableIntegration(ctx, id)
	if !answerLost(err) || ctx.Err() != nil {
		return now, err
	}
	if seen, lookErr := f.genesys.Integration(ctx, id); lookErr == nil && seen.IntendedState == "ENABLED" {
		return seen, nil
	}
	return now, err
}

func activated(i genesys.Integration) (bool, error) {
	if i.State != "ERROR" {
		return i.State == "ACTIVE", nil
	}
	detail := strings.TrimSuffix(i.StateDetail, ".")
	if detail == "" {
		detail = "it gives no reason"
	}
	return false, &explain.Error{
		Class: explain.ClassFault, Retry: true,
		Problem: fmt.Sprintf("Genesys Cloud could not activate the integration %q: %s.", i.Name, detail),
		Fix:     "Open it under Admin > Integrations to see its state, then try again.",
	}
}

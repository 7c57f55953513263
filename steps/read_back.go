package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// readBack looks at everything once more, as it now is, and takes the snippet.
type readBack struct{}

func (readBack) ID() string               { return "read-back" }
func (readBack) Section() guide.SectionID { return guide.SectionSnippet }

// cdnLimit is how long the public file may lag behind; its cache time is not documented (contract genesys.md 3).
const cdnLimit = 10 * time.Second

// Plan has nothing to say before everything else is done.
func (readBack) Plan(context.Context, *Env) ([]Change, error) { return nil, nil }

func (readBack) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	f.warnings = nil
	var (
		live    genesys.Deployment
		version genesys.Configuration
		used    genesys.Integration
		cdn     string
	)
	id, configurationID, shown := f.deployment.ID, f.configuration.ID, f.shown()
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) {
		live, err = visible(gctx, env, func(ctx context.Context) (genesys.Deployment, error) { return f.genesys.Deployment(ctx, id) })
		return err
	})
	g.Go(func() (err error) {
		version, err = visible(gctx, env, func(ctx context.Context) (genesys.Configuration, error) {
			return f.genesys.ConfigurationVersion(ctx, configurationID, shown)
		})
		return err
	})
	g.Go(func() (err error) {
		used, err = visible(gctx, env, func(ctx context.Context) (genesys.Integration, error) {
			return f.genesys.Integration(ctx, f.integration.ID)
		})
		return err
	})
	g.Go(func() (err error) { cdn, err = env.publicFile(gctx, id, shown); return err })
	if err := g.Wait(); err != nil {
		return err
	}
	f.deployment, f.snippet = &live, live.Snippet
	for _, check := range []struct {
		ok    bool
		wrong string
	}{
		{used.State == "ACTIVE", fmt.Sprintf("The integration %q is %s, not Active: visitors cannot sign in.", used.Name, used.State)},
		{f.signsIn(version), fmt.Sprintf("Version %s of the configuration does not have authentication on with this integration.", shown)},
		{live.ConfigurationID == configurationID && live.ConfigurationVersion == shown, fmt.Sprintf("The deployment pins version %s of %s, not version %s of %s.", live.ConfigurationVersion, live.ConfigurationID, shown, configurationID)},
		{live.Status == "Active", fmt.Sprintf("The deployment is %s, not Active.", live.Status)},
		{live.Snippet != "", "Genesys Cloud gave no snippet for the deployment."},
	} {
		if !check.ok {
			return &explain.Error{Class: explain.ClassConflict, Retry: true, Problem: check.wrong, Fix: "Somebody may have changed it a moment ago. Go back to that section, or run the wizard again: it mends what differs."}
		}
	}
	f.warnings = nil
	for _, warning := range []string{f.overtaken, cdn, foreignSnippet(live)} {
		if warning != "" {
			f.warnings = append(f.warnings, warning)
		}
	}
	return nil
}

// foreignSnippet says what is odd about a snippet: it goes into a page as it is.
func foreignSnippet(d genesys.Deployment) string {
	switch {
	case strings.Contains(d.Snippet, "‹U+"): // see apiclient.CleanLines
		return "The snippet that Genesys Cloud gave has characters that nobody would see; they show as ‹U+…›. Do not paste it before you know where they come from."
	case !strings.Contains(d.Snippet, d.ID):
		return "The snippet that Genesys Cloud gave does not name this deployment (" + d.ID + "). Do not paste it before you know why."
	}
	return ""
}

// publicFile compares what browsers get with what was set. A difference is a warning only: the file is cached.
func (e *Env) publicFile(ctx context.Context, deploymentID, version string) (warning string, err error) {
	pause := e.Poll
	if pause == 0 {
		pause = firstPause
	}
	for start := time.Now(); ; pause = min(pause*2, longestPause) {
		public, err := e.facts.genesys.PublicConfig(ctx, deploymentID)
		switch {
		case ctx.Err() != nil:
			return "", ctx.Err()
		case err == nil && public.AuthEnabled && public.Version == version && slices.Contains([]string{"", "Active"}, public.Status):
			e.facts.found.learn("cdn_lag", "%s", time.Since(start).Round(time.Millisecond))
			return "", nil
		case time.Since(start) >= cdnLimit && err != nil:
			return "The public file that browsers read could not be fetched yet: " + err.Error() + ".", nil
		case time.Since(start) >= cdnLimit:
			return fmt.Sprintf("Browsers still get version %s with authentication %s from the public file; it is cached and should follow soon.", public.Version, onOff(public.AuthEnabled)), nil
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
		}
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

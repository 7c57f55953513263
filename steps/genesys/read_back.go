package genesys

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

// publicLimit is how long the public file may lag behind; its cache time is not documented (contract genesys.md 3).
const publicLimit = 10 * time.Second

// Outcome is what a run set up, as it then is.
type Outcome struct {
	Deployment  genesys.Deployment
	Version     genesys.Configuration
	Integration genesys.Integration
}

// ReadBack reads everything once more after it was set up, until it is as wanted, and takes the snippet. learn gets
// how long the public file lagged behind.
func ReadBack(run *engine.Run, org Organization, deployment engine.Source[genesys.Deployment], integration engine.Source[genesys.Integration], learn func(time.Duration)) engine.Find[Outcome] {
	return func(ctx context.Context, notes *engine.Notes) (Outcome, error) {
		made, used, err := engine.Both(ctx, deployment.Made, integration.Made)
		if err != nil {
			return Outcome{}, err
		}
		if err := run.MayBegin(); err != nil {
			return Outcome{}, err
		}
		api, err := org.api(ctx)
		if err != nil {
			return Outcome{}, err
		}
		var out Outcome
		var warning string
		g, gctx := taskgroup.WithContext(ctx)
		g.Go(func() (err error) { out, err = settled(gctx, run, api, made, used); return err })
		g.Go(func() (err error) { warning, err = publicFile(gctx, run, api, made, true, learn); return err })
		if err := g.Wait(); err != nil {
			return out, err
		}
		for _, text := range []string{warning, foreignSnippet(out.Deployment)} {
			if text != "" {
				notes.Warn(text)
			}
		}
		return out, nil
	}
}

// settled reads until everything is as wanted. A deployment that is Pending, or an integration that is being activated, is
// waited for as long as it may take; other differences only as long as a read may be out of date.
func settled(ctx context.Context, run *engine.Run, api services.Genesys, made genesys.Deployment, used genesys.Integration) (Outcome, error) {
	start := time.Now()
	for tries := 0; ; tries++ {
		out, err := read(ctx, run, api, made, used)
		if err != nil {
			return out, err
		}
		wrong := difference(out, made, used)
		waited := time.Since(start)
		pending := out.Deployment.Status == "Pending" && waited < deploymentLimit || out.Integration.State == activating && waited < activationLimit
		if wrong == "" || !pending && !run.Patient(tries) {
			return out, asConflict(wrong)
		}
		if err := run.Rest(ctx, tries); err != nil {
			return out, err
		}
	}
}

func read(ctx context.Context, run *engine.Run, api services.Genesys, made genesys.Deployment, used genesys.Integration) (Outcome, error) {
	var out Outcome
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) {
		out.Deployment, err = engine.Seen(gctx, run, func(ctx context.Context) (genesys.Deployment, error) { return api.Deployment(ctx, made.ID) })
		return err
	})
	g.Go(func() (err error) {
		out.Version, err = engine.Seen(gctx, run, func(ctx context.Context) (genesys.Configuration, error) {
			return api.ConfigurationVersion(ctx, made.ConfigurationID, made.ConfigurationVersion)
		})
		return err
	})
	g.Go(func() (err error) {
		out.Integration, err = engine.Seen(gctx, run, func(ctx context.Context) (genesys.Integration, error) { return api.Integration(ctx, used.ID) })
		return err
	})
	return out, g.Wait()
}

// difference says what is not as wanted; empty: nothing.
func difference(out Outcome, made genesys.Deployment, used genesys.Integration) string {
	d := out.Deployment
	for _, check := range []struct {
		ok    bool
		wrong string
	}{
		{out.Integration.State == active, fmt.Sprintf("Integration %q is %s, not Active. Visitors can't sign in.", out.Integration.Name, out.Integration.State)},
		{signsInWith(out.Version) == used.ID, fmt.Sprintf("Version %s of the configuration doesn't have authentication on with this integration.", made.ConfigurationVersion)},
		{d.ConfigurationID == made.ConfigurationID && d.ConfigurationVersion == made.ConfigurationVersion, fmt.Sprintf("The deployment uses version %s of %s, not version %s of %s.", d.ConfigurationVersion, d.ConfigurationID, made.ConfigurationVersion, made.ConfigurationID)},
		{d.Status == "Active", fmt.Sprintf("The deployment is %s, not Active.", d.Status)},
		{d.Snippet != "", "Genesys Cloud gave no snippet for the deployment."},
	} {
		if !check.ok {
			return check.wrong
		}
	}
	return ""
}

func asConflict(wrong string) error {
	if wrong == "" {
		return nil
	}
	return explain.New(explain.ClassConflict, "", wrong, "It may have just changed. Return to that section, or run the wizard again to correct it.").Again()
}

// foreignSnippet says what is odd about a snippet: it goes into a page as it is.
func foreignSnippet(d genesys.Deployment) string {
	switch {
	case strings.Contains(d.Snippet, "‹U+"): // see apiclient.CleanLines
		return "The snippet contains invisible characters, shown as ‹U+…›. Find out why before you paste it."
	case !strings.Contains(d.Snippet, d.ID):
		return "The snippet from Genesys Cloud doesn't name this deployment (" + d.ID + "). Find out why before you paste it."
	}
	return ""
}

// publicFile compares what browsers get with what was set. A difference is a warning only: the file is cached.
func publicFile(ctx context.Context, run *engine.Run, api services.Genesys, made genesys.Deployment, signIn bool, learn func(time.Duration)) (warning string, err error) {
	start := time.Now()
	for tries := 0; ; tries++ {
		public, err := api.PublicConfig(ctx, made.ID)
		switch {
		case ctx.Err() != nil:
			return "", context.Cause(ctx)
		case err == nil && public.AuthEnabled == signIn && public.Version == made.ConfigurationVersion && slices.Contains([]string{"", "Active"}, public.Status):
			learn(time.Since(start))
			return "", nil
		case time.Since(start) >= publicLimit && err != nil:
			return "The public file that browsers read can't be read yet: " + err.Error() + ".", nil
		case time.Since(start) >= publicLimit:
			return fmt.Sprintf("Browsers still get version %s with authentication %s from the public file. The file is cached. Check again in a few minutes.", public.Version, OnOff(public.AuthEnabled)), nil
		}
		if err := run.Rest(ctx, tries); err != nil {
			return "", err
		}
	}
}

// OnOff is a switch in words.
func OnOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

package setup

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
)

// Rollout is how far a new version is that a run has tried first.
type Rollout struct {
	LiveID   string `json:"live_deployment_id"`
	LiveName string `json:"live_deployment"`
	Live     string `json:"live_version"`   // the version that the live deployment uses now
	Before   string `json:"version_before"` // the version that it used before the run
	TestID   string `json:"test_deployment_id"`
	TestName string `json:"test_deployment"`
	Tried    string `json:"new_version"` // the version that the test deployment uses

	goLive, goBack genesyssteps.Target
}

// IsLive reports whether the live deployment uses the new version.
func (r *Rollout) IsLive() bool { return r != nil && r.Live == r.Tried && r.Live != r.Before }

// rollout returns nil where nothing is tried first.
func (s *Session) rollout(g *graph) *Rollout {
	if g.test == nil {
		return nil
	}
	tests, _ := g.test.Peek()
	live, ok := g.deployment.Peek()
	if len(tests) == 0 || !ok {
		return nil
	}
	test := tests[0]
	r := &Rollout{
		LiveID: live.ID, LiveName: live.Name, Live: live.ConfigurationVersion, Before: live.ConfigurationVersion,
		TestID: test.ID, TestName: test.Name, Tried: test.ConfigurationVersion,
		goLive: genesyssteps.Target{Configuration: test.ConfigurationID, Version: test.ConfigurationVersion},
		goBack: genesyssteps.Target{Configuration: live.ConfigurationID, Version: live.ConfigurationVersion},
	}
	if moved := s.Moved().Deployment; moved.ID == live.ID {
		r.Live = moved.ConfigurationVersion
	}
	return r
}

// PlanRollout plans the next step of a run that tries a version first: to go live, or where that was done, to go back.
func (s *Session) PlanRollout(ctx context.Context) (Plan, error) {
	r := s.rollout(s.current())
	if r == nil {
		return Plan{}, explain.New(explain.ClassUsage, guide.Rollout, "This run tries no new version.", "Choose Try it first (Rollout).")
	}
	to := r.goLive
	if r.IsLive() {
		to = r.goBack
	}
	a := s.Answers.Clone()
	if domains := a.Get(guide.AllowedDomains); a.Get(guide.RedirectURIs).From > guide.FromOrg && len(domains.Values) > 0 {
		if err := a.Set(guide.AllowedDomains, guide.FromUser, domains.Values...); err != nil {
			return Plan{}, explain.InWords("read the allowed domains", err)
		}
	}
	return s.planMove(ctx, a, r.LiveID, to)
}

// PlanMove plans to have a deployment use another version of its configuration, and nothing else.
func (s *Session) PlanMove(ctx context.Context, deployment, version string) (Plan, error) {
	return s.planMove(ctx, s.Answers.Without(guide.AllowedDomains, guide.MessageFlow, guide.Rollout), deployment, genesyssteps.Target{Version: version})
}

func (s *Session) planMove(ctx context.Context, answers *guide.Answers, deployment string, to genesyssteps.Target) (Plan, error) {
	if err := answers.Set(guide.DeploymentName, guide.FromUser, deployment); err != nil {
		return Plan{}, explain.InWords("choose the deployment", err)
	}
	return s.PlanFix(ctx, Fix{Answers: answers, Move: &to, Nodes: []guide.StepID{guide.StepGenesys, guide.StepDeployment, guide.StepReadBack}})
}

// Moved is what the last move of a deployment came to.
type Moved struct {
	Deployment genesys.Deployment
	After      time.Duration // browsers got the version
	Warnings   []string      // why they don't get it yet
}

// Moved returns what the last move came to; zero: there was none.
func (s *Session) Moved() Moved {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.moved
}

// noticeMove keeps what a move came to; any other run is none.
func (s *Session) noticeMove(g *graph) {
	d, moved := g.deployment.Peek()
	if g.reached == nil || !moved {
		return
	}
	after, _ := g.reached.Peek()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.moved = Moved{d, after, g.run.Warnings()}
}

// Version is a published version of a configuration.
type Version struct {
	Version   string    `json:"version"`            // its number
	Published time.Time `json:"published,omitzero"` // when
	SignIn    bool      `json:"sign_in"`            // visitors sign in
	Used      bool      `json:"used"`               // the deployment uses it
}

// versionsOf are the published versions as far as a run knows, newest first: those that it found, and the one that it published.
func versionsOf(found genesyssteps.Configuration, made genesys.Configuration, used string) (out []Version) {
	all := found.Published
	if made.Version != "" && !slices.ContainsFunc(all, func(c genesys.Configuration) bool { return c.Version == made.Version }) {
		all = slices.Insert(slices.Clone(all), 0, made)
	}
	for _, c := range all {
		out = append(out, Version{c.Version, c.Published, genesyssteps.SignsIn(c), c.Version == used})
	}
	return out
}

// Versions are those that a deployment can use.
type Versions struct {
	Deployment genesys.Deployment
	All        []Version // newest first
}

// Versions reads which versions the named deployment can use; empty: the one that the answers name, or the only one.
func (s *Session) Versions(ctx context.Context, deployment string) (Versions, error) {
	c := &Connection{}
	if err := c.openGenesys(ctx, s.access(s.Answers)); err != nil {
		return Versions{}, err
	}
	if c.Genesys == nil {
		return Versions{}, notSignedIn("Genesys Cloud", guide.GenesysSignIn)
	}
	all, err := c.Genesys.Deployments(ctx)
	if err != nil {
		return Versions{}, explain.InWords("read the deployments", err)
	}
	var v Versions
	if v.Deployment, err = genesyssteps.ChooseDeployment(all, deployment, s.Answers); err != nil {
		return v, err
	}
	versions, err := c.Genesys.ConfigurationVersions(ctx, v.Deployment.ConfigurationID)
	if err != nil {
		return v, explain.InWords("read the versions", err)
	}
	v.All = versionsOf(genesyssteps.Configuration{Published: genesys.NewestFirst(versions)}, genesys.Configuration{}, v.Deployment.ConfigurationVersion)
	return v, nil
}

// Previous is the older version that the deployment used before, as far as these runs know, the oldest first; else the one
// below it. It never is a newer one, and one that the deployment was moved back to has none: repeating a move back changes
// nothing.
func (v Versions) Previous(runs ...engine.PastRun) (string, error) {
	d := v.Deployment
	now, _ := strconv.Atoi(d.ConfigurationVersion)
	none := "uses version " + d.ConfigurationVersion + ", and there is no earlier one"
	for _, run := range slices.Backward(runs) {
		for _, e := range slices.Backward(run.Entries) {
			before, after := movedBetween(e)
			n, err := strconv.Atoi(before)
			switch {
			case e.Kind != guide.KindDeployment || e.Ref.ID != d.ID || after != d.ConfigurationVersion || err != nil:
			case n < now:
				return before, nil
			case n > now:
				none, v.All = "went back from version "+before+" to "+after+" already", nil
			}
		}
	}
	for _, version := range v.All {
		if n, err := strconv.Atoi(version.Version); err == nil && n < now {
			return version.Version, nil
		}
	}
	return "", explain.New(explain.ClassConflict, "", fmt.Sprintf("Deployment %q %s. No changes were made.", d.Name, none), "Choose one of the versions listed.")
}

// movedBetween are the versions between which an entry moved a deployment, within one configuration.
func movedBetween(e engine.Entry) (before, after string) {
	for _, f := range e.Fields {
		switch {
		case f.Field == "configuration" && !slices.Equal(f.Before, f.After):
			return "", ""
		case f.Field == "configuration version":
			before, after = f.Before.Text(), f.After.Text()
		}
	}
	return before, after
}

package genesys

import (
	"context"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/taskgroup"
)

// neededPermissions are what the guide uses (contract genesys.md 1.3, 2.1, 6).
var neededPermissions = []string{
	"integrations:integration:view", "integrations:integration:add", "integrations:integration:edit",
	"webDeployments:configuration:view", "webDeployments:configuration:add", "webDeployments:configuration:edit",
	"webDeployments:deployment:view", "webDeployments:deployment:add", "webDeployments:deployment:edit",
	"architect:flow:view",
}

// Preflight reads whose organization it is and finds missing permissions before the first write. learn gets whether
// the permissions could be read.
func Preflight(ctx context.Context, s Session, notes *engine.Notes, learn func(count int, err error)) (genesys.Organization, error) {
	var org genesys.Organization
	var have []string
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { org, err = s.API.Organization(gctx); return err })
	g.Go(func() error {
		// Whether a client without a user may ask this is not known (contract genesys.md 7): no answer, no result.
		var err error
		have, err = s.API.Permissions(gctx)
		learn(len(have), err)
		return nil
	})
	if err := g.Wait(); err != nil {
		return org, err
	}
	notes.OK("Signed in to " + org.Name + ".")
	notes.OK("Genesys Cloud doesn't report licenses. The next section checks for the integration type.")
	if len(have) == 0 {
		notes.Attend("Genesys Cloud doesn't report the permissions of " + s.Actor + ". A missing one shows when it is needed.")
		return org, nil
	}
	if lacking := LackingPermissions(have); len(lacking) > 0 {
		return org, explain.MissingPermissions(s.Actor, lacking)
	}
	notes.OK(explain.Sentence(s.Actor + " has all required permissions"))
	return org, nil
}

// LackingPermissions returns those that the guide needs and that are not granted.
func LackingPermissions(have []string) []string {
	var lacking []string
	for _, need := range neededPermissions {
		if !slices.ContainsFunc(have, func(h string) bool { return grants(h, need) }) {
			lacking = append(lacking, need)
		}
	}
	return lacking
}

// grants reports whether a granted permission, which may hold wildcards, includes the needed one.
func grants(have, need string) bool {
	h, n := strings.Split(have, ":"), strings.Split(need, ":")
	if len(h) != len(n) {
		return have == "*"
	}
	for i := range n {
		if h[i] != "*" && !strings.EqualFold(h[i], n[i]) {
			return false
		}
	}
	return true
}

package genesys

import (
	"context"
	"maps"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// neededPermissions are what the guide uses (contract genesys.md 1.3, 2.1, 6).
var neededPermissions = []string{
	"integrations:integration:view", "integrations:integration:add", "integrations:integration:edit",
	"webDeployments:configuration:view", "webDeployments:configuration:add", "webDeployments:configuration:edit",
	"webDeployments:deployment:view", "webDeployments:deployment:add", "webDeployments:deployment:edit",
	"architect:flow:view",
}

// deletePermissions are what only an undo and the end of a rotation use, by what it deletes (contract genesys.md 1.3, 2.1).
var deletePermissions = map[guide.ObjectKind]string{
	guide.KindIntegration:   "integrations:integration:delete",
	guide.KindCredential:    "integrations:integration:delete",
	guide.KindConfiguration: "webDeployments:configuration:delete",
	guide.KindDeployment:    "webDeployments:deployment:delete",
}

// Preflight reads whose organization it is and finds missing permissions before the first write. learn gets whether
// the permissions could be read.
func Preflight(ctx context.Context, s Session, notes *engine.Notes, answers *guide.Answers, learn func(count int, err error)) (genesys.Organization, error) {
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
	lacking := slices.DeleteFunc(LackingPermissions(have), func(need string) bool { return spared(need, answers) })
	if len(lacking) > 0 {
		problem := explain.MissingPermissions(s.Actor, lacking)
		if !slices.ContainsFunc(lacking, func(need string) bool { return writes(need) == "" }) {
			manual, _ := guide.QuestionFor(guide.ManualSections)
			manual.When = nil
			notes.Ask(manual)
			problem.Fix += " Or do it in the console (" + manual.Label + ": " + strings.Join(titles(lacking), ", ") + ")."
			problem = problem.And(guide.ManualSections)
		}
		return org, problem
	}
	notes.OK(explain.Sentence(s.Actor + " has all required permissions"))
	if lacking := LackingToUndo(have); len(lacking) > 0 {
		notes.Attend(explain.Sentence(s.Actor + " lacks permissions that only undo needs: " + strings.Join(lacking, ", ")))
	}
	return org, nil
}

// LackingPermissions returns those that the guide needs and that are not granted.
func LackingPermissions(have []string) []string { return lacking(have, neededPermissions) }

// LackingToStore returns those that storing a credential for an integration needs and that are not granted.
func LackingToStore(have []string) []string {
	return lacking(have, slices.DeleteFunc(slices.Clone(neededPermissions), func(need string) bool { return !strings.HasPrefix(need, "integrations:") }))
}

// LackingToUndo returns those that deleting objects of the kinds needs and that are not granted; without kinds, all.
func LackingToUndo(have []string, kinds ...guide.ObjectKind) []string {
	needed := map[string]bool{}
	for kind, permission := range deletePermissions {
		if len(kinds) == 0 || slices.Contains(kinds, kind) {
			needed[permission] = true
		}
	}
	return lacking(have, slices.Sorted(maps.Keys(needed)))
}

func lacking(have, needed []string) []string {
	var lacking []string
	for _, need := range needed {
		if !slices.ContainsFunc(have, func(h string) bool { return grants(h, need) }) {
			lacking = append(lacking, need)
		}
	}
	return lacking
}

// writers are the permissions to write, by the section that does.
var writers = map[string]guide.SectionID{
	"integrations:integration": guide.SectionIntegration, "webDeployments:configuration": guide.SectionConfiguration, "webDeployments:deployment": guide.SectionDeployment,
}

// writes is the section that needs a permission to write; empty: it is one to read.
func writes(need string) guide.SectionID {
	at := strings.LastIndex(need, ":")
	if need[at:] == ":view" {
		return ""
	}
	return writers[need[:at]]
}

// titles are those of the sections that need the permissions to write.
func titles(needed []string) (out []string) {
	for _, s := range guide.Sections() {
		if slices.ContainsFunc(needed, func(need string) bool { return writes(need) == s.ID }) {
			out = append(out, s.Title)
		}
	}
	return out
}

// spared reports whether a permission isn't needed, because the user sets up its section in the console.
func spared(need string, answers *guide.Answers) bool {
	section := writes(need)
	return section != "" && answers.Manual(section)
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

package setup

import (
	"maps"
	"slices"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// TestNodesHaveWords: whichever node fails, the error says what the wizard was about to do.
func TestNodesHaveWords(t *testing.T) {
	t.Parallel()
	_, session := world(t, simulator.Options{})
	ids := map[string]bool{}
	for _, method := range []string{guide.OktaByToken, guide.OktaManual} {
		set(t, session, guide.OktaSignIn, method)
		for _, fix := range []*Fix{nil, {Nodes: []string{assignUser}}} {
			run := session.build(session.Answers, fix).run
			run.SectionsOf(func(id string, section guide.SectionID) bool {
				ids[id] = true
				if !slices.ContainsFunc(guide.Sections(), func(s guide.Section) bool { return s.ID == section }) {
					t.Errorf("%s is in no section of the guide", id)
				}
				return false
			})
		}
	}
	same(t, "nodes that have words", slices.Sorted(maps.Keys(ids)), slices.Sorted(maps.Keys(explain.Doing)))
}

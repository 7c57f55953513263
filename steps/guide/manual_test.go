package guide

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// An admin finds each section's page, whichever menu the console shows.
func TestManualNamesBothMenus(t *testing.T) {
	t.Parallel()
	for _, s := range Sections() {
		menus := []string{"Menu > ", "Admin > "}
		if s.ID == SectionOkta {
			menus = []string{"Applications > Applications", "Applications and Resources > Applications"}
		}
		first := Manual(s.ID, NewAnswers())[0].Text
		for _, menu := range menus {
			assert.Check(t, strings.Contains(first, menu), "%s: %s", s.ID, first)
			assert.Check(t, strings.Contains(s.ConsolePath, menu), "%s: %s", s.ID, s.ConsolePath)
		}
	}
}

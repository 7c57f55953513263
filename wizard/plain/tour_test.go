package plain

import (
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

func TestTourWaitsForEnter(t *testing.T) {
	t.Parallel()
	for _, s := range guide.Sections() {
		g, out := guideOf("\n")
		g.Tour = true
		assert.NilError(t, g.narrate(t.Context(), guide.TourPlan, s.ID))
		assert.Check(t, is.Contains(out.String(), guide.Narration(guide.TourPlan, s.ID)))
		assert.Check(t, strings.HasSuffix(strings.TrimSuffix(out.String(), "\n"), "Press Enter to continue. "), out)
		assert.Check(t, errors.Is(g.narrate(t.Context(), guide.TourPlan, s.ID), errEnded), "the input ended")
	}
	g, out := guideOf("")
	assert.NilError(t, g.narrate(t.Context(), guide.TourPlan, guide.SectionOkta))
	assert.Check(t, is.Equal(out.String(), ""), "without the tour")
}

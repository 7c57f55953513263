package guide

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// TestNarrationIsShort: two or three sentences of at most 20 words at each moment.
func TestNarrationIsShort(t *testing.T) {
	t.Parallel()
	texts := map[string]string{}
	for m := TourStart; m <= TourEnd; m++ {
		for _, s := range Sections() {
			texts[Narration(m, s.ID)] = string(s.ID)
		}
	}
	delete(texts, "") // the last section ends the tour
	assert.Check(t, len(texts) == 6+2*len(Sections())-1, "%d texts", len(texts))
	for text := range texts {
		sentences := strings.Split(strings.TrimSuffix(text, "."), ". ")
		assert.Check(t, len(sentences) == 2 || len(sentences) == 3, "%d sentences: %s", len(sentences), text)
		for _, s := range sentences {
			assert.Check(t, len(strings.Fields(s)) <= 20, "%d words: %s", len(strings.Fields(s)), s)
		}
	}
}

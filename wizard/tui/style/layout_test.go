package style

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestWrapKeepsDatesWhole(t *testing.T) {
	assert.Check(t, is.DeepEqual(Wrap("b80bacdc-c556-426d-b31c-2dea8f7eed48", 35, ""), []string{"b80bacdc-c556-426d-b31c-", "2dea8f7eed48"}))
	assert.Check(t, is.DeepEqual(Wrap("URI: https://acme.test/a/.well-known/openid-configuration", 30, ""),
		[]string{"URI: https://acme.test/a/", ".well-known/", "openid-configuration"}))
	lines := Wrap("the credential (2026-11-29 16:18 UTC) is older", 22, "  ")
	assert.Check(t, is.DeepEqual(lines, []string{"  the credential", "  (2026-11-29 16:18", "  UTC) is older"}))
}

func TestSpreadTakesColorForNothing(t *testing.T) {
	title := strings.Repeat("x", 20)
	assert.Check(t, is.Equal((&Pen{}).Spread(title, "\x1b[31m\x1b[m", 20), title))
}

func TestApartKeepsGapsOfScrolledPage(t *testing.T) {
	blocks := [][]string{{"a"}, nil, slices.Repeat([]string{"b"}, Roomy), {"c"}}
	all := Roomy + 2
	for height, want := range map[int]int{Roomy - 1: all, Roomy: all + 2, all: all, all + 1: all + 1, all + 2: all + 2} {
		assert.Check(t, is.Len(Apart(height, blocks...), want), "%d rows", height)
	}
}

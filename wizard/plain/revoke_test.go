package plain

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// holder has a token; revoking it comes to one error after the other.
type holder struct {
	errs  []error
	asked int
	none  bool
}

func (h *holder) Revocable() bool { return !h.none }

func (h *holder) Revoke(context.Context) error {
	h.asked++
	return h.errs[h.asked-1]
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	down := errors.New("okta is down")
	for _, c := range []struct {
		name, in string
		holder   holder
		revoked  bool
		asked    int
		says     string
	}{
		{"yes revokes", "y\n", holder{errs: []error{nil}}, true, 1, "Revoke the Okta API token? You entered it for this run. [y/N] "},
		{"Enter keeps", "\n", holder{}, false, 0, ""},
		{"no keeps", "n\n", holder{}, false, 0, ""},
		{"the end of the input keeps", "", holder{}, false, 0, ""},
		{"again after a failure", "y\ny\n", holder{errs: []error{down, nil}}, true, 2, "okta is down"},
		{"Enter keeps after a failure", "y\n\n", holder{errs: []error{down}}, false, 1, "Try again to revoke the Okta API token? [y/N] "},
		{"the end of the input after a failure", "y\n", holder{errs: []error{down}}, false, 1, ""},
		{"nothing to revoke", "y\n", holder{none: true}, false, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, out := guideOf(c.in)
			got := g.revoke(t.Context(), &c.holder)
			assert.Check(t, got == c.revoked && c.holder.asked == c.asked,
				"revoked %t, asked %d times", got, c.holder.asked)
			assert.Check(t, strings.Contains(out.String(), c.says) && (!c.holder.none || out.Len() <= 0),
				"no %q in:\n%s", c.says, out)
		})
	}
}

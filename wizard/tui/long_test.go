package tui

import (
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

// TestLongValuesKeepTheirStart: what does not fit is cut at its end, with a sign, wherever it is shown.
func TestLongValuesKeepTheirStart(t *testing.T) {
	page := "https://www.example.com/" + strings.Repeat("support/", 30) + "end"
	for name, from := range map[string]guide.Source{"the user's": guide.FromUser, "found": guide.FromOrg} {
		t.Run(name, func(t *testing.T) {
			env := answeredEnv(t)
			assert.NilError(t, env.Answers.Set(guide.RedirectURIs, from, page))
			driven(t, env, nil, func(d *drive) {
				d.size(80, 40)
				row := func(where string) {
					t.Helper()
					_, row, _ := strings.Cut(d.view(), "Sign-in redirect URIs")
					row, _, _ = strings.Cut(row, "\n")
					assert.Check(t, is.Contains(row, "  https://www.example.com/support"), where)
					assert.Check(t, is.Contains(row, "…"), where)
				}
				d.press("enter", time.Second)
				row("plan")
				d.edit("App integration name")
				row("form")
				d.hides("…  you", "…  found") // there is no room for the source
				d.press("tab", "tab")
				row("focused")
				left, right := d.around() // the caret is after the text, of which the end is left out
				assert.Check(t, strings.HasSuffix(left, "…") && right == "", "%q and %q", left, right)
				d.press("left")
				left, right = d.around()
				assert.Check(t, strings.HasSuffix(left, "/en") && right == "d", "%q and %q", left, right)
				d.press("esc", time.Second, "enter", 2*time.Second)
				d.toAnswer("Sign-out redirect URIs")
				row("review")
			})
		})
	}
}

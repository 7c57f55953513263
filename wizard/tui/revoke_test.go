package tui

import (
	"context"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
)

// revocable leads to the question about the token; revoking takes a second.
func revocable(t *testing.T, errs []error, test func(*drive, *int)) {
	t.Helper()
	driven(t, answeredEnv(t), nil, func(d *drive) {
		asked := 0
		d.token = func(ctx context.Context) error {
			asked++
			screen.Pause(ctx, time.Second)
			if err := ctx.Err(); err != nil {
				return err
			}
			return errs[asked-1]
		}
		d.reach(guide.SectionSnippet, "q")
		d.shows("Revoke the Okta API token?", "You entered it for this run.", "› No, keep it", "Yes, revoke it", "enter keep it")
		assert.Check(t, !d.quit && asked == 0, "quit %t, asked %d times", d.quit, asked)
		test(d, &asked)
	})
}

func TestRevokeEndsRun(t *testing.T) {
	revocable(t, []error{nil}, func(d *drive, asked *int) {
		d.press("down")
		d.shows("› Yes, revoke it", "enter revoke it")
		d.press("enter", "enter", "q", 500*time.Millisecond)
		d.shows("Revoking the token", "0.5 s")
		assert.Check(t, !d.quit && !d.outcome().Revoked, "left, or shown as revoked, too early")
		d.after(time.Second)
		d.shows("✓ The API token was revoked.")
		d.press("enter")
		out := d.outcome()
		assert.Check(t, d.quit && out.Finished && out.Revoked && *asked == 1,
			"quit %t, asked %d times, %+v", d.quit, *asked, out)
	})
}

func TestTokenIsKept(t *testing.T) {
	revocable(t, nil, func(d *drive, asked *int) {
		d.press("esc")
		d.hides("Revoke the Okta API token?")
		d.press("q", "down", "up", "enter")
		out := d.outcome()
		assert.Check(t, d.quit && out.Finished && !out.Revoked && *asked == 0,
			"quit %t, asked %d times, %+v", d.quit, *asked, out)
	})
}

func TestRevokeFails(t *testing.T) {
	refused := &explain.Error{Problem: "Okta did not answer.", Fix: "Try again, or revoke it in the admin console."}
	revocable(t, []error{refused, nil}, func(d *drive, _ *int) {
		d.press("down", "enter", 2*time.Second)
		d.shows("! The token was not revoked. Okta did not answer.", "Try again, or revoke it in the admin console.", "r retry")
		assert.Check(t, !d.outcome().Revoked, "shown as revoked")
		d.press("enter") // no likeliest key after a failure
		d.after(2 * time.Second)
		d.shows("was not revoked")
		d.press("r", 2*time.Second)
		d.shows("✓ The API token was revoked.")
		d.press("q")
		assert.Check(t, d.quit && d.outcome().Revoked, "quit %t, %+v", d.quit, d.outcome())
	})
}

package plain

import (
	"context"
	"fmt"

	"msgsso-wizard/wizard/report"
)

// keyholder has the API token of a run; *setup.Session is one.
type keyholder interface {
	Revocable() bool
	Revoke(context.Context) error
}

// revoke offers to revoke the API token that the user typed for this run. The run is done, so no failure here makes it
// fail, nor does the end of the input.
func (g *Session) revoke(ctx context.Context, holder keyholder) (revoked bool) {
	if !holder.Revocable() {
		return false
	}
	fmt.Fprintln(g.Out)
	agreed, err := g.confirm(ctx, "Revoke the Okta API token? You entered it for this run.")
	for err == nil && agreed {
		failed := holder.Revoke(ctx)
		if failed == nil {
			return true
		}
		report.Problem(g.Out, g.Marks, report.Explain(failed), nil)
		agreed, err = g.confirm(ctx, "Try again to revoke the Okta API token?")
	}
	return false
}

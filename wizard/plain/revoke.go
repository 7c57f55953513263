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
	word, err := g.choice(ctx, "Revoke the Okta API token? You entered it for this run. [y/N] ", "no", "yes")
	for err == nil && (word == "yes" || word == "retry") {
		failed := holder.Revoke(ctx)
		if failed == nil {
			return true
		}
		report.Problem(g.Out, g.Marks, report.Explain(failed), nil)
		word, err = g.choice(ctx, "r retry, k keep the token > ", "retry", "keep")
	}
	return false
}

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

// revoke asks whether the API token that was typed for this run is to be revoked, and does it. The run is
// done already: whatever comes of this, also the end of the input, does not make it fail.
func (g *Session) revoke(ctx context.Context, holder keyholder) (revoked bool) {
	if !holder.Revocable() {
		return false
	}
	fmt.Fprintln(g.Out)
	word, err := g.choice(ctx, "Revoke the Okta API token? It was entered for this run. [Y/n] ", "yes", "no")
	for err == nil && (word == "yes" || word == "retry") {
		failed := holder.Revoke(ctx)
		if failed == nil {
			return true
		}
		report.Problem(g.Out, g.Marks, report.Explain(failed), nil)
		word, err = g.choice(ctx, "r try again, k keep the token > ", "retry", "keep")
	}
	return false
}

package signin

import (
	"context"

	"msgsso-wizard/apiclient/loopback"
)

// takePasted asks for the address until it is a good one, or the attempt is over.
func (b *Browser) takePasted(ctx context.Context, a *attempt) {
	var good outcome
	err := loopback.Pasted(ctx, b.Paste, b.Reject, func(query string) (err error) {
		good, err = a.judge(query)
		return err
	})
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		good = outcome{err: err}
	}
	if a.claim() {
		a.ended <- good
	}
}

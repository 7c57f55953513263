package plain

import (
	"context"
	"fmt"

	"msgsso-wizard/steps/guide"
)

// narrate writes what the tour tells and waits for Enter, except at the end.
func (g *Session) narrate(ctx context.Context, m guide.Moment, section guide.SectionID) error {
	text := guide.Narration(m, section)
	if !g.Tour || text == "" {
		return nil
	}
	fmt.Fprintf(g.Out, "\n%s\n", text)
	if m == guide.TourEnd { // a prompt follows
		return nil
	}
	_, err := g.answer(ctx, "Press Enter to continue. ")
	return err
}

package taskgroup

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// TestPanicReachesWait comes to who waits, with the stack of the goroutine that broke and without the secret.
func TestPanicReachesWait(t *testing.T) {
	t.Parallel()
	const secret = `beside/+=&<>"secret`
	breaks := func() { panic("with " + guide.NewSecret(secret).Reveal()) }
	g, _ := WithContext(context.Background())
	g.Go(func() error { breaks(); return nil })
	g.Go(func() error { return nil })
	waits := explain.Recover(func() {
		var c Group
		c.Go(breaks)
		c.Go(func() {})
		c.Wait()
		t.Error("nobody was told")
	})
	var team *explain.Panic
	err := g.Wait()
	assert.Assert(t, errors.As(err, &team), "got %v", err)
	for _, b := range []*explain.Panic{team, waits} {
		if b == nil || !strings.HasPrefix(b.What, "with REDACTED-") || !strings.Contains(b.Stack, "TestPanicReachesWait") || strings.Contains(b.What+b.Stack, secret) {
			t.Errorf("got %+v", b)
		}
	}
	b := explain.Recover(func() {})
	assert.Check(t, b == nil, "nothing broke: %+v", b)
}

package ratio

import (
	"testing"

	"gotest.tools/v3/assert"
)

func TestWorkGrowsWithWork(t *testing.T) {
	sum := 0
	spin := func(times int) func() {
		return func() {
			for i := range times * 1_000_000 {
				sum += i % 7
			}
		}
	}
	got := Of(Work(spin(100)), Work(spin(10)))
	assert.Check(t, !(got < 3) && !(got > 30), "10 times the work takes %.1f times as long", got)
}

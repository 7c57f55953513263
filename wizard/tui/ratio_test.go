package tui

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"
)

// A limit in seconds would test the machine, so tests compare two times of the same run.
const tries = 7

// timesLonger returns how much longer a takes than b. They run by turns. The shortest time of each is its own, and what is more is
// the machine's.
func timesLonger(a, b func() time.Duration) float64 {
	left, right := a(), b()
	for range tries - 1 {
		left, right = min(left, a()), min(right, b())
	}
	return float64(left) / float64(max(right, 1))
}

// processorTime returns a function that measures the processor's time that f takes: other programs take their own. The test must
// not be parallel, because other tests of this process are counted.
func processorTime(f func()) func() time.Duration {
	return func() time.Duration {
		start := used()
		f()
		return used() - start
	}
}

func TestTimesLonger(t *testing.T) {
	sum := 0
	spin := func(times int) func() {
		return func() {
			for i := range times * 1_000_000 {
				sum += i % 7
			}
		}
	}
	got := timesLonger(processorTime(spin(100)), processorTime(spin(10)))
	assert.Check(t, !(got < 3) && !(got > 30), "10 times the work takes %.1f times as long", got)
}

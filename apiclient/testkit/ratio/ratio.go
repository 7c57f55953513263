// Package ratio lets tests compare two times of the same run. A limit in seconds would test the machine.
package ratio

import "time"

const tries = 7

// Of returns how much longer a takes than b. They run by turns. The shortest time of each is its own, and what is more is
// the machine's.
func Of(a, b func() time.Duration) float64 {
	left, right := a(), b()
	for range tries - 1 {
		left, right = min(left, a()), min(right, b())
	}
	return float64(left) / float64(max(right, 1))
}

// Work returns a function that measures the processor's time that f takes: other programs take their own. The test must
// not be parallel, because other tests of this process are counted.
func Work(f func()) func() time.Duration {
	return func() time.Duration {
		start := used()
		f()
		return used() - start
	}
}

// Package ratio lets tests compare two times of the same run. A busy machine prolongs both; a limit in seconds would test
// the machine.
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

// Time returns a function that measures f.
func Time(f func()) func() time.Duration {
	return func() time.Duration {
		start := time.Now()
		f()
		return time.Since(start)
	}
}

package oktasim

import (
	"maps"
	"time"
)

// timed are values that are good for a while, by a text that nobody guesses.
type timed[T any] map[string]until[T]

type until[T any] struct {
	value T
	end   time.Time
}

// put keeps a value for that long. What has ended is forgotten on this occasion.
func (t timed[T]) put(now time.Time, key string, value T, life time.Duration) {
	maps.DeleteFunc(t, func(_ string, old until[T]) bool { return !now.Before(old.end) })
	t[key] = until[T]{value, now.Add(life)}
}

// get returns a value that is still good; the zero value when there is none.
func (t timed[T]) get(now time.Time, key string) (value T) {
	if x, there := t[key]; there && now.Before(x.end) {
		return x.value
	}
	return value
}

// count is how many values are still good and wanted.
func (t timed[T]) count(now time.Time, wanted func(T) bool) int {
	n := 0
	for _, x := range t {
		if now.Before(x.end) && wanted(x.value) {
			n++
		}
	}
	return n
}

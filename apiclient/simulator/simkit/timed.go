package simkit

import (
	"maps"
	"time"
)

// Timed are values that are good for a while, by a text that nobody guesses.
type Timed[T any] map[string]Until[T]

// Until is a value and its end.
type Until[T any] struct {
	Value T
	End   time.Time
}

// Put keeps a value for that long. What has ended is forgotten on this occasion.
func (t *Timed[T]) Put(now time.Time, key string, value T, life time.Duration) {
	if *t == nil {
		*t = Timed[T]{}
	}
	maps.DeleteFunc(*t, func(_ string, old Until[T]) bool { return !now.Before(old.End) })
	(*t)[key] = Until[T]{value, now.Add(life)}
}

// Get returns a value that is still good; the zero value when there is none.
func (t Timed[T]) Get(now time.Time, key string) (value T) {
	if x, there := t[key]; there && now.Before(x.End) {
		return x.Value
	}
	return value
}

// Count is how many values are still good and wanted.
func (t Timed[T]) Count(now time.Time, wanted func(T) bool) int {
	n := 0
	for _, x := range t {
		if now.Before(x.End) && wanted(x.Value) {
			n++
		}
	}
	return n
}

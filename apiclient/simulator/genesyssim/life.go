package genesyssim

import (
	"net/http"
	"slices"
	"time"
)

// life says when reads see an object: a write shows there only after Options.Lag.
type life struct {
	from  time.Time
	until time.Time // zero: not deleted
}

func (s *Server) begin(now time.Time) life { return life{from: now.Add(s.options.Lag)} }

// end deletes the object: writes miss it at once, reads after the lag.
func (s *Server) end(l *life, now time.Time) { l.until = now.Add(s.options.Lag) }

func (l *life) gone(now time.Time) bool { return !l.until.IsZero() && !now.Before(l.until) }
func (l *life) seen(now time.Time) bool { return !now.Before(l.from) && !l.gone(now) }

// meets reports whether the call finds an object: a read sees what was a lag ago, a write what is.
func (c *call) meets(l *life) bool {
	if c.r.Method == http.MethodGet || c.r.Method == http.MethodHead {
		return l.seen(c.now)
	}
	return l.until.IsZero()
}

// sweep lets go of what is gone.
func (s *Server) sweep(now time.Time) {
	s.integrations = remaining(s.integrations, now)
	s.credentials = remaining(s.credentials, now)
	s.configurations = remaining(s.configurations, now)
	s.deployments = remaining(s.deployments, now)
}

type mortal interface {
	gone(time.Time) bool
	seen(time.Time) bool
}

func remaining[T mortal](list []T, now time.Time) []T {
	return slices.DeleteFunc(list, func(one T) bool { return one.gone(now) })
}

// visible are the objects that a list shows.
func visible[T mortal](list []T, now time.Time) []T {
	return slices.DeleteFunc(slices.Clone(list), func(one T) bool { return !one.seen(now) })
}

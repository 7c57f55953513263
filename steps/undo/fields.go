package undo

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"msgsso-wizard/steps"
)

// changed reports whether a field is now neither what the run made of it nor what it was before.
func changed(fields map[string]*string, back steps.Back, name string) bool {
	now := *fields[name]
	return now != back.After[name] && now != back.Before[name]
}

// putBack gives the fields that still are what the run made of them their former values, and says which.
func putBack(fields map[string]*string, back steps.Back) []string {
	var said []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		now, was, made := fields[name], back.Before[name], back.After[name]
		if *now != made || was == made {
			continue
		}
		*now = was
		switch {
		case name == steps.BackNotes:
			said = append(said, "notes as they were")
		case was == "":
			said = append(said, name+" empty again")
		default:
			said = append(said, fmt.Sprintf("%s %s again", name, was))
		}
	}
	return said
}

// again puts a change into what an object is by now: a plan may be older than what somebody else changed since.
func again[T any](get func(context.Context, string) (T, error), id string, change func(*T) string, put func(context.Context, T) (T, error)) func(context.Context) error {
	return func(ctx context.Context) error {
		now, err := get(ctx, id)
		if err != nil || change(&now) == "" {
			return err
		}
		_, err = put(ctx, now)
		return err
	}
}

// set puts a member into a map, or takes it away.
func set[V any](m map[string]V, key string, value V, away bool) {
	switch {
	case away:
		delete(m, key)
	case m != nil:
		m[key] = value
	}
}

// Deletes are not immediate at Genesys Cloud: what uses an object keeps it from being deleted until it is gone
// (contract genesys.md, read in the vendor's Terraform provider).
const (
	goneLimit    = 60 * time.Second
	firstPause   = 100 * time.Millisecond
	longestPause = 2 * time.Second
)

// gone waits after a delete until the object is not found any more.
func (p *planner) gone(ctx context.Context, deleted error, look func(context.Context) error) error {
	if deleted != nil {
		return deleted
	}
	pause := firstPause
	for begun := time.Now(); time.Since(begun) < goneLimit; pause = min(pause*2, longestPause) {
		err := look(ctx)
		if err != nil {
			return err // not found, as it is to be, or a real one
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
	return nil
}

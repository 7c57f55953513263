// Package eventually lets tests wait for what other goroutines and processes do. It is the only place where a test sleeps
// and looks again.
package eventually

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	// Between two looks: the longer the wait, the longer these pauses.
	shortest, slower = 2 * time.Millisecond, 20 * time.Millisecond

	// A wait ends early only where something is broken. A busy machine needs no longer than this.
	longest  = 2 * time.Minute
	farewell = 5 * time.Second // before go test's own limit, for the test to say what it waited for
)

// True waits until done reports true. Otherwise the test fails with what instead returns.
func True(t *testing.T, done func() bool, instead func() string) {
	t.Helper()
	end := time.Now().Add(longest)
	if limit, limited := t.Deadline(); limited && limit.Add(-farewell).Before(end) {
		end = limit.Add(-farewell)
	}
	for pause := shortest; !done(); pause = min(pause*5/4, slower) {
		if time.Now().After(end) {
			t.Fatal(instead())
		}
		time.Sleep(pause)
	}
}

// Text waits until what read returns has all of these texts, and returns it.
func Text(t *testing.T, read func() string, wants ...string) string {
	t.Helper()
	var got string
	missing := func() []string {
		got = read()
		var all []string
		for _, want := range wants {
			if !strings.Contains(got, want) {
				all = append(all, want)
			}
		}
		return all
	}
	True(t, func() bool { return len(missing()) == 0 }, func() string { return fmt.Sprintf("no %q in:\n%s", missing(), got) })
	return got
}

// File waits until a file has all of these texts, and returns it. The file has to be written elsewhere and
// renamed, or one of the texts has to be its last.
func File(t *testing.T, path string, wants ...string) string {
	t.Helper()
	return Text(t, func() string {
		content, err := os.ReadFile(path)
		if err != nil {
			return err.Error()
		}
		return string(content)
	}, wants...)
}

// From waits for a value.
func From[T any](t *testing.T, values <-chan T, what string) (value T) {
	t.Helper()
	True(t, func() bool {
		select {
		case value = <-values:
			return true
		default:
			return false
		}
	}, func() string { return "waited in vain for " + what })
	return value
}

// SideBySide has go test run sixteen tests of a package at once, also on a small machine, and rarely collect garbage, as
// they need little memory. It is for the TestMain of packages whose tests wait most of their time, and it leaves a
// -parallel or GOGC that was given alone.
func SideBySide() {
	flag.Parse()
	parallel := flag.Lookup("test.parallel").Value
	if parallel.String() == strconv.Itoa(runtime.GOMAXPROCS(0)) {
		_ = parallel.Set("16")
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(500)
	}
}

package apiclient

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func isSet(value string) bool { return value != "" }

// callers are those who wait for one value; each of them ends with what it got or with what it broke with.
type callers struct {
	cache TokenCache[string]
	ask   func(context.Context) (string, error)
}

// begin starts a caller and returns when it waits.
func (c *callers) begin(ctx context.Context) <-chan string {
	ended := make(chan string, 1)
	go func() {
		defer func() {
			if value := recover(); value != nil {
				ended <- fmt.Sprint("panic: ", value)
			}
		}()
		value, err := c.cache.Get(ctx, isSet, c.ask)
		ended <- fmt.Sprint(value, " ", err)
	}()
	synctest.Wait()
	return ended
}

func TestPanicReachesEveryCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		c := callers{ask: func(context.Context) (string, error) { <-release; panic("it broke") }}
		first, second := c.begin(t.Context()), c.begin(t.Context())
		close(release)
		one, two := <-first, <-second
		assert.Check(t, one == "panic: it broke" && two == "panic: it broke", "the callers got %q and %q", one, two)
		c.ask = func(context.Context) (string, error) { return "a", nil }
		assert.Check(t, is.Equal(<-c.begin(t.Context()), "a <nil>"), "the next caller")
	})
}

func TestCanceledCallerKeepsRequest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked, release := 0, make(chan struct{})
		c := callers{ask: func(ctx context.Context) (string, error) {
			asked++
			select {
			case <-ctx.Done():
				return "", ctx.Err()
			case <-release:
				return "a", nil
			}
		}}
		impatient, cancel := context.WithCancel(t.Context())
		first, second := c.begin(impatient), c.begin(t.Context())
		cancel()
		assert.Check(t, is.Equal(<-first, " context canceled"), "the canceled caller")
		close(release)
		got := <-second
		assert.Check(t, got == "a <nil>" && asked == 1, "the other caller got %q, after %d requests", got, asked)
	})
}

// The last caller to give up ends the request, and waits for its end. A caller that comes in between asks again.
func TestUnneededRequestIsCanceled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked, release := 0, make(chan struct{})
		c := callers{ask: func(ctx context.Context) (string, error) {
			if asked++; asked > 1 {
				return "b", nil
			}
			<-ctx.Done()
			<-release
			return "", ctx.Err()
		}}
		impatient, cancel := context.WithCancel(t.Context())
		first := c.begin(impatient)
		cancel()
		synctest.Wait()
		select {
		case got := <-first:
			t.Errorf("the caller got %q before the request ended", got)
		default:
		}
		second := c.begin(t.Context())
		close(release)
		one, two := <-first, <-second
		assert.Check(t, one == " context canceled" && two == "b <nil>" && asked == 2,
			"the callers got %q and %q, after %d requests", one, two, asked)
	})
}

func TestErrorsAreNotCached(t *testing.T) {
	t.Parallel()
	var c TokenCache[string]
	for _, want := range []string{" refused", "a <nil>", "a <nil>"} {
		value, err := c.Get(t.Context(), isSet, func(context.Context) (string, error) {
			if want == " refused" {
				return "", errors.New("refused")
			}
			return "a", nil
		})
		assert.Check(t, is.Equal(fmt.Sprint(value, " ", err), want))
	}
	c.Drop(func(held string) bool { return held == "b" })
	assert.Check(t, is.Equal(c.Held(), "a"), "a value was dropped that wasn't meant")
}

// A function may end its goroutine, as a failing test does.
func TestGoexitIsAnError(t *testing.T) {
	t.Parallel()
	var c TokenCache[string]
	_, err := c.Get(t.Context(), isSet, func(context.Context) (string, error) {
		runtime.Goexit()
		return "", nil
	})
	assert.Check(t, is.ErrorIs(err, errNoReturn))
}

package okta

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"msgsso-wizard/steps/explain"
)

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// asError returns err as an *explain.Error, which every failure has to be.
func asError(t *testing.T, err error) *explain.Error {
	t.Helper()
	var e *explain.Error
	if !errors.As(err, &e) {
		t.Fatalf("no *explain.Error: %v", err)
	}
	return e
}

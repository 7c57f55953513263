package simulator

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// TestFailures hands out what a failure takes, and refuses one that is not there.
func TestFailures(t *testing.T) {
	t.Parallel()
	for _, f := range Failures() {
		s, err := Start(t.Context(), Options{Failure: f.Name})
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		right, handed := s.okta.Token() == s.Credentials().OktaToken, s.Environment()
		if wrong := f.Name == "wrong-token"; right == wrong {
			t.Errorf("%s: the token that is handed out is right: %v", f.Name, right)
		}
		for _, line := range f.Answers {
			if !slices.Contains(handed, line) || !slices.Contains(s.Answers(), line) {
				t.Errorf("%s: %s is not handed out", f.Name, line)
			}
		}
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}
	if _, err := Start(t.Context(), Options{Failure: "bad-luck"}); err == nil || !strings.Contains(err.Error(), `"bad-luck" is not one of wrong-token, `) {
		t.Errorf("got %v", err)
	}
}

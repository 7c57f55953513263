package apiclient

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSkewAndBudgetsAreWhatTheLastAnswerSaid(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		reset := time.Now().Add(30 * time.Second)
		limits := func(ahead time.Duration, limit, left string) map[string]string {
			return map[string]string{
				"Date":               time.Now().Add(ahead).UTC().Format(http.TimeFormat),
				"X-Rate-Limit-Limit": limit, "X-Rate-Limit-Remaining": left, "X-Rate-Limit-Reset": "946684830",
			}
		}
		service := &fake{replies: []reply{
			{status: 200, header: limits(0, "20", "19")},
			{status: 403, header: limits(90*time.Second, "20", "18")},
			{status: 403, header: limits(-time.Hour, "0", "0")},
			{status: 403},
		}}
		c := client(t, "https://acme.test", func(cfg *Config) {
			cfg.HTTP = service
			cfg.Bucket = func(_, path string) string { return path }
		})
		if _, known := c.Skew(); known || c.Budgets() != nil {
			t.Error("something is known before the first answer")
		}
		want := []Budget{{Bucket: "/things/1", Limit: 20, Remaining: 19, Reset: reset}}
		for i, skew := range []time.Duration{0, 90 * time.Second, -time.Hour, -time.Hour} {
			_, err := c.Do(t.Context(), get, nil)
			if (err == nil) != (i == 0) {
				t.Fatal(err)
			}
			if i == 1 {
				want[0].Remaining = 18
			}
			if got, known := c.Skew(); got != skew || !known {
				t.Errorf("skew %v %v after answer %d, want %v", got, known, i, skew)
			}
			if diff := cmp.Diff(want, c.Budgets()); diff != "" {
				t.Errorf("after answer %d (-want +got)\n%s", i, diff)
			}
		}
	})
}

func TestBudgetsAreOfEachBucket(t *testing.T) {
	t.Parallel()
	service := &fake{replies: []reply{{status: 200, header: map[string]string{
		"X-Rate-Limit-Limit": "20", "X-Rate-Limit-Remaining": "7", "X-Rate-Limit-Reset": "100",
	}}}}
	c := client(t, "https://acme.test", func(cfg *Config) {
		cfg.HTTP = service
		cfg.Bucket = func(method, _ string) string { return map[string]string{"GET": "read", "POST": "make"}[method] }
	})
	for _, req := range []Request{get, post, {Op: "x", Method: http.MethodDelete, Path: "/things/1"}} {
		if _, err := c.Do(t.Context(), req, nil); err != nil {
			t.Fatal(err)
		}
	}
	want := []Budget{
		{Bucket: "make", Limit: 20, Remaining: 7, Reset: time.Unix(100, 0)},
		{Bucket: "read", Limit: 20, Remaining: 7, Reset: time.Unix(100, 0)},
	}
	if diff := cmp.Diff(want, c.Budgets()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, known := c.Skew(); known {
		t.Error("a clock is known without a date")
	}
}

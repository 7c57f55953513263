// Package simtest is the simulator as tests use it.
package simtest

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
)

// Start starts a simulator that is closed when the test ends. Okta's rate limits are off unless opts set them.
func Start(t testing.TB, opts simulator.Options) *simulator.Server {
	t.Helper()
	if opts.Okta.Limits == nil {
		opts.Okta.Limits = map[string]int{}
	}
	sim, err := simulator.Start(t.Context(), opts)
	assert.NilError(t, err)
	t.Cleanup(func() {
		// A connection that was opened and never used holds a server up for 5 s.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 15*time.Second)
		defer cancel()
		assert.Check(t, sim.Close(ctx))
	})
	return sim
}

// Lookup finds the variables that lead a run to the simulator, as os.LookupEnv would.
func Lookup(sim *simulator.Server) func(name string) (string, bool) {
	return func(name string) (string, bool) {
		for _, line := range sim.Environment() {
			if value, found := strings.CutPrefix(line, name+"="); found {
				return value, true
			}
		}
		return "", false
	}
}

// Call is an admin's call of either service that the clients of this program do not have, and that has to succeed. It
// returns the answer's object; empty, where there is none.
func Call(t testing.TB, sim *simulator.Server, method, address, body string) map[string]any {
	t.Helper()
	status, answer := Send(t, sim, method, address, body)
	assert.Equal(t, status/100, 2, "%s %s: %d %v", method, address, status, answer)
	object, _ := answer.(map[string]any)
	return object
}

// Send is an admin's call, with more headers, whatever comes of it. An answer without JSON is nil.
func Send(t testing.TB, sim *simulator.Server, method, address, body string, more ...http.Header) (status int, answer any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	assert.NilError(t, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Authorization", "SSWS "+sim.Credentials().OktaToken)
	if strings.HasPrefix(address, sim.GenesysURL()) {
		req.Header.Set("Authorization", "Bearer "+sim.Genesys().AccessToken())
	}
	for _, header := range more {
		maps.Copy(req.Header, header)
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	assert.NilError(t, err)
	defer resp.Body.Close() //nolint:errcheck // it was read
	_ = json.NewDecoder(resp.Body).Decode(&answer)
	return resp.StatusCode, answer
}

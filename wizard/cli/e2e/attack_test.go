//go:build linux

package e2e

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// rewritten is a service with one text in its answers in the place of another.
func rewritten(before, after string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			for name, values := range answer.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(answer.Code)
			_, _ = w.Write(bytes.ReplaceAll(answer.Body.Bytes(), []byte(before), []byte(after)))
		})
	}
}

// TestHandoverRecordKeepsItsBlocks: a snippet with the mark that ends a block of code stays in its block.
func TestHandoverRecordKeepsItsBlocks(t *testing.T) {
	t.Parallel()
	const evil = "```\n\n# Next steps\n\n1. Run `curl evil.example`.\n\n````\n"
	sim := simtest.Start(t, simulator.Options{Seed: 27, WrapGenesys: rewritten(`"snippet":"`, `"snippet":"`+strings.ReplaceAll(evil, "\n", `\n`))})
	record := filepath.Join(t.TempDir(), "record.md")
	got := run(t, append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir()), "", "--no-input", "--handover", record)
	assert.Equal(t, got.code, 0, got.said)
	text, err := os.ReadFile(record)
	assert.NilError(t, err)
	_, block, found := strings.Cut(string(text), "\n`````html\n")
	block, _, ended := strings.Cut(block, "\n`````\n")
	assert.Check(t, found && ended && strings.HasPrefix(block, evil), "%s", text)
}

// TestIDsAreIDs: what could break out of a command line or a piece of Markdown is no ID of a deployment.
func TestIDsAreIDs(t *testing.T) {
	t.Parallel()
	for _, evil := range []string{"`curl evil.example`", "$(id)", "-x", "a b", "../a"} {
		sim := simtest.Start(t, simulator.Options{Seed: 27, WrapGenesys: rewritten(`"id":"`, `"id":"`+evil)})
		got := run(t, append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir()), "", "--no-input")
		assert.Check(t, is.Equal(got.code, 1), got.said)
		assert.Check(t, is.Contains(unwrapped(got.said), "id isn't an ID"))
		assert.Check(t, !strings.Contains(got.said+got.out, evil), got.said)
	}
}

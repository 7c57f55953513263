package tofu_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/simulator/simtest/tofu"
	"msgsso-wizard/apiclient/testkit/contract"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestReplay: both providers create, refresh, plan without changes, update, and destroy each resource.
func TestReplay(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string]simulator.Options{
		"at once":        {Seed: 1},
		"slow to settle": {Seed: 2, Settle: 30 * time.Millisecond},
		"workforce":      {Seed: 3, Okta: oktasim.Options{Profile: oktasim.Workforce}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := simtest.Start(t, opts)
			okta, genesys := sim.Okta().Counts(), sim.Genesys().Counts()
			t.Logf("%d calls", tofu.Replay(t, sim))
			assert.Check(t, sim.Okta().Counts() == okta && sim.Genesys().Counts() == genesys, "something is left")
		})
	}
}

// block is a resource, or a block of one, in the providers' schemas.
type block struct {
	Attributes map[string]any
	Blocks     map[string]block
}

// has reports whether a block has an attribute or a block of that path.
func (b block) has(path string) bool {
	name, below, nested := strings.Cut(path, ".")
	if inner, there := b.Blocks[name]; there {
		return !nested || inner.has(below)
	}
	_, there := b.Attributes[name]
	return there && !nested
}

// TestAttributesAreTheProviders: the attributes of the replay are those of the providers' schemas.
func TestAttributesAreTheProviders(t *testing.T) {
	t.Parallel()
	var schemas map[string]block
	assert.NilError(t, json.Unmarshal(contract.Read(t, "opentofu-schemas.json"), &schemas))
	for _, x := range tofu.Resources() {
		schema, there := schemas[x.Kind]
		assert.Assert(t, there, x.Kind)
		for name := range x.File {
			assert.Check(t, schema.has(name), "%s has no %s", x.Kind, name)
		}
		for name := range x.Edited {
			_, there := x.File[name]
			assert.Check(t, there, "%s: %s is edited and not in the file", x.Kind, name)
		}
	}
}

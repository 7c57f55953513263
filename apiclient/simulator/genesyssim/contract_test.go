package genesyssim_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
)

// operation is one of the vendor's API definition (Swagger 2.0), as far as tests here read it. The module conformance
// holds requests and answers against the definition.
type operation struct {
	Security  []map[string][]string
	Responses map[string]struct {
		Codes map[string]string `json:"x-inin-error-codes"`
	}
}

// contract is the definition's operations by path and method. Without it the test is skipped.
func contract(t *testing.T) map[string]map[string]operation {
	t.Helper()
	paths, err := readContract()
	if os.IsNotExist(err) {
		t.Skip("genesys-openapi.json is missing: set MSGSSO_CONTRACT; nothing is checked against it")
	}
	assert.NilError(t, err)
	return paths
}

var readContract = sync.OnceValues(func() (map[string]map[string]operation, error) {
	folder := os.Getenv("MSGSSO_CONTRACT")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "..", "shared", "contract")
	}
	raw, err := os.ReadFile(filepath.Join(folder, "genesys-openapi.json"))
	if err != nil {
		return nil, err
	}
	var definition struct {
		Paths map[string]map[string]operation
	}
	err = json.Unmarshal(raw, &definition)
	return definition.Paths, err
})

// Package conformance holds what the product sends, and what the simulator answers, against the vendors' own
// API definitions.
//
//	product ----> Recorder ----> simulator
//	                 |
//	              Checker: request and answer against the operation of the definition
//
// It is a separate module, so that the library that reads the definitions is no dependency of the product.
// The definitions are not part of the repository: see Load. Without them its tests are skipped.
package conformance

import (
	"cmp"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
)

// folderVariable is the environment variable that says where the definitions are. When it is not set, they are in the
// shared folder next to the repository, seen from this package's folder.
const folderVariable = "MSGSSO_CONTRACT"

// Contract is the definitions that are needed. A Checker keeps nothing, so all tests may share one.
type Contract struct{ Okta, Genesys *Checker }

// Load reads the definitions. The error is fs.ErrNotExist where they are missing.
func Load() (*Contract, error) {
	folder := cmp.Or(os.Getenv(folderVariable), filepath.Join("..", "..", "..", "shared", "contract"))
	strict, err1 := openapi3.NewLoader().LoadFromFile(filepath.Join(folder, "okta-openapi.json"))
	relaxed, err2 := openapi3.NewLoader().LoadFromFile(filepath.Join(folder, "okta-openapi.relaxed.json")) // with the nulls that Okta really sends
	genesys, err3 := loadV2(filepath.Join(folder, "genesys-openapi.json"))
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	okta, err1 := newChecker(strict, relaxed, oktaHabits)
	cloud, err2 := newChecker(genesys, genesys, genesysHabits)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	return &Contract{Okta: okta, Genesys: cloud}, nil
}

// loadV2 reads a Swagger 2.0 definition.
func loadV2(path string) (*openapi3.T, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // the folder is the developer's own choice
	if err != nil {
		return nil, err
	}
	var v2 openapi2.T
	if err := json.Unmarshal(raw, &v2); err != nil {
		return nil, err
	}
	return openapi2conv.ToV3(&v2)
}

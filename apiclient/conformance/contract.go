package conformance

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
)

// FolderVariable is the environment variable that says where the definitions are.
const FolderVariable = "MSGSSO_CONTRACT"

// besideRepository is where the definitions are when nothing else is said, seen from this package's folder.
var besideRepository = filepath.Join("..", "..", "..", "shared", "contract")

const (
	oktaFile    = "okta-openapi.json"
	relaxedFile = "okta-openapi.relaxed.json" // with the nulls that Okta really sends
	genesysFile = "genesys-openapi.json"
)

// Contract is the definitions that are needed. A Checker keeps nothing, so all tests may share one.
type Contract struct{ Okta, Genesys *Checker }

// Folder returns where the definitions are looked for.
func Folder() string {
	if folder := os.Getenv(FolderVariable); folder != "" {
		return folder
	}
	return besideRepository
}

// Load reads the definitions in folder. The error names the file that is missing (fs.ErrNotExist) or broken.
func Load(folder string) (*Contract, error) {
	strict, err1 := loadV3(filepath.Join(folder, oktaFile))
	relaxed, err2 := loadV3(filepath.Join(folder, relaxedFile))
	genesys, err3 := loadV2(filepath.Join(folder, genesysFile))
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

// Missing reports whether Load's error says that the definitions are not at hand.
func Missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

func loadV3(path string) (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return doc, nil
}

// loadV2 reads a Swagger 2.0 definition.
func loadV2(path string) (*openapi3.T, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // the folder is the developer's own choice
	if err != nil {
		return nil, err
	}
	var v2 openapi2.T
	if err := json.Unmarshal(raw, &v2); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	doc, err := openapi2conv.ToV3(&v2)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return doc, nil
}

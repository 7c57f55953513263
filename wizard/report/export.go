package report

import (
	"io/fs"
	"os"
	"path/filepath"

	"msgsso-wizard/steps/opentofu"
	"msgsso-wizard/steps/setup"
)

// Export is the document of the command export.
type Export struct {
	Folder  string             `json:"folder"`          // that has the files
	Files   []string           `json:"files"`           // their names in the folder
	Objects []ExportedObject   `json:"objects"`         // those that the files describe
	Left    []ExportedObject   `json:"left"`            // those that stay outside
	Error   *setup.ResultError `json:"error,omitempty"` // why the export stopped
}

// ExportedObject is an object of an export.
type ExportedObject struct {
	Kind string `json:"kind"`
	Name string `json:"name"`
	ID   string `json:"id"`
	Why  string `json:"why,omitempty"` // why it stays outside
}

// ExportOf makes the document.
func ExportOf(folder string, s opentofu.Setup, files []opentofu.File) Export {
	e := Export{Folder: folder, Files: []string{}, Objects: []ExportedObject{}, Left: []ExportedObject{}}
	for _, f := range files {
		e.Files = append(e.Files, f.Name)
	}
	for _, o := range s.Objects {
		e.Objects = append(e.Objects, ExportedObject{Kind: string(o.Kind), Name: o.Name, ID: o.ID})
	}
	for _, l := range s.Left {
		e.Left = append(e.Left, ExportedObject{Kind: string(l.Kind), Name: l.Name, ID: l.ID, Why: l.Why})
	}
	return e
}

// SaveFolder writes files to a folder, which it creates if needed. It refuses before it writes anything where a file has
// other content.
func SaveFolder(folder string, files []opentofu.File) error {
	for _, f := range files {
		path := filepath.Join(folder, f.Name)
		have, err := existing(path)
		if err == nil && have != nil && !holds(have, f.Text) {
			err = fs.ErrExist
		}
		if err != nil {
			return exported.unsaved(path, err)
		}
	}
	for _, f := range files {
		path := filepath.Join(folder, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // the files have no secrets
			return exported.unsaved(path, err)
		}
		if err := Save(path, exported, f.Text); err != nil {
			return err
		}
	}
	return nil
}

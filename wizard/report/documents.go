package report

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/opentofu"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/verify"
)

// Test is the document of the sign-in test.
type Test struct {
	OK      bool               `json:"ok"`              // the sign-in succeeded
	Side    signintest.Side    `json:"side"`            // the side that failed; empty: none, or unknown
	Checks  []Check            `json:"checks"`          // in order
	Claims  map[string]string  `json:"claims"`          // of the ID token, by name
	AutoFix signintest.Fix     `json:"mend,omitempty"`  // what doctor --fix can do about it
	Left    []string           `json:"left,omitempty"`  // what couldn't be revoked after the test, and what to do about it
	Calls   services.Calls     `json:"calls"`           // API calls
	Error   *setup.ResultError `json:"error,omitempty"` // why the test stopped or failed
}

// Check is one check of the sign-in test.
type Check struct {
	State  string `json:"state"`             // passed, failed, note, or working: the test ended before
	Text   string `json:"text"`              // what was checked
	Detail string `json:"detail,omitempty"`  // the outcome
	TookMS int64  `json:"took_ms,omitempty"` // how long it took
}

var checkStates = map[signintest.State]string{signintest.Passed: "passed", signintest.Failed: "failed", signintest.Note: "note", signintest.Working: "working"}

// TestOf makes the document.
func TestOf(v signintest.Result, calls services.Calls, problem *setup.ResultError) Test {
	t := Test{
		OK: v.OK, Side: v.Side, Checks: []Check{}, Claims: map[string]string{}, AutoFix: v.AutoFix, Left: v.Left, Calls: calls, Error: problem,
	}
	for _, l := range v.Lines {
		t.Checks = append(t.Checks, Check{State: checkStates[l.State], Text: l.Text, Detail: l.Detail, TookMS: l.Took.Milliseconds()})
	}
	for _, c := range v.Claims {
		t.Claims[c.Name] = c.Value
	}
	return t
}

// Doctor is the document of doctor.
type Doctor struct {
	OK       bool                 `json:"ok"`                // no check failed
	Chain    doctor.Chain         `json:"chain"`             // from the deployment to the Okta app
	Findings []doctor.Finding     `json:"findings"`          // of each check, in the order of the chain
	Changes  []setup.ResultChange `json:"changes"`           // what the fixes changed
	Notices  []string             `json:"notices,omitempty"` // of the plan of the fixes: what needs attention
	Calls    services.Calls       `json:"calls"`             // API calls
	Error    *setup.ResultError   `json:"error,omitempty"`   // why doctor stopped, or that checks failed
}

// DoctorOf makes the document. r is nil if no checks could run. fixed is the result of the fixes.
func DoctorOf(r *doctor.Report, fixed setup.Result, calls services.Calls, problem *setup.ResultError) Doctor {
	d := Doctor{Chain: doctor.Chain{RedirectURIs: []string{}}, Findings: []doctor.Finding{}, Changes: []setup.ResultChange{}, Notices: fixed.Notices, Calls: calls, Error: problem}
	if r == nil {
		return d
	}
	d.OK, d.Chain, d.Findings = !r.Failed(), r.Chain, append(d.Findings, r.Findings...)
	d.Chain.RedirectURIs = append([]string{}, r.Chain.RedirectURIs...)
	d.Changes = writes(fixed)
	return d
}

// Page is the page code, as a document.
type Page struct {
	verify.Code
	Error *setup.ResultError `json:"error,omitempty"` // why there is none
}

// Version is the document of version.
type Version struct {
	Version  string   `json:"version"`  // as the command version prints it
	Commit   string   `json:"commit"`   // of the source code; empty: the build doesn't say
	Modified bool     `json:"modified"` // the source code differs from the commit
	Date     string   `json:"date"`     // of the commit, in RFC 3339
	Go       string   `json:"go"`       // the version of Go
	Platform string   `json:"platform"` // system and processor, such as linux/amd64
	Modules  []Module `json:"modules"`  // those that are linked
}

// Module is a module of other authors.
type Module struct {
	Path    string `json:"path"` // its name
	Version string `json:"version"`
	Sum     string `json:"sum"` // its checksum, as go.sum has it
}

// VersionOf makes the document from what the Go tool recorded.
func VersionOf(version string) Version {
	v := Version{Version: version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Modules: []Module{}}
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	for _, m := range build.Deps {
		v.Modules = append(v.Modules, Module{m.Path, m.Version, m.Sum})
	}
	for _, s := range build.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.time":
			v.Date = s.Value
		case "vcs.modified":
			v.Modified = s.Value == "true"
		}
	}
	return v
}

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

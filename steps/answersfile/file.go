// Package answersfile reads and writes the answers of a run as a file of YAML. The keys are those of the guide's
// questions. A file has no secret, and none is read from it.
package answersfile

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/guide"
)

// largest is the size of the largest file that is read, in bytes.
const largest = 512 << 10

// File is what an answers file says.
type File struct {
	Answers *guide.Answers // those above the sites; their source is guide.FromFile
	Sites   []Site         // in the file's order; empty: the file is for one setup
}

// Site is one page or brand of an answers file. The sites of a file share the orgs and the sign-in methods.
type Site struct {
	Name string // unique in its file, also without regard to case
	// Answers are those above the sites, with the site's instead of them. An object that neither names has a default name
	// that ends in the site's, so that each site has separate ones. An object that is named above the sites is shared.
	Answers *guide.Answers
}

// Read reads an answers file. An error is a *guide.AnswerError that names the line and the column; it never has the value
// of a secret.
func Read(path string) (File, error) {
	data, err := apiclient.ReadFile(path, apiclient.Clean(path), largest)
	if err != nil {
		if _, ok := errors.AsType[*fs.PathError](err); ok {
			err = fmt.Errorf("%s: %w", apiclient.Clean(path), apiclient.Cause(err))
		}
		return File{}, &guide.AnswerError{Err: fmt.Errorf("the answers file can't be read: %w", err)}
	}
	return Parse(path, data)
}

// Parse reads the content of an answers file. The name stands in its errors.
func Parse(name string, data []byte) (File, error) {
	r := &reader{name: apiclient.Clean(name)}
	f, err := r.file(apiclient.DecodeText(data))
	if err != nil {
		return File{}, err
	}
	return f, nil
}

// shared are the questions that all sites of a file answer alike: the orgs, and how to sign in to them. The secret of an
// app from manual setup is one variable, so its client ID is shared as well.
var shared = map[guide.Key]bool{
	guide.OktaOrg: true, guide.OktaSignIn: true, guide.OktaClientID: true, guide.OktaKeyID: true, guide.ManualClientID: true,
	guide.GenesysRegion: true, guide.GenesysSignIn: true, guide.GenesysProfile: true, guide.GenesysClientID: true, guide.CallbackPort: true,
}

// named are the questions that name an object, each with the one on which the object depends: sites that share it share
// that one as well. No two sites share a deployment.
var named = []struct {
	key, needs guide.Key
	kind, of   guide.ObjectKind // of what each of them names
}{
	{guide.AppName, "", guide.KindApp, ""},
	{guide.IntegrationName, guide.AppName, guide.KindIntegration, guide.KindApp},
	{guide.MessengerConfig, guide.IntegrationName, guide.KindConfiguration, guide.KindIntegration},
	{guide.DeploymentName, guide.MessengerConfig, guide.KindDeployment, guide.KindConfiguration},
}

// The most sites of a file, and values of an answer.
const maxSites, maxValues = 500, 500

// Conflict says which two sites can't be set up as they are answered; nil: none. Flags and variables may have changed the
// answers since the file was read.
func Conflict(sites []Site) *guide.AnswerError {
	for i, site := range sites {
		for _, earlier := range sites[:i] {
			if same, fix := clash(earlier.Answers, site.Answers); same != "" {
				return &guide.AnswerError{Err: fmt.Errorf("the sites %q and %q have the same %s", earlier.Name, site.Name, same), Fix: fix}
			}
		}
	}
	return nil
}

// clash returns what two sites have in common and can't share, and what to do; empty: nothing.
func clash(a, b *guide.Answers) (what, fix string) {
	const separate = "Give each site a separate one"
	same := func(key guide.Key) bool { return key == "" || a.Value(key) == b.Value(key) }
	if file := b.Value(guide.SnippetFile); file != "" && whole(a.Value(guide.SnippetFile)) == whole(file) {
		return fmt.Sprintf("snippet file %q", file), separate + "."
	}
	for _, n := range named {
		what := fmt.Sprintf("%s %q", n.kind, b.Value(n.key))
		switch {
		case same(n.key) && n.key == guide.DeploymentName:
			return what, separate + "."
		case same(n.key) && !same(n.needs):
			return fmt.Sprintf("%s, but not the same %s", what, n.of), fmt.Sprintf("%s, or name the %s above the sites as well.", separate, n.of)
		}
	}
	return "", ""
}

// whole is a path by which spellings of it are compared.
func whole(path string) string {
	if path == "" {
		return ""
	}
	if all, err := filepath.Abs(path); err == nil {
		return all
	}
	return filepath.Clean(path)
}

// nameObjects gives the objects that no answer names a name that ends in the site's.
func nameObjects(a *guide.Answers, site string) error {
	for _, n := range named {
		q, _ := guide.QuestionFor(n.key)
		if a.Get(n.key).From > guide.FromDefault {
			continue
		}
		if err := a.Set(n.key, guide.FromDefault, q.Default+" ("+site+")"); err != nil {
			return fmt.Errorf("with the site's name, %w", err)
		}
	}
	return nil
}

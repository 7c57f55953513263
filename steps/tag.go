package steps

import (
	"regexp"
	"strings"

	"msgsso-wizard/steps/guide"
)

// tag marks what this program made, so that a later run finds it again without any file of its own.
const tag = "msgsso-wizard"

// madeBy is the sentence that carries the tag where a vendor has a description or notes for people.
const madeBy = "Created by " + tag + "."

// madeBy is the sentence with which this run marks what it makes. Where the run is written down, its id is in it, so
// that an object whose receipt is missing is told from that of somebody else's run with the same name.
func (e *Env) madeBy() string {
	if id := e.runID(); id != "" {
		return madeBy + " Run " + id + "."
	}
	return madeBy
}

func (e *Env) runID() string {
	if e.Journal == nil {
		return ""
	}
	return e.Journal.RunID()
}

// OfRun reports whether an object that a plan found is what the run of that id was to create: its mark says so. What
// has no room for a mark is the run's where nobody configured it, or where it has the name that only this program gives.
func (c Change) OfRun(id string) bool {
	switch c.Kind {
	case guide.KindApp, guide.KindConfiguration, guide.KindDeployment:
		return strings.Contains(c.Mark, id)
	case guide.KindIntegration:
		return c.Mark == ""
	case guide.KindOrigin:
		return c.Mark == originName(c.Name)
	default: // it lies in one of these
		return true
	}
}

// ours reports whether a description or note carries the tag.
func ours(text string) bool { return strings.Contains(text, tag) }

// Ours reports whether a description, note or mark says that this program made the object.
func Ours(text string) bool { return ours(text) }

// integrationNotes is the tag of an integration. It names the app whose credentials the integration was
// given, because Genesys Cloud never shows a stored credential again.
func integrationNotes(clientID, org string) string {
	return madeBy + " Credential: client " + clientID + " of " + guide.Host(org) + "."
}

// NotedClient returns the client whose credential an integration was given, and the host of its org, as the notes
// of the integration say; empty: an integration of somebody else's.
func NotedClient(notes string) (clientID, org string) {
	if found := noteClient.FindStringSubmatch(notes); found != nil {
		return found[1], found[2]
	}
	return "", ""
}

// noteClient finds the client and the org in such notes.
var noteClient = regexp.MustCompile(tag + `\. Credential: client (\S+) of (\S+)\.(?:\n|$)`)

// withTag is notes with our sentence about the credential in place of an earlier one; other people's lines stay.
func withTag(notes, sentence string) string {
	var lines []string
	for _, line := range strings.Split(notes, "\n") {
		if line != "" && !ours(line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(append(lines, sentence), "\n")
}

// credentialName is the name under which an integration's credential is stored (contract genesys.md 1.3).
func credentialName(integrationID string) string { return "Integration-" + integrationID }

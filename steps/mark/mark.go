// Package mark is the text by which this program recognizes what it made, without its own file. A mark stands
// where a vendor has a description or notes for users. Marks never change: old ones must still be recognized.
package mark

import (
	"regexp"
	"slices"
	"strings"
)

// Tag is in every mark.
const Tag = "msgsso-wizard"

const created = "Created by " + Tag + "."

// Created returns the mark of an object that a run creates. It has the run's ID, if there is one, so that an object
// without a receipt is distinguished from that of another run with the same name.
func Created(id string) string {
	if id == "" {
		return created
	}
	return created + " Run " + id + "."
}

var run = regexp.MustCompile(regexp.QuoteMeta(created) + ` Run (\S+)\.`)

// Run returns the ID of the run that created an object; empty: its mark names none.
func Run(text string) string {
	if found := run.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// Has reports whether a description, note, or mark says that this program made the object or set its credential.
func Has(text string) bool { return strings.Contains(text, Tag) }

// Taken says that others took over an object, by its description; empty: they didn't.
func Taken(description string) string {
	if Has(description) {
		return ""
	}
	return "its description no longer names " + Tag
}

// Credential returns the mark of an integration's notes: whose credential it has, because Genesys Cloud never shows a
// stored credential again. installed says whether this program installed the integration.
func Credential(installed bool, clientID, orgHost string) string {
	if installed {
		return created + " Credential: client " + clientID + " of " + orgHost + "."
	}
	return "Credential set by " + Tag + ": client " + clientID + " of " + orgHost + "."
}

// client finds the client and the org in either form of the mark.
var client = regexp.MustCompile(`(?:Created by ` + Tag + `\. Credential|Credential set by ` + Tag + `): client (\S+) of (\S+)\.(?:\n|$)`)

// Client returns the client whose credential an integration has, and the host of its org, as its notes say; empty: they
// say nothing of it.
func Client(notes string) (clientID, orgHost string) {
	if found := client.FindStringSubmatch(notes); found != nil {
		return found[1], found[2]
	}
	return "", ""
}

// Installed reports whether notes say that this program installed the integration.
func Installed(notes string) bool { return strings.Contains(notes, created) }

// Replace returns notes with a mark in place of an earlier one. Lines of others stay.
func Replace(notes, mark string) string {
	others := strings.Join(slices.DeleteFunc(strings.Split(notes, "\n"), Has), "\n")
	if others = strings.TrimRight(others, "\n"); others == "" {
		return mark
	}
	return others + "\n" + mark
}

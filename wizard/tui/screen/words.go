package screen

import (
	"strings"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Tern chooses between two texts.
func Tern(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// Edit is what a key does that opens the question which fixes a problem.
func Edit(q guide.Question) string {
	first, rest, _ := strings.Cut(q.Label, " ")
	if inner := first[1:]; inner == strings.ToLower(inner) && first != "Okta" && first != "Discovery" { // no name, no API, no OAuth
		first = strings.ToLower(first)
	}
	return strings.TrimSpace("edit " + first + " " + rest)
}

// Counted is a number with its noun.
func Counted(n int, what string) string {
	return explain.Counted(n, what, what+"s")
}

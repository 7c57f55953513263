package screen

import (
	"fmt"
	"strings"

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
func Edit(q guide.Question) string { return "edit " + strings.ToLower(q.Label) }

// Counted is a number with its noun.
func Counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

package screen

import "fmt"

// Tern chooses between two texts.
func Tern(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// Counted is a number with its noun.
func Counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

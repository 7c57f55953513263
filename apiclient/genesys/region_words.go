package genesys

import (
	"fmt"
	"slices"
	"strings"
)

// howToFind ends the sentences about a region that is not known.
const howToFind = "sign in to Genesys Cloud and copy the browser's URL, such as https://apps.mypurecloud.de"

// named finds the one region with this name.
func named(input string) (Region, bool) {
	var found []location
	for _, p := range locations {
		if names := p.names(); slices.Contains(names, plain(input)) || slices.Contains(names, whole(input)) {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		return Region{}, false
	}
	return found[0].region(), true
}

// notNamed says which regions a word or a place's name can mean.
func notNamed(input string) error {
	word := plain(input)
	var found, near []location
	for _, p := range locations {
		switch closeness(word, p) {
		case 0:
			found = append(found, p)
		case 1:
			near = append(near, p)
		}
	}
	switch {
	case len(found) > 1:
		return fmt.Errorf("%q can mean %s: enter the domain", input, list(found))
	case len(near) > 0:
		return fmt.Errorf("%q isn't a region of Genesys Cloud: did you mean %s?", input, list(near))
	}
	return fmt.Errorf("%q isn't a region of Genesys Cloud: %s", input, howToFind)
}

// names are what the place is called.
func (p location) names() []string {
	return append([]string{p.aws, "prod-" + p.aws, p.environment, strings.TrimPrefix(p.environment, "prod-"), plain(p.name)}, p.words...)
}

// closeness is 0 for a name of the place, 1 for something like one, 2 for neither.
func closeness(word string, p location) int {
	names := p.names()
	switch {
	case slices.Contains(names, word):
		return 0
	case len(word) > 1 && slices.ContainsFunc(names, func(name string) bool {
		return strings.Contains(name, word) || len(name) > 4 && edits(word, name) <= 2
	}):
		return 1
	}
	return 2
}

// plain brings a place's name to one form; "EMEA (Frankfurt)" becomes "frankfurt".
func plain(s string) string {
	if _, inner, ok := strings.Cut(s, "("); ok {
		s = strings.TrimSuffix(inner, ")")
	}
	return whole(s)
}

// whole is plain without choosing what is in parentheses: some names of AWS need both parts.
func whole(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(s), "_", "-")), " ")
}

func list(found []location) string {
	names := make([]string, len(found))
	for i, p := range found {
		names[i] = fmt.Sprintf("%s (%s)", p.domain, p.name)
	}
	return strings.Join(names, " or ")
}

// edits counts the letters that differ between two words (Levenshtein's distance).
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

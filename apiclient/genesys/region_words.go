package genesys

import (
	"fmt"
	"strings"
)

// howToFind ends the sentences about a region that is not known.
const howToFind = "sign in to Genesys Cloud and copy the browser's URL, such as https://apps.mypurecloud.de"

// named finds the one region with this name.
func named(input string) (Region, bool) {
	var found []location
	for _, p := range locations {
		if closeness(plain(input), p) == 0 || closeness(whole(input), p) == 0 {
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

// closeness is 0 for a name of the place, 1 for something like one, 2 for neither.
func closeness(word string, p location) int {
	names := append([]string{p.aws, "prod-" + p.aws, p.environment, strings.TrimPrefix(p.environment, "prod-"), plain(p.name)}, p.words...)
	closest := 2
	for _, name := range names {
		if word == name {
			return 0
		}
		if len(word) > 1 && (strings.Contains(name, word) || edits(word, name) <= 2 && len(name) > 4) {
			closest = 1
		}
	}
	return closest
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

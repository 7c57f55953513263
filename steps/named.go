package steps

import (
	"fmt"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// named finds the object that an answer means, by id or else by name; nil: a new one is meant.
func named[T any](all []T, want string, key guide.Key, kind guide.ObjectKind, identify func(T) (id, name string)) (*T, error) {
	var byName []int
	var ids []string
	for i := range all {
		id, name := identify(all[i])
		if id == want {
			return &all[i], nil
		}
		if name == want {
			byName, ids = append(byName, i), append(ids, id)
		}
	}
	switch len(byName) {
	case 0:
		return nil, nil
	case 1:
		return &all[byName[0]], nil
	default:
		return nil, explain.Several(key, "Genesys Cloud", kind, want, ids...)
	}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

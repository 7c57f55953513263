package oktasim

import "time"

// How long tokens live: as the rule says that let the visitor in. The org's own server has none, so that
// visitors get there what a new rule says (contract okta.md 4).

func (r *rule) accessLife() time.Duration { return r.minutes("accessTokenLifetimeMinutes") }

// refreshLife is how long a refresh token lives, 0 meaning no end, and how long when it is not used.
func (r *rule) refreshLife() (whole, idle time.Duration) {
	return r.minutes("refreshTokenLifetimeMinutes"), r.minutes("refreshTokenWindowMinutes")
}

func (r *rule) minutes(member string) time.Duration {
	tree := ruleDefaults()
	if r != nil {
		tree = r.tree
	}
	n, _ := dig(tree, "actions.token."+member)
	return time.Duration(wholeNumber(n)) * time.Minute
}

// wholeNumber reads a number of a body, or one that this package put there; anything else is 0.
func wholeNumber(v any) int {
	switch v := v.(type) {
	case float64:
		return int(v)
	case int:
		return v
	}
	return 0
}

package transcript

import (
	"strconv"

	"msgsso-wizard/apiclient"
)

// limits is what the services told of their rate limits, by service and operation. The numbers of an org are
// documented for few plans, and those of Genesys Cloud not at all (contract okta.md 6, genesys.md 6).
type limits map[string]limit

// note keeps what the headers of an answer tell: Okta's, how many calls are left, and Genesys Cloud's, how many were made.
func (l limits) note(x apiclient.Exchange) {
	number := func(name string) (int, bool) {
		n, err := strconv.Atoi(x.Got.Header.Get(name))
		return n, err == nil
	}
	allowed := x.Got.Header.Get("X-Rate-Limit-Limit")
	left, known := number("X-Rate-Limit-Remaining")
	if made, counted := number("Inin-Ratelimit-Count"); counted {
		allowed = x.Got.Header.Get("Inin-Ratelimit-Allowed")
		left, known = number("Inin-Ratelimit-Allowed")
		left -= made
	}
	if !known || allowed == "" {
		return
	}
	key := string(x.Service) + " " + x.Op
	if was, seen := l[key]; seen {
		left = min(left, was.Least)
	}
	l[key] = limit{Allowed: apiclient.Clean(allowed), Least: left}
}

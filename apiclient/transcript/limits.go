package transcript

import (
	"net/http"
	"strconv"

	"msgsso-wizard/apiclient"
)

// limits is what the services told of their rate limits, by service and operation. The numbers of an org are
// documented for few plans, and those of Genesys Cloud not at all (contract okta.md 6, genesys.md 6).
type limits map[string]limit

// limitHeaders are where each vendor tells: how many calls are allowed, and how many are left or were made.
var limitHeaders = []limitHeader{
	{allowed: "X-Rate-Limit-Limit", left: "X-Rate-Limit-Remaining"},
	{allowed: "Inin-Ratelimit-Allowed", made: "Inin-Ratelimit-Count"},
}

type limitHeader struct{ allowed, left, made string }

func (h limitHeader) remaining(header http.Header, allowed string) (int, bool) {
	if h.left != "" {
		left, err := strconv.Atoi(header.Get(h.left))
		return left, err == nil && allowed != ""
	}
	all, noAll := strconv.Atoi(allowed)
	made, noCount := strconv.Atoi(header.Get(h.made))
	return all - made, noAll == nil && noCount == nil
}

func (l limits) note(x apiclient.Exchange) {
	for _, h := range limitHeaders {
		allowed := x.Got.Header.Get(h.allowed)
		left, known := h.remaining(x.Got.Header, allowed)
		if !known {
			continue
		}
		key := string(x.Service) + " " + x.Op
		if was, seen := l[key]; seen {
			left = min(left, was.Least)
		}
		l[key] = limit{Allowed: apiclient.Clean(allowed), Least: left}
	}
}

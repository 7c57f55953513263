package transcript

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
)

// about is the first line.
type about struct {
	Transcript int       `json:"transcript"` // the format's version
	Program    string    `json:"program"`
	Version    string    `json:"version"`
	Time       time.Time `json:"time"`
}

const format = 1

// exchange is one try of a call.
type exchange struct {
	Time      time.Time `json:"time"`
	Service   string    `json:"service"`
	Op        string    `json:"op"`
	Method    string    `json:"method"`
	URL       string    `json:"url"`
	Request   side      `json:"request"`
	Status    int       `json:"status"` // 0: no answer
	Response  side      `json:"response"`
	ElapsedMS int64     `json:"elapsed_ms"`
	Error     string    `json:"error,omitempty"` // why there was no answer
}

// side is what one of the two sent.
type side struct {
	Headers map[string][]string `json:"headers,omitempty"`
	Body    json.RawMessage     `json:"body,omitempty"`   // JSON as it was, but cleaned; a form as an object
	Claims  map[string][]string `json:"claims,omitempty"` // names of the claims in the tokens that the body has
	Note    string              `json:"note,omitempty"`   // what of the body is not written
}

// summary is the last line.
type summary struct {
	Summary struct {
		Found      map[string]string `json:"found"`
		RateLimits map[string]limit  `json:"rate_limits"`
	} `json:"summary"`
}

// limit is what a service told of one of its rate limits.
type limit struct {
	Allowed string `json:"allowed"` // calls in a window, as the service writes it
	Least   int    `json:"least"`   // the fewest that were left
}

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

// mostClaims bounds how many names are written of a token.
const mostClaims = 100

// claimNames are the names of the claims in the signed tokens of a JSON body, by the member that has the token. They say
// what the vendors put there, which isn't documented; their values are personal data.
func claimNames(h http.Header, data []byte) map[string][]string {
	if !strings.Contains(h.Get("Content-Type"), "json") {
		return nil
	}
	var members map[string]any
	if json.Unmarshal(data, &members) != nil {
		return nil
	}
	var out map[string][]string
	for member, value := range members {
		text, _ := value.(string)
		parts := strings.Split(text, ".")
		if len(parts) != 3 {
			continue
		}
		payload, err := base64.RawURLEncoding.DecodeString(parts[1])
		var claims map[string]json.RawMessage
		if err != nil || json.Unmarshal(payload, &claims) != nil || len(claims) > mostClaims {
			continue
		}
		if out == nil {
			out = map[string][]string{}
		}
		for _, name := range slices.Sorted(maps.Keys(claims)) {
			out[apiclient.Clean(member)] = append(out[apiclient.Clean(member)], apiclient.Clean(name))
		}
	}
	return out
}

package transcript

import (
	"encoding/json"
	"time"
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

package callback

import (
	"context"
	"crypto/subtle"
	"sync"

	"msgsso-wizard/apiclient"
)

// unfinished is what a browser sees where the result cannot be reached.
var unfinished = Page{Title: "Sign-in can't continue", Note: "The terminal shows the reason."}

// progress is where a flow stands. At any time one attempt is live, or an answer is being checked, or all is over.
type progress struct {
	ctx    context.Context // the flow's: what a browser does does not end Received
	trips  []RoundTrip
	result func() Page

	mu   sync.Mutex
	at   int     // the round trip
	live attempt // without a state: an answer is being checked

	over    chan struct{} // closed when the rest may be read
	page    Page
	watched bool // a browser waits for the page
	err     error
}

// attempt is one request to sign in, over with its first answer.
type attempt struct {
	to, state string
	other     bool // another user was asked for
}

// set begins the first round trip.
func (p *progress) set() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.begin(false)
	return p.err
}

// next returns the address of the live attempt, the same each time, or nothing where there is none. Another user
// gets an attempt that is new, unless a user has signed in already.
func (p *progress) next(other bool) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if other && p.at == 0 && p.live.state != "" && !p.live.other {
		p.watched = true
		p.begin(true)
	}
	return p.live.to
}

// take ends the live attempt with an answer to it. All others are refused and harm nothing.
func (p *progress) take(query string, watched bool) error {
	a, err := parseResponse(query)
	if err != nil {
		return err
	}
	trip, ok := p.claim(a.state)
	if !ok {
		return errNotAsked
	}
	if a.code != "" {
		a.response.Code = apiclient.NewSecret(a.code) // not sooner: a stranger's texts are not kept
	}
	proceed := trip.Received(p.ctx, a.response)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended() {
		return nil
	}
	p.watched = watched
	if !proceed || p.at+1 == len(p.trips) {
		p.end(p.result(), nil)
		return nil
	}
	p.at++
	p.begin(false)
	return nil
}

func (p *progress) takePasted(query string) error { return p.take(query, false) }

// claim makes the caller the one who answers the live attempt.
func (p *progress) claim(state string) (RoundTrip, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended() || p.live.state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(p.live.state)) != 1 {
		return RoundTrip{}, false
	}
	p.live = attempt{}
	return p.trips[p.at], true
}

// fail ends the flow, unless it has ended.
func (p *progress) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended() {
		p.end(unfinished, err)
	}
}

func (p *progress) ended() bool {
	select {
	case <-p.over:
		return true
	default:
		return false
	}
}

// begin is called under the lock, as end is.
func (p *progress) begin(other bool) {
	to, state, err := p.trips[p.at].Begin(other)
	if err != nil {
		p.end(unfinished, err)
		return
	}
	p.live = attempt{to, state, other}
}

func (p *progress) end(page Page, err error) {
	p.live, p.page, p.err = attempt{}, page, err
	close(p.over)
}

// first reports whether no user has signed in so far.
func (p *progress) first() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at == 0
}

package visit

import (
	"context"
	"crypto/subtle"
	"sync"

	"msgsso-wizard/apiclient"
)

// unfinished is what a browser sees where the verdict cannot be reached.
var unfinished = Page{Title: "The sign-in cannot go on", Note: "The terminal says why."}

// course is where a visit stands. At any time one try is live, or an answer is being looked at, or all is over.
type course struct {
	ctx     context.Context // the visit's: what a browser does does not end Came
	legs    []Leg
	verdict func() Page

	mu   sync.Mutex
	at   int // the leg
	live try // without a state: an answer is being looked at

	over    chan struct{} // closed when the rest may be read
	page    Page
	watched bool // a browser waits for the page
	err     error
}

// try is one request to sign in, over with its first answer.
type try struct {
	to, state string
	other     bool // somebody else was asked for
}

// set begins the first leg.
func (c *course) set() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.begin(false)
	return c.err
}

// next returns the address of the live try, the same each time, or nothing where there is none. Another person
// gets a try of their own, unless somebody has signed in already.
func (c *course) next(other bool) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if other && c.at == 0 && c.live.state != "" && !c.live.other {
		c.watched = true
		c.begin(true)
	}
	return c.live.to
}

// take ends the live try with an answer to it. All others are refused and harm nothing.
func (c *course) take(query string, watched bool) error {
	a, err := readAnswer(query)
	if err != nil {
		return err
	}
	leg, ok := c.claim(a.state)
	if !ok {
		return errNotAsked
	}
	if a.code != "" {
		a.back.Code = apiclient.NewSecret(a.code) // not sooner: a stranger's texts are not kept
	}
	proceed := leg.Came(c.ctx, a.back)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended() {
		return nil
	}
	c.watched = watched
	if !proceed || c.at+1 == len(c.legs) {
		c.end(c.verdict(), nil)
		return nil
	}
	c.at++
	c.begin(false)
	return nil
}

func (c *course) takePasted(query string) error { return c.take(query, false) }

// claim makes the caller the one who answers the live try.
func (c *course) claim(state string) (Leg, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended() || c.live.state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(c.live.state)) != 1 {
		return Leg{}, false
	}
	c.live = try{}
	return c.legs[c.at], true
}

// fail ends the visit, unless it has ended.
func (c *course) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.ended() {
		c.end(unfinished, err)
	}
}

func (c *course) ended() bool {
	select {
	case <-c.over:
		return true
	default:
		return false
	}
}

// begin is called under the lock, as end is.
func (c *course) begin(other bool) {
	to, state, err := c.legs[c.at].Begin(other)
	if err != nil {
		c.end(unfinished, err)
		return
	}
	c.live = try{to, state, other}
}

func (c *course) end(page Page, err error) {
	c.live, c.page, c.err = try{}, page, err
	close(c.over)
}

// first reports whether nobody has signed in so far.
func (c *course) first() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at == 0
}

package callback

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/loopback"
)

// resultTimeout is how long a browser may take to fetch the result; it may have been closed.
const resultTimeout = 5 * time.Second

var errCannotPaste = errors.New("this computer can't be reached at the redirect URI, and there is no terminal to paste " +
	"the URL that the browser is sent to: use an HTTP redirect URI of localhost, or a terminal")

// Response is what the browser came back with. Its texts are cleaned.
type Response struct {
	Code               apiclient.Secret
	Issuer             string // the iss parameter (RFC 9207); empty where none came
	Error, Description string // RFC 6749 4.1.2.1; empty where a code came
}

// RoundTrip sends the browser to the provider and back once.
type RoundTrip struct {
	// Begin returns the address of a new attempt and the state in it. It is called when it is the round trip's turn,
	// and when another user wants to sign in (otherUser); it returns soon, and its error ends the flow.
	Begin func(otherUser bool) (to, state string, err error)
	// Received is called once, with the response to the live attempt, while the browser waits for the next page.
	// True: the next round trip follows. False, or the last round trip: the result follows. A round trip that is a
	// second chance comes last, and the one before it returns false where it is not needed.
	Received func(ctx context.Context, response Response) (proceed bool)
}

// Line is a row of a page.
type Line struct {
	OK   bool
	Text string
}

// Page is the last page of a flow. All of it is text, never markup.
type Page struct {
	Title string
	Lines []Line
	Note  string
}

// Address is where a user goes.
type Address struct {
	URL     string // to open in a browser
	Forward string // for a browser on another computer: the ssh command, with USER and HOST to be filled in; empty where none helps
	Direct  string // where URL is ours and a user can paste: the provider's address, for a browser that cannot reach URL
}

// Flow is a sequence of round trips of one browser. Paste and Reject may be nil, the rest must be set.
type Flow struct {
	RedirectURI string // as it is registered
	RoundTrips  []RoundTrip
	// Show tells the user where to go, when the port is already listened on; again for the next round trip where the
	// last was pasted. It is called from one goroutine at a time.
	Show func(Address)
	// Paste returns the address that the browser was sent to, as the user pasted it, and returns soon when its
	// context ends. Its error ends the flow. Nil: there is no paste-back.
	Paste func(context.Context) (string, error)
	// Reject gets the reason why a pasted text was refused, before Paste is called again.
	Reject func(error)
	// Result returns the last page, after the last Received. It returns soon.
	Result func() Page

	resultTimeout time.Duration // 0: resultTimeout
}

// Run works until the result was handed out, or at once where no browser waits for it. It ends early with Begin's or
// Paste's error, with loopback.ErrPortTaken, or with the context's cause. No Received is under way and the port is
// free again when Run returns.
func (f *Flow) Run(ctx context.Context) error {
	target, err := parseTarget(f.RedirectURI)
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case !target.local() && f.Paste == nil:
		return errCannotPaste
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := &progress{ctx: ctx, trips: f.RoundTrips, result: f.Result, over: make(chan struct{})}
	d := newHandler(c, target)
	where := func() Address { return Address{URL: c.next(false)} }
	if target.local() {
		listeners, err := loopback.Listen(ctx, target.port)
		if err != nil {
			return err
		}
		defer loopback.Serve(ctx, listeners, loopback.Guard(target.port, d))()
		where = func() Address {
			a := Address{URL: d.startURL(), Forward: loopback.Forward(target.port)}
			if f.Paste != nil {
				a.Direct = c.next(false)
			}
			return a
		}
	}
	if err := c.set(); err != nil {
		return err
	}
	f.Show(where())
	var pasting sync.WaitGroup
	defer pasting.Wait()
	if f.Paste != nil {
		pasting.Go(func() { f.takePasted(ctx, c, where) })
	}
	defer cancel() // before the waits for Paste and for handlers
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-c.over:
	}
	if c.watched {
		f.waitFor(ctx, d.done)
	}
	return c.err
}

func (f *Flow) waitFor(ctx context.Context, handed <-chan struct{}) {
	select {
	case <-handed:
	case <-ctx.Done():
	case <-time.After(cmp.Or(f.resultTimeout, resultTimeout)):
	}
}

// takePasted asks for an address for each round trip until the flow is over.
func (f *Flow) takePasted(ctx context.Context, c *progress, where func() Address) {
	for !c.ended() {
		if err := loopback.Pasted(ctx, f.Paste, f.Reject, c.takePasted); err != nil {
			c.fail(err)
			return
		}
		if !c.ended() {
			f.Show(where())
		}
	}
}

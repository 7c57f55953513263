package visit

import (
	"context"
	"errors"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/loopback"
)

// goodbye is how long a browser may take to fetch the verdict; it may have been closed.
const goodbye = 5 * time.Second

var errNobodyCanPaste = errors.New("this computer cannot be reached at the redirect URI, and there is nobody who could paste " +
	"the address that the browser is sent to: use an http redirect URI of localhost, or a terminal")

// Back is what the browser came back with. Its texts are cleaned.
type Back struct {
	Code               apiclient.Secret
	Issuer             string // the iss parameter (RFC 9207); empty where none came
	Error, Description string // RFC 6749 4.1.2.1; empty where a code came
}

// Leg is one way to the provider and back.
type Leg struct {
	// Begin returns the address of a new try and the state in it. It is called when the leg's turn comes and
	// when somebody else shall sign in (otherPerson); it returns soon, and its error ends the visit.
	Begin func(otherPerson bool) (to, state string, err error)
	// Came is called once a leg, with what the live try brought, while the browser waits for the next page. True:
	// the next leg follows. False, or the last leg: the verdict does. A leg that is a second chance comes last,
	// and the one before it answers false where it is not needed.
	Came func(ctx context.Context, back Back) (proceed bool)
}

// Line is a row of a page.
type Line struct {
	OK   bool
	Text string
}

// Page is the last page of a visit. All of it is text, never markup.
type Page struct {
	Title string
	Lines []Line
	Note  string
}

// Address is where a person goes.
type Address struct {
	URL     string // to open in a browser
	Forward string // for a browser on another computer: the ssh command, to be completed with this one's name; empty where none helps
	Direct  string // where URL is ours and a person can paste: the provider's address, for a browser that cannot reach URL
}

// Visit is a walk of one browser. Paste and Reject may be nil, the rest must be set.
type Visit struct {
	RedirectURI string // as it is registered
	Legs        []Leg
	// Show tells the person where to go, when the port is already listened on; again for the next leg where the
	// last was pasted. It is called from one goroutine at a time.
	Show func(Address)
	// Paste returns the address that the browser was sent to, as the person pasted it, and returns soon when its
	// context ends. Its error ends the visit. Nil: there is no paste-back.
	Paste func(context.Context) (string, error)
	// Reject is told why a pasted text was not taken, before Paste is called again.
	Reject func(error)
	// Verdict returns the last page, after the last Came. It returns soon.
	Verdict func() Page

	goodbye time.Duration // 0: goodbye
}

// Run walks until the verdict was handed out, or at once where nobody waits for it. It ends early with Begin's or
// Paste's error, with loopback.ErrPortTaken, or with the context's cause. No Came is under way and the port is
// free again when Run returns.
func (v *Visit) Run(ctx context.Context) error {
	spot, err := locate(v.RedirectURI)
	switch {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case !spot.local() && v.Paste == nil:
		return errNobodyCanPaste
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := &course{ctx: ctx, legs: v.Legs, verdict: v.Verdict, over: make(chan struct{})}
	d := newDesk(c, spot)
	where := func() Address { return Address{URL: c.next(false)} }
	if spot.local() {
		listeners, err := loopback.Listen(ctx, spot.port)
		if err != nil {
			return err
		}
		defer loopback.Serve(listeners, loopback.Guard(spot.port, d))()
		where = func() Address {
			a := Address{URL: d.startURL(), Forward: loopback.Forward(spot.port)}
			if v.Paste != nil {
				a.Direct = c.next(false)
			}
			return a
		}
	}
	if err := c.set(); err != nil {
		return err
	}
	v.Show(where())
	var pasting sync.WaitGroup
	defer pasting.Wait()
	if v.Paste != nil {
		pasting.Go(func() { v.takePasted(ctx, c, where) })
	}
	defer cancel() // before the waits for Paste and for handlers
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-c.over:
	}
	if c.watched {
		v.waitFor(ctx, d.done)
	}
	return c.err
}

func (v *Visit) waitFor(ctx context.Context, handed <-chan struct{}) {
	limit := v.goodbye
	if limit == 0 {
		limit = goodbye
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	select {
	case <-handed:
	case <-ctx.Done():
	}
}

// takePasted asks for an address for each leg until the visit is over.
func (v *Visit) takePasted(ctx context.Context, c *course, where func() Address) {
	for !c.ended() {
		if err := loopback.Pasted(ctx, v.Paste, v.Reject, c.takePasted); err != nil {
			c.fail(err)
			return
		}
		if !c.ended() {
			v.Show(where())
		}
	}
}

package signin

import (
	"context"
	"errors"
	"strings"
	"unicode"
)

const (
	maxPastes = 10 // a Paste that answers by itself must not go round for ever
	maxPasted = 8 << 10
)

var (
	errPastes  = errors.New("none of the pasted texts was the address that the browser was sent to")
	errBroken  = errors.New("the address has a space or a line break inside: paste it in one piece")
	errTooLong = errors.New("this is too long for the address that the browser was sent to")
	errNotIt   = errors.New("this is not the whole address that the browser was sent to: it has /callback? and then code and state in it")
)

// takePasted asks for the address until it is a good one, or the attempt is over.
func (b *Browser) takePasted(ctx context.Context, a *attempt) {
	last := outcome{err: errPastes}
	for range maxPastes {
		text, err := b.Paste(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			last.err = err
			break
		}
		o, err := a.pasted(text)
		if err == nil {
			last = o
			break
		}
		if b.Reject != nil {
			b.Reject(err)
		}
	}
	if a.claim() {
		a.ended <- last
	}
}

// pasted judges what a person pasted, with or without the scheme, which some browsers hide. A code alone is
// not taken: without the state nobody can tell whose sign-in it comes from. Errors do not quote the text.
func (a *attempt) pasted(text string) (outcome, error) {
	text = strings.TrimSpace(text)
	_, query, found := strings.Cut(text, "?")
	query, _, _ = strings.Cut(query, "#")
	switch {
	case len(text) > maxPasted:
		return outcome{}, errTooLong
	case strings.ContainsFunc(text, unicode.IsSpace):
		return outcome{}, errBroken
	case !found || !strings.Contains(query, "state="):
		return outcome{}, errNotIt
	}
	return a.judge(query)
}

package loopback

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"msgsso-wizard/apiclient"
)

const (
	maxPastes = 10 // a paste that answers by itself must not go round for ever
	maxPasted = 8 << 10
)

var (
	errPastes  = errors.New("none of the pasted texts was the URL that the browser was sent to")
	errBroken  = errors.New("the URL has a space or a line break inside: paste it in one piece")
	errTooLong = errors.New("this is too long for the URL that the browser was sent to")
	errNotIt   = errors.New("this isn't the full URL that the browser was sent to: it has a ?, then code and state")
)

// Pasted asks a user for the address that the browser was sent to until take accepts its query. What take
// says to a wrong one is passed to reject, if there is one. It ends with an error of paste's, when the context
// ends, and after ten wrong ones.
func Pasted(ctx context.Context, paste func(context.Context) (string, error), reject func(error), take func(query string) error) error {
	for range maxPastes {
		text, err := paste(ctx)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			return err
		}
		query, err := pastedQuery(text)
		if err == nil {
			err = take(query)
		}
		if err == nil {
			return nil
		}
		if reject != nil {
			reject(err)
		}
	}
	return errPastes
}

// pastedQuery finds the query in what a user pasted: an address, with or without the scheme, which some
// browsers hide, or only its query. A code alone is not taken: without the state it is unknown which sign-in
// it comes from. Errors do not quote the text.
func pastedQuery(text string) (string, error) {
	text, _, err := apiclient.ReadInput(text)
	_, query, found := strings.Cut(text, "?")
	if !found {
		query = text
	}
	query, _, _ = strings.Cut(query, "#")
	switch {
	case len(text) > maxPasted:
		return "", errTooLong
	case strings.ContainsFunc(text, unicode.IsSpace):
		return "", errBroken
	case err != nil:
		return "", fmt.Errorf("the URL %w: copy it again", err)
	case !strings.Contains(query, "state="):
		return "", errNotIt
	}
	return query, nil
}

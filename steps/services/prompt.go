package services

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta/signin"
	"msgsso-wizard/steps/explain"
)

// Prompt is what a user has to do while a step is under way: open a page, type a code there, or bring
// something back from it.
type Prompt struct {
	Title string
	Lines []string      // what to do, a sentence each
	URL   string        // the page; empty: none
	Code  string        // what to type there; empty: nothing
	Ask   string        // the label of what may be typed here; empty: nothing may
	Limit time.Duration // when it is given up; 0: never
}

// Prompter shows a Prompt.
type Prompter func(ctx context.Context, p Prompt) (string, error)

// Ask shows a prompt. Without a Prompter it can't be shown, and the error says so.
func (show Prompter) Ask(ctx context.Context, p Prompt) (string, error) {
	if show != nil {
		return show(ctx, p)
	}
	return "", explain.New(explain.ClassUsage, "", "This sign-in method needs a terminal.",
		"Run the wizard in a terminal, or choose an unattended sign-in method.")
}

// showCode shows the code of a device sign-in for as long as it waits for the user.
func (s *Network) showCode(ctx context.Context, c signin.DeviceCode) error {
	_, err := s.Ask(ctx, Prompt{
		Title: "Sign in to Okta", URL: cmp.Or(c.CompleteURL, c.URL), Code: c.UserCode, Limit: c.Expires,
		Lines: []string{"Open the page on any device, sign in as an admin, and enter the code."},
	})
	return err
}

// browser is a sign-in to Genesys Cloud through the user's browser. Its prompt also takes the address that the
// browser was sent to, for who works on another computer.
func (s *Network) browser(clientID, port string) *genesys.Browser {
	var to genesys.Authorization
	number, _ := strconv.Atoi(port)
	return &genesys.Browser{
		ClientID: clientID, Port: number,
		Show: func(a genesys.Authorization) { to = a },
		Paste: func(ctx context.Context) (string, error) {
			return s.Ask(ctx, Prompt{
				Title: "Sign in to Genesys Cloud", URL: to.URL, Ask: "Address", Limit: 10 * time.Minute,
				Lines: []string{
					"Open the page and sign in. The OAuth client must have the redirect URI " + to.RedirectURI + ".",
					"If your browser is on another computer, paste the URL that it was sent to, or first run " + to.Forward + " there. HOST is this computer.",
				},
			})
		},
	}
}

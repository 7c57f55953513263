package services

import (
	"context"
	"strconv"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta/signin"
)

// showCode shows the code of a device sign-in for as long as it waits for the person.
func (s *Network) showCode(ctx context.Context, c signin.DeviceCode) error {
	p := Prompt{
		Title: "Sign in to Okta", URL: c.URL, Code: c.UserCode, Limit: c.Expires,
		Lines: []string{"Open the page on any device, sign in as an admin, and type the code there."},
	}
	if c.CompleteURL != "" {
		p.URL = c.CompleteURL
	}
	_, err := s.Ask(ctx, p)
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
					"If your browser is on another computer: paste the address that it was sent to, or first run " + to.Forward,
				},
			})
		},
	}
}

package okta

import (
	"slices"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
)

// TestPagesOf: an existing app keeps its pages, and gets no sign-out page by itself.
func TestPagesOf(t *testing.T) {
	const own, bye, asked = "https://www.acme.test/callback", "https://www.acme.test/bye", "https://www.example.com/"
	for name, c := range map[string]struct {
		app            okta.App
		redirect       []string
		signIn, logout []string
	}{
		"new app":                   {okta.App{}, nil, []string{"http://localhost:8080/"}, []string{"http://localhost:8080/"}},
		"app without sign-out URIs": {okta.App{RedirectURIs: []string{own}}, nil, []string{own}, nil},
		"app with sign-out URIs":    {okta.App{RedirectURIs: []string{own}, LogoutURIs: []string{bye}}, nil, []string{own}, []string{bye}},
		"page that was asked for":   {okta.App{RedirectURIs: []string{own}}, []string{asked}, []string{asked}, []string{asked}},
	} {
		answers := guide.NewAnswers()
		if c.redirect != nil {
			assert.NilError(t, answers.Set(guide.RedirectURIs, guide.FromFlag, c.redirect...))
		}
		pages := PagesOf(answers, c.app)
		if !slices.Equal(pages.Redirect.Values, c.signIn) || !slices.Equal(pages.Logout.Values, c.logout) {
			t.Errorf("%s: sign-in %q, sign-out %q; want %q, %q", name, pages.Redirect.Values, pages.Logout.Values, c.signIn, c.logout)
		}
	}
}

// Package pages has what the simulated org shows to visitors.
package pages

import (
	"cmp"
	_ "embed"
	"net/http"

	"msgsso-wizard/apiclient/markup"
)

var (
	//go:embed pages.html
	layout markup.HTML
	//go:embed pages.css
	styles markup.HTML
)

const (
	userButton markup.HTML = `<button name=login value="%[2]s">%[1]s<small>%[2]s</small></button>`
	userForm   markup.HTML = `<form method=post>%s</form>
<form method=post><p>Somebody else <input name=login type=text aria-label="login" autocomplete=off value="%s"> </p><button>Sign in</button></form>
`
	deviceForm markup.HTML = `<form method=post action=/activate><p>Code <input name=user_code type=text aria-label="user_code" autocomplete=off value="%s"> </p>
<p>You are <input name=login type=text aria-label="login" autocomplete=off value="%s"> </p>
<button name=decision value=allow>Let the device in</button> <button name=decision value=deny>Keep it out</button></form>
`
)

// LoginField is the only field of the sign-in page: who the visitor is.
const LoginField = "login"

// Page is an answer for a browser. What is empty is not shown.
type Page struct {
	Status  int // 0: 200
	Heading string
	Problem string
	Text    string
	Small   string
	Code    string // of an error

	// Of the sign-in page, whose two forms go back to the page's own address: that holds what the app asked for. One
	// form has a button for each user, the other a field.
	App   string
	Users []User
	Login string // what the field is filled with

	// Of the form on which a device is approved.
	Device   bool
	UserCode string
}

// User is a user who can sign in.
type User struct{ Name, Login string }

// Write sets the headers and returns status and text. The headers allow the page nothing but its own words and style,
// and nothing to be kept. A policy for the target of forms would also hold for the redirects that answer them, so
// there is none.
func (p Page) Write(header http.Header) (int, []byte) {
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "same-origin")
	return cmp.Or(p.Status, http.StatusOK), []byte(markup.Fill(layout, styles, p.Heading, p.body()))
}

func (p Page) body() markup.HTML {
	body := markup.Some("<p>to <strong>%s</strong></p>\n", p.App) +
		markup.Some("<p>Your request resulted in an error. <b>%s</b></p>\n", p.Code) +
		markup.Some("<p class=problem><strong>%s</strong></p>\n", p.Problem) +
		markup.Some("<p>%s</p>\n", p.Text) +
		markup.Some("<p><small>%s</small></p>\n", p.Small)
	if len(p.Users) > 0 {
		var buttons markup.HTML
		for _, who := range p.Users {
			buttons += markup.Fill(userButton, who.Name, who.Login)
		}
		body += markup.Fill(userForm, buttons, p.Login)
	}
	if p.Device {
		body += markup.Fill(deviceForm, p.UserCode, p.Login)
	}
	return body
}

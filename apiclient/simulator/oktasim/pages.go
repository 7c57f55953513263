package oktasim

import (
	"html"
	"net/http"
	"strings"
)

// htmlPage is an answer for people.
type htmlPage struct {
	status int // 0: 200
	text   string
}

// redirect is the address that an answer sends the browser to.
type redirect string

// headers are those of every page: nothing but its own words and style, and nothing to be kept. A policy for the
// target of forms would also hold for the redirects that answer them, so there is none.
func (p htmlPage) headers(header http.Header) {
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "same-origin")
}

const pageStyle = `body{font:16px/1.5 system-ui,sans-serif;color:#1d1d21;background:#f4f4f4;margin:0;padding:2rem 1rem}
main{box-sizing:border-box;max-width:24rem;margin:0 auto;padding:1.5rem;background:#fff;border:1px solid #d7d7dc;border-radius:8px}
h1{font-size:1.3rem;margin:0 0 .5rem}small{color:#5c5c66}
button,input{box-sizing:border-box;width:100%;font:inherit;padding:.6rem .75rem;margin:.25rem 0;border:1px solid #8c8c96;border-radius:6px;background:#fff;color:inherit;text-align:left}
button{cursor:pointer}button:hover,button:focus,input:focus{border-color:#1662dd;outline:2px solid #1662dd33}
button small{display:block}.problem{color:#b3121d}`

// document is a page with a heading. The body is HTML already.
func document(heading, body string) htmlPage {
	return htmlPage{text: "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\">" +
		"<title>Simulated Okta</title><style>" + pageStyle + "</style><body><main><h1>" + html.EscapeString(heading) + "</h1>" + body +
		"<p><small>A simulator on this computer, not Okta.</small></p></main></body></html>\n"}
}

func note(text string) string {
	if text == "" {
		return ""
	}
	return "<p class=problem><strong>" + html.EscapeString(text) + "</strong></p>"
}

func input(name, kind, value string) string {
	return "<input name=" + name + " type=" + kind + " aria-label=\"" + name + "\" autocomplete=off value=\"" + html.EscapeString(value) + "\"> "
}

// activation is the form on which a device is approved.
func activation(userCode, problem string) htmlPage {
	return document("Device", note(problem)+"<form method=post action=/activate>"+
		"<p>Code "+input("user_code", "text", userCode)+"</p><p>You are "+input(loginField, "text", adminLogin)+"</p>"+
		"<button name=decision value=allow>Let the device in</button> <button name=decision value=deny>Keep it out</button></form>")
}

// login is the page on which a visitor says who they are. Its two forms go back to the page's own address, which
// holds what the app asked for: one has a button for each person, the other a field, filled with the hint.
func (s *Server) login(a *app, hint, problem string) htmlPage {
	var people strings.Builder
	for _, u := range s.users {
		if u.status == active {
			people.WriteString("<button name=" + loginField + " value=\"" + html.EscapeString(u.email) + "\">" +
				html.EscapeString(u.name()) + "<small>" + html.EscapeString(u.email) + "</small></button>")
		}
	}
	return document("Sign in", "<p>to <strong>"+html.EscapeString(a.label)+"</strong></p>"+note(problem)+
		"<form method=post>"+people.String()+"</form>"+
		"<form method=post><p>Somebody else "+input(loginField, "text", hint)+"</p><button>Sign in</button></form>")
}

// enrolment is where a person without a second factor ends who needs one (contract okta.md 9.3).
func enrolment(a *app, u *user) htmlPage {
	return document("Set up security methods", "<p>"+html.EscapeString(u.email)+": the app "+html.EscapeString(a.label)+
		" asks for two factors. Set up one more to go on.</p><p><small>No factor can be set up here.</small></p>")
}

// errorPage is what a visitor sees who cannot be sent back (contract okta.md 9.4).
func errorPage(e *oauthError) htmlPage {
	p := document("400 Bad Request", "<p>Your request resulted in an error. <b>"+html.EscapeString(e.code)+"</b></p>"+note(e.description))
	p.status = http.StatusBadRequest
	return p
}

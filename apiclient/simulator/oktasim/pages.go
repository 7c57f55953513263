package oktasim

import (
	"html"
	"net/url"
	"strings"
)

// htmlPage is an answer for people.
type htmlPage struct {
	status int // 0: 200
	text   string
}

// redirect is the address that an answer sends the browser to.
type redirect string

// document is a page with a heading. The body is HTML already.
func document(heading, body string) htmlPage {
	return htmlPage{text: "<!doctype html><html lang=en><meta charset=utf-8><title>Simulated Okta</title>" +
		"<body><h1>" + html.EscapeString(heading) + "</h1>" + body + "<p><small>A simulator on this computer, not Okta.</small></p></body></html>\n"}
}

func note(text string) string {
	if text == "" {
		return ""
	}
	return "<p><strong>" + html.EscapeString(text) + "</strong></p>"
}

func input(name, kind, value string) string {
	return "<input name=" + name + " type=" + kind + " value=\"" + html.EscapeString(value) + "\"> "
}

// activation is the form on which a device is approved.
func activation(userCode, problem string) htmlPage {
	return document("Device", note(problem)+"<form method=post action=/activate>"+
		"<p>Code "+input("user_code", "text", userCode)+"</p><p>You are "+input("login", "text", adminLogin)+"</p>"+
		"<button name=decision value=allow>Let the device in</button> <button name=decision value=deny>Keep it out</button></form>")
}

// login is the form on which a visitor says who they are; it comes back to the same address.
func login(path string, query url.Values, problem string) htmlPage {
	var kept strings.Builder
	for _, name := range sortedNames(query) {
		if name != "login_hint" {
			kept.WriteString(input("\""+html.EscapeString(name)+"\"", "hidden", query.Get(name)))
		}
	}
	return document("Sign in", note(problem)+"<form action=\""+html.EscapeString(path)+"\">"+kept.String()+
		"<p>You are "+input("login_hint", "text", visitorLogin)+"</p><button>Sign in</button></form>")
}

// errorPage is what a visitor sees who cannot be sent back (contract okta.md 9.4).
func errorPage(e *oauthError) htmlPage {
	p := document("400 Bad Request", "<p>Your request resulted in an error. <b>"+html.EscapeString(e.code)+"</b></p>"+note(e.description))
	p.status = 400
	return p
}

// Package pages has what the simulated org shows to people.
package pages

import (
	"bytes"
	"cmp"
	_ "embed"
	"html/template"
	"net/http"
)

//go:embed pages.html
var source string

var layout = template.Must(template.New("page").Parse(source))

// LoginField is the only field of the sign-in page: who the visitor is.
const LoginField = "login"

// Page is an answer for people. What is empty is not shown.
type Page struct {
	Status  int // 0: 200
	Heading string
	Problem string
	Text    string
	Small   string
	Code    string // of an error

	// Of the sign-in page, whose two forms go back to the page's own address: that holds what the app asked for. One
	// form has a button for each person, the other a field.
	App    string
	People []Person
	Login  string // what the field is filled with

	// Of the form on which a device is approved.
	Device   bool
	UserCode string
}

// Person is a person who can sign in.
type Person struct{ Name, Login string }

// Write sets the headers and returns status and text. The headers allow the page nothing but its own words and style,
// and nothing to be kept. A policy for the target of forms would also hold for the redirects that answer them, so
// there is none.
func (p Page) Write(header http.Header) (int, []byte) {
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "same-origin")
	var text bytes.Buffer
	_ = layout.Execute(&text, p) // the layout fits a Page
	return cmp.Or(p.Status, http.StatusOK), text.Bytes()
}

package loopback

import (
	"fmt"
	"net/http"
)

// Page is a plain answer to a browser. It is static: nothing of a request ever gets into it.
type Page struct {
	Status      int
	Title, Text string
}

// NotFound is the answer for all that is not served.
var NotFound = Page{http.StatusNotFound, "Not found", "This page doesn't exist."}

var (
	misdirected = Page{http.StatusMisdirectedRequest, "Request rejected", "This server answers only to the names of this computer."}
	foreign     = Page{http.StatusForbidden, "Not allowed", "Other sites can't request this."}
	notAllowed  = Page{http.StatusMethodNotAllowed, "Not allowed", "This URL is read-only."}
)

// Write answers with the page and its headers.
func (p Page) Write(w http.ResponseWriter) {
	Harden(w, "")
	w.WriteHeader(p.Status)
	_, _ = fmt.Fprintf(w, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%[1]s</title><h1>%[1]s</h1><p>%[2]s</p></html>\n", p.Title, p.Text)
}

// Harden sets the headers that keep an address, which may hold a code, from caches and other sites, and a page
// from doing or loading anything. Styles is a source of styles for the Content-Security-Policy; empty: none.
func Harden(w http.ResponseWriter, styles string) {
	policy := "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	if styles != "" {
		policy += "; style-src " + styles
	}
	for name, value := range map[string]string{
		"Content-Type":               "text/html; charset=utf-8",
		"Content-Security-Policy":    policy,
		"Cache-Control":              "no-store",
		"Referrer-Policy":            "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin",
		"X-Content-Type-Options":     "nosniff",
		"X-Frame-Options":            "DENY",
	} {
		w.Header().Set(name, value)
	}
}

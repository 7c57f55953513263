package signin

import (
	"fmt"
	"net/http"
)

// page is an answer to a browser. It is static: nothing of a request ever gets into it.
type page struct {
	status      int
	title, text string
}

var (
	received    = page{http.StatusOK, "Thank you", "Go back to the terminal. This window can be closed."}
	refused     = page{http.StatusOK, "Signing in was refused", "The terminal says why. This window can be closed."}
	notAsked    = page{http.StatusBadRequest, "Not taken", "This was not asked for by this program."}
	notFound    = page{http.StatusNotFound, "Not found", "There is nothing here."}
	notAllowed  = page{http.StatusMethodNotAllowed, "Not allowed", "This address can only be read."}
	misdirected = page{http.StatusMisdirectedRequest, "Not taken", "This program answers to the names of this computer only."}
)

// headers keep the address, which holds the code, from caches and other sites, and the page from doing anything.
var headers = map[string]string{
	"Content-Type":            "text/html; charset=utf-8",
	"Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"Cache-Control":           "no-store",
	"Referrer-Policy":         "no-referrer",
	"X-Content-Type-Options":  "nosniff",
}

func (p page) write(w http.ResponseWriter) {
	for name, value := range headers {
		w.Header().Set(name, value)
	}
	w.WriteHeader(p.status)
	_, _ = fmt.Fprintf(w, "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>%[1]s</title><h1>%[1]s</h1><p>%[2]s</p></html>\n", p.title, p.text)
}

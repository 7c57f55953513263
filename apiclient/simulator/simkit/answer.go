package simkit

import (
	"bytes"
	"net/http"
)

// Answer is what a handler answered.
type Answer struct {
	Status int
	Head   http.Header
	Body   []byte
}

// Ask has a handler answer and keeps the answer back.
func Ask(h http.Handler, r *http.Request) Answer {
	w := keeper{status: http.StatusOK, header: http.Header{}}
	h.ServeHTTP(&w, r)
	return Answer{Status: w.status, Head: w.header, Body: w.body.Bytes()}
}

// keeper takes an answer and sends nothing.
type keeper struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (k *keeper) Header() http.Header            { return k.header }
func (k *keeper) Write(body []byte) (int, error) { return k.body.Write(body) }
func (k *keeper) WriteHeader(status int)         { k.status = status }

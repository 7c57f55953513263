package genesyssim

import (
	_ "embed"
	"net/http"
)

// standIn is a small stand-in for Messenger's own script.
//
//go:embed stand_in.js
var standIn []byte

func bootstrap(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write(standIn)
}

package signin

import (
	"net/http"

	"msgsso-wizard/apiclient/loopback"
)

var (
	received = loopback.Page{Status: http.StatusOK, Title: "Thank you", Text: "Go back to the terminal. This window can be closed."}
	refused  = loopback.Page{Status: http.StatusOK, Title: "Signing in was refused", Text: "The terminal says why. This window can be closed."}
	notAsked = loopback.Page{Status: http.StatusBadRequest, Title: "Not taken", Text: "This was not asked for by this program."}
)

package genesyssim

import (
	"html/template"
	"net/http"
)

// loginPage is the sign-in page of the simulated organization, and where it says what is wrong with a request.
var loginPage = template.Must(template.New("login").Parse(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Genesys Cloud (simulated)</title></head><body>
<h1>Genesys Cloud <small>(simulated)</small></h1>
{{if .Code}}<p><strong>{{.Code}}</strong>: {{.Why}}</p>
{{else}}<form method="post" action="{{.Action}}">
<p>{{.Organization}}</p>
<p><button name="user" value="{{.Email}}">Sign in as {{.Name}}</button>
<button name="user" value="">Cancel</button></p>
</form>
{{end}}</body></html>
`))

type loginText struct{ Code, Why, Action, Organization, Name, Email string }

func (s *Server) showLogin(w http.ResponseWriter, r *http.Request) {
	show(w, http.StatusOK, loginText{
		Action: r.URL.RequestURI(), Organization: s.organization.name, Name: s.user.name, Email: s.user.email,
	})
}

func showProblem(w http.ResponseWriter, code, why string) {
	show(w, http.StatusBadRequest, loginText{Code: code, Why: why})
}

func show(w http.ResponseWriter, status int, text loginText) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = loginPage.Execute(w, text) // the browser is gone when this fails
}

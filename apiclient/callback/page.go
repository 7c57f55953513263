package callback

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page's text
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"

	"msgsso-wizard/apiclient/loopback"
)

var (
	//go:embed page.html
	pageTemplateText string
	//go:embed page.css
	styles string

	pageTemplate = template.Must(template.New("page").Parse(pageTemplateText))
)

// htmlPage is a Page as the browser shows it.
type htmlPage struct {
	Page
	Links []link
	Last  bool // the terminal has the rest
}

type link struct{ To, Text string }

// Styles is what the template puts in as it is; its hash is all that the page may apply.
func (htmlPage) Styles() template.CSS { return template.CSS(styles) }

func (s htmlPage) write(w http.ResponseWriter, status int) {
	sum := sha256.Sum256([]byte(styles))
	loopback.Harden(w, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	var page bytes.Buffer
	_ = pageTemplate.Execute(&page, s) // the template knows no more than this type
	w.WriteHeader(status)
	_, _ = page.WriteTo(w)
}

// sentence makes an error one for a page.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

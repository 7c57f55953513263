package callback

import (
	"crypto/sha256"
	_ "embed" // the page's text
	"encoding/base64"
	"io"
	"net/http"
	"strings"

	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/markup"
)

var (
	//go:embed page.html
	layout markup.HTML
	//go:embed page.css
	styles markup.HTML
)

// htmlPage is a Page as the browser shows it.
type htmlPage struct {
	Page
	Links []link
	Last  bool // the terminal has the rest
}

type link struct{ To, Text string }

func (s htmlPage) html() markup.HTML {
	var body markup.HTML
	for _, line := range s.Lines {
		class, result := "failed", "✗ failed"
		if line.OK {
			class, result = "ok", "✓ passed"
		}
		body += markup.Fill("<li class=\"%s\"><b>%s</b> <span>%s</span></li>\n", class, result, line.Text)
	}
	if body != "" {
		body = "<ul>\n" + body + "</ul>\n"
	}
	body += markup.Some("<p>%s</p>\n", s.Note)
	for _, link := range s.Links {
		body += markup.Fill("<p><a href=\"%s\">%s</a></p>\n", link.To, link.Text)
	}
	if s.Last {
		body += "<p class=\"last\">You can close this page. The terminal has the details.</p>\n"
	}
	return markup.Fill(layout, s.Title, styles, body)
}

// write answers with the page. The hash of its styles is all that it may apply.
func (s htmlPage) write(w http.ResponseWriter, status int) {
	sum := sha256.Sum256([]byte(styles))
	loopback.Harden(w, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, string(s.html()))
}

// sentence makes an error one for a page.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

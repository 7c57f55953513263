package transcript

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

// shortest is the length below which a secret is not looked for by its value, in bytes: no real one is so
// short, and a word that was pasted by mistake must not eat the words of the transcript.
const shortest = 8

// jwt is a signed token of any issuer (RFC 7515 section 3.1).
var jwt = regexp.MustCompile(`eyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*`)

// sweeper blots secrets out of a finished line.
type sweeper struct {
	taken    int // how many of the process's secrets are known
	known    map[string]bool
	forms    [][2]string       // of what is known, each with what stands for it
	replacer *strings.Replacer // nil: forms have changed
}

// Redact blots every secret of this process, in whatever form it stands there, and every signed token out of a text.
func Redact(text string) string {
	var r redactor
	return r.sweep(text)
}

// sweep blots every secret of this process out of line, a JSON text, and every signed token. The line stays JSON.
func (r *redactor) sweep(line string) string {
	fresh := apiclient.RegisteredSecrets(r.taken)
	r.taken += len(fresh)
	for _, secret := range fresh {
		r.know(secret.Reveal())
	}
	if r.replacer == nil {
		// The longest first: a secret may begin with another one.
		slices.SortStableFunc(r.forms, func(a, b [2]string) int { return len(b[0]) - len(a[0]) })
		var pairs []string
		for _, form := range r.forms {
			pairs = append(pairs, form[:]...)
		}
		r.replacer = strings.NewReplacer(pairs...)
	}
	return jwt.ReplaceAllStringFunc(r.replacer.Replace(line), r.blot)
}

// know has a secret looked for from now on.
func (r *redactor) know(secret string) {
	if len(secret) < shortest || r.known[secret] {
		return
	}
	if r.known == nil {
		r.known = map[string]bool{}
	}
	r.known[secret] = true
	for _, form := range forms(secret) {
		r.forms = append(r.forms, [2]string{form, r.blot(secret)})
	}
	r.replacer = nil
}

// forms are the ways in which a secret may stand in a text, JSON or not.
func forms(secret string) []string {
	out := []string{hex.EncodeToString([]byte(secret)), strings.ToUpper(hex.EncodeToString([]byte(secret)))}
	for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for shift := range 3 {
			out = append(out, core(alphabet, secret, shift))
		}
	}
	query, path := url.QueryEscape(secret), url.PathEscape(secret)
	for _, text := range []string{secret, query, lowerEscapes(query), path, lowerEscapes(path)} {
		once := quoted(text)
		html := htmlSafe.Replace(once)
		out = append(out, text, once, html, quoted(once), quoted(html)) // quoted twice: JSON in a string of JSON
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// htmlSafe is how many writers of JSON put these three.
var htmlSafe = strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`)

// quoted is the inside of text as a JSON string.
func quoted(text string) string {
	line, _ := marshal(text) // a string can always be marshalled
	line = bytes.TrimSuffix(line, []byte("\n"))
	return string(line[1 : len(line)-1])
}

var escapes = regexp.MustCompile(`%[0-9A-F]{2}`)

func lowerEscapes(text string) string { return escapes.ReplaceAllStringFunc(text, strings.ToLower) }

// core is what of the secret's base64 form stays the same whatever stands before it, shift bytes modulo 3,
// and after it.
func core(alphabet *base64.Encoding, secret string, shift int) string {
	encoded := alphabet.EncodeToString([]byte(strings.Repeat("\x00", shift) + secret))
	first := (8*shift + 5) / 6
	return encoded[first : 8*(shift+len(secret))/6]
}

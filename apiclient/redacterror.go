package apiclient

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// leastSecret is the shortest text that is blotted out; a shorter one stands in any sentence by chance.
const leastSecret = 4

// RedactError blots out secrets that a service or a proxy repeats in its error answer, in every form in which they
// may have been sent. It changes an *Error in err's chain and returns err.
func RedactError(err error, secrets ...Secret) error {
	if e, found := AsError(err); found {
		e.redact(secrets...)
	}
	return err
}

func (e *Error) redact(secrets ...Secret) {
	for _, s := range secrets {
		if len(s.Reveal()) < leastSecret {
			continue
		}
		text := s.Reveal()
		quoted, _ := json.Marshal(text) // a string can always be marshalled
		blot := strings.NewReplacer(
			text, bullets, url.QueryEscape(text), bullets, strings.Trim(string(quoted), `"`), bullets,
			base64.StdEncoding.EncodeToString([]byte(text)), bullets,
		)
		for _, field := range []*string{&e.Code, &e.OAuth, &e.Summary, &e.RequestID} {
			*field = blot.Replace(*field)
		}
		for i := range e.Causes {
			e.Causes[i] = blot.Replace(e.Causes[i])
		}
	}
}

// credentials are what a request carries in its Authorization header, without the scheme's name.
func credentials(r *http.Request) Secret {
	_, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return NewSecret(text)
}

package transcript

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
)

// secretHeaders are not written; of Authorization the scheme's name stays.
var secretHeaders = map[string]bool{
	"Authorization": true, "Proxy-Authorization": true, "Dpop": true, "Cookie": true, "Set-Cookie": true,
}

// secretNames are members and parameters whose text is a secret. They are compared as plain() has them.
var secretNames = names(
	"client_secret", "secret", "secret_hash", "password", "passcode", "api_key", "private_key",
	"token", "access_token", "refresh_token", "id_token", "jwt", "registration_access_token", "session_token", "state_token",
	"assertion", "client_assertion", "subject_token", "actor_token", "code_verifier", "device_code", "user_code",
)

// secretParameters are secrets in a form or a query only: as members, these names stand for an error's code
// and an integration's state.
var secretParameters = names("code", "state", "nonce", "login_hint", "id_token_hint")

// secretObjects are members in which everything is a secret.
var secretObjects = names("credentialFields")

// inText finds parameters in the addresses that texts hold, such as Location.
var inText = regexp.MustCompile(`([?&#;]([A-Za-z_]+)=)([^&#;"'<>\s]+)`)

func names(list ...string) map[string]bool {
	set := map[string]bool{}
	for _, name := range list {
		set[plain(name)] = true
	}
	return set
}

// plain makes client_secret, clientSecret and client-secret the same.
func plain(name string) string {
	return strings.NewReplacer("_", "", "-", "", ".", "").Replace(strings.ToLower(name))
}

// redactor takes secrets out. It is not safe for concurrent use.
type redactor struct {
	sweeper
	numbers map[string]int // of the secrets seen so far
}

// blot is what stands for a secret: always the same for the same one, which tells nothing else about it.
func (r *redactor) blot(secret string) string {
	if r.numbers == nil {
		r.numbers = map[string]int{}
	}
	if r.numbers[secret] == 0 {
		r.numbers[secret] = len(r.numbers) + 1
	}
	return fmt.Sprintf("REDACTED-%d", r.numbers[secret])
}

// exchange is x by names without secrets; those known by their values are still in it.
func (r *redactor) exchange(x apiclient.Exchange) exchange {
	line := exchange{
		Time: x.Began.UTC().Truncate(time.Millisecond), Service: string(x.Service), Op: x.Op, Method: x.Method,
		URL: r.url(x.URL), Request: r.side(x.Sent), Status: x.Status, Response: r.side(x.Got), ElapsedMS: x.Elapsed.Milliseconds(),
	}
	if x.Err != nil {
		line.Error = r.text(x.Err.Error())
	}
	return line
}

func (r *redactor) url(u *url.URL) string {
	shown := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path, RawPath: u.RawPath}
	shown.RawQuery = url.Values(r.form(u.Query())).Encode()
	return shown.String()
}

func (r *redactor) side(p apiclient.Payload) side {
	s := side{Headers: r.headers(p.Header)}
	s.Body, s.Note = r.body(p.Header, p.Body)
	s.Claims = claimNames(p.Header, p.Body)
	return s
}

func (r *redactor) headers(h http.Header) map[string][]string {
	out := map[string][]string{}
	for name, values := range h {
		for _, value := range values {
			scheme, rest, two := strings.Cut(value, " ")
			switch {
			case !secretHeaders[http.CanonicalHeaderKey(name)]:
				value = r.text(value)
			case two && strings.HasSuffix(name, "Authorization"):
				r.know(rest) // a proxy may repeat it as it was sent
				value = apiclient.Clean(scheme) + " " + r.blot(rest)
			default:
				r.know(value)
				value = r.blot(value)
			}
			out[apiclient.Clean(name)] = append(out[apiclient.Clean(name)], value)
		}
	}
	return out
}

// text cleans a text and blots out the secret parameters of the addresses in it.
func (r *redactor) text(s string) string {
	return inText.ReplaceAllStringFunc(apiclient.CleanLines(s), func(found string) string {
		part := inText.FindStringSubmatch(found)
		if name := plain(part[2]); secretNames[name] || secretParameters[name] {
			return part[1] + r.blot(part[3])
		}
		return found
	})
}

// json is a decoded body without the secrets that are known by their names. hidden: everything in it is one.
func (r *redactor) json(v any, hidden bool) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, member := range v {
			key := plain(name)
			_, object := member.(map[string]any) // a schema describes clientSecret by an object: that is no secret
			out[r.text(name)] = r.json(member, hidden || secretObjects[key] || secretNames[key] && !object)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = r.json(v[i], hidden)
		}
		return out
	case string:
		if hidden && v != "" {
			return r.blot(v)
		}
		return r.text(v)
	case json.Number:
		if hidden {
			return r.blot(v.String())
		}
	}
	return v
}

// form returns a form, or a query, as an object without its secrets.
func (r *redactor) form(form url.Values) map[string][]string {
	out := map[string][]string{}
	for name, values := range form {
		secret := secretNames[plain(name)] || secretParameters[plain(name)]
		for _, value := range values {
			if secret {
				value = r.blot(value)
			} else {
				value = r.text(value)
			}
			out[r.text(name)] = append(out[r.text(name)], value)
		}
	}
	return out
}

package okta

import (
	"cmp"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"

	"msgsso-wizard/apiclient"
)

// jwt matches an assertion, a proof or an access token, of which no error answer may show one.
var jwt = regexp.MustCompile(`eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*`)

// DecodeError is the apiclient.ErrorDecoder of all of Okta's end points. It reads Okta's error body, the OAuth
// style of its token end points, or WWW-Authenticate where the body says nothing (contract okta.md 1.7).
func DecodeError(e *apiclient.Error, header http.Header, body []byte) {
	var answer struct {
		ErrorCode    string
		ErrorSummary string
		ErrorID      string
		ErrorCauses  []struct{ ErrorSummary string }

		Error            string
		ErrorDescription string `json:"error_description"`
	}
	// A body that is not Okta's leaves the fields empty, and that is what is known about it.
	_ = json.Unmarshal(body, &answer)

	hidden := func(text string) string { return jwt.ReplaceAllLiteralString(text, "••••••••") }
	e.OAuth = hidden(cmp.Or(answer.Error, challenge(header, "error")))
	e.Code = hidden(cmp.Or(answer.ErrorCode, e.OAuth))
	e.Summary = hidden(cmp.Or(answer.ErrorSummary, answer.ErrorDescription, challenge(header, "error_description")))
	for _, cause := range answer.ErrorCauses {
		if cause.ErrorSummary != "" {
			e.Causes = append(e.Causes, hidden(cause.ErrorSummary))
		}
	}
	e.RequestID = cmp.Or(header.Get("X-Okta-Request-Id"), answer.ErrorID)
}

// challengeParam matches one name="value" of a WWW-Authenticate header (RFC 9110 11.2).
var challengeParam = regexp.MustCompile(`([A-Za-z_]+)="((?:[^"\\]|\\.)*)"`)

// quotedPair matches an escaped character inside the quotes (RFC 9110 5.6.4).
var quotedPair = regexp.MustCompile(`\\(.)`)

// challenge returns a parameter of the WWW-Authenticate headers, or nothing.
func challenge(header http.Header, name string) string {
	for _, line := range header.Values("WWW-Authenticate") {
		for _, param := range challengeParam.FindAllStringSubmatch(line, -1) {
			if param[1] == name {
				return quotedPair.ReplaceAllString(param[2], "$1")
			}
		}
	}
	return ""
}

// The codes that change what the wizard does next (contract okta.md 1.7). Okta supports only errorCode for
// that: the status misleads (E0000015 comes as 401) and the text may change.
var (
	codesBadToken  = []string{"E0000004", "E0000011", "invalid_token"}
	codesForbidden = []string{"E0000005", "E0000006", "insufficient_scope"}
	codesNoFeature = []string{"E0000015"}
	codesNotFound  = []string{"E0000007"}
	codesInvalid   = []string{"E0000001"}
	codesInternal  = []string{"E0000009"}
)

// OAuthError returns the error code of a token end point or of WWW-Authenticate, such as invalid_client or
// use_dpop_nonce, which may accompany one of Okta's own codes; empty: err has none (contract okta.md 11).
func OAuthError(err error) string {
	e, ok := apiclient.AsError(err)
	if !ok || e.Service != apiclient.Okta {
		return ""
	}
	return e.OAuth
}

// BadToken reports whether the API or access token is wrong, ended, revoked, or of another org.
func BadToken(err error) bool { return refused(err, codesBadToken) }

// Forbidden reports whether the admin or the app that signed in may not do this.
func Forbidden(err error) bool { return refused(err, codesForbidden) }

// NoFeature reports whether the org lacks the feature, such as API Access Management; the token is fine.
func NoFeature(err error) bool { return refused(err, codesNoFeature) }

// NotFound reports whether the object is not there, or not any more.
func NotFound(err error) bool { return refused(err, codesNotFound) }

// Invalid reports whether Okta rejected a field; the error's Causes say which.
func Invalid(err error) bool { return refused(err, codesInvalid) }

// refused reports whether err is an answer of Okta with one of codes.
func refused(err error, codes []string) bool {
	e, ok := apiclient.AsError(err)
	return ok && e.Service == apiclient.Okta && slices.Contains(codes, e.Code)
}

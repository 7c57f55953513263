package explain

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/guide"
)

// NameTaken is for an object that another admin created: it is never taken over by its name alone.
func NameTaken(key guide.Key, service string, kind guide.ObjectKind, name, id string) error {
	q, _ := guide.QuestionFor(key)
	return New(ClassConflict, key,
		fmt.Sprintf("%s already has the %s %q (%s), not created by this wizard.", service, kind, name, id),
		fmt.Sprintf("Choose another name (%s), or enter its ID to use it.", q.OtherSources()))
}

// Several is for objects that the name does not tell apart.
func Several(key guide.Key, service string, kind guide.ObjectKind, name string, ids ...string) error {
	return New(ClassConflict, key,
		fmt.Sprintf("%s has several objects of the kind %s named %q: %s.", service, kind, name, strings.Join(ids, ", ")),
		"Enter the ID of the one you want, or choose another name.")
}

// NotAnOrg says that an address answers, but not as an Okta org does; the token was not sent there.
func NotAnOrg(address string, err error) error {
	e, ok := apiclient.AsError(err)
	if !ok || e.Status == 0 || e.Status >= 500 || errors.Is(e.Err, apiclient.ErrRedirect) {
		return err
	}
	return &Error{
		Class: ClassUsage, Question: guide.OktaOrg, RequestID: e.RequestID,
		Problem: fmt.Sprintf("%s isn't an Okta org. The token wasn't sent.", guide.Host(address)),
		Fix:     "Check the org's URL. It looks like acme.okta.com.", Err: err,
	}
}

// NoDocument says that there is no discovery document at the address.
func NoDocument(uri string, err error) error {
	e, ok := apiclient.AsError(err)
	if !ok || e.Status < 400 || e.Status >= 500 || NeedsNoCredentials(e) {
		return err
	}
	return &Error{
		Class: ClassUsage, Question: guide.DiscoveryURI, RequestID: e.RequestID,
		Problem: fmt.Sprintf("There is no discovery document at %s (HTTP %d).", uri, e.Status),
		Fix:     "Leave the Discovery URI empty to use the one in your Okta org.", Err: err,
	}
}

// MissingPermissions is found before the first write.
func MissingPermissions(actor string, lacking []string) *Error {
	return &Error{
		Class: ClassPermission, Retry: true,
		Problem: fmt.Sprintf("In Genesys Cloud, the roles of %s lack these permissions: %s.", actor, strings.Join(lacking, ", ")),
		Fix:     PermissionFix, DocURL: permissionDoc,
	}
}

// Sentence gives text a capital letter and a full stop. A flag, a variable or a host at its beginning stays as it
// is: there capitals count, or look wrong.
func Sentence(text string) string {
	runes := []rune(strings.TrimSpace(text))
	if len(runes) == 0 {
		return ""
	}
	first, _, _ := strings.Cut(string(runes), " ")
	if !strings.ContainsAny(strings.TrimSuffix(first, ":"), "-.:/_") {
		runes[0] = unicode.ToUpper(runes[0])
	}
	if !strings.ContainsRune(".!?", runes[len(runes)-1]) {
		runes = append(runes, '.')
	}
	return string(runes)
}

// Counted is a number with its word.
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// Moment is a time in a sentence.
func Moment(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// Moments writes two times that are compared, as exactly as it takes to tell them apart.
func Moments(a, b time.Time) (first, second string) {
	for _, layout := range []string{"2006-01-02 15:04 UTC", "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05.000 UTC"} {
		if first, second = a.UTC().Format(layout), b.UTC().Format(layout); first != second {
			break
		}
	}
	return first, second
}

// Harmless returns a text that moves no cursor. Its line ends stay.
func Harmless(text string) string { return apiclient.CleanLines(text) }

// OneLine returns a text that moves no cursor and stays in its line.
func OneLine(text string) string { return apiclient.Clean(text) }

// Cause is why the system refused a file that the sentence names.
func Cause(err error) error { return apiclient.Cause(err) }

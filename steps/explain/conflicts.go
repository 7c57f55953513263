package explain

import (
	"errors"
	"fmt"
	"strings"

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

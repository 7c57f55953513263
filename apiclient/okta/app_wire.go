package okta

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

// FillFrom keeps the whole app in raw. A list holds apps of every kind, some with a null signOnMode (contract
// okta.md 1.2): only an OpenID Connect app is read further than its name.
func (a *App) FillFrom(whole apiclient.Object) error {
	a.raw = whole
	known := whole
	if whole["signOnMode"] != "OPENID_CONNECT" {
		known = apiclient.Object{}
		for _, name := range []string{"id", "name", "label", "status", "signOnMode", "created"} {
			known[name] = whole[name]
		}
	}
	// profile is free for every admin to fill, so nothing is expected of its members' types.
	if _, isText := member(known, "profile", "managedBy").(string); !isText {
		known = maps.Clone(known)
		delete(known, "profile")
	}
	if err := apiclient.FillFields(a, known); err != nil {
		return err
	}
	a.Wildcards = member(known, "settings", "oauthClient", "wildcard_redirect") == "SUBDOMAIN"
	policy, _ := member(known, "_links", "accessPolicy", "href").(string)
	a.SignInPolicy = apiclient.Clean(policy[strings.LastIndex(policy, "/")+1:])

	// The secret lives in its own type alone; an update without it keeps the old one.
	remove(a.raw, "credentials", "oauthClient", "client_secret")
	return nil
}

// createdApp is the answer to a create, which is of no use without the client ID.
type createdApp struct{ App }

// FillFrom reads the App.
func (a *createdApp) FillFrom(whole apiclient.Object) error {
	err := a.App.FillFrom(whole)
	if err == nil && a.ClientID == "" {
		err = apiclient.MissingError("credentials.oauthClient.client_id")
	}
	return err
}

// appReadOnly are the members of an answer that Okta's definition does not take in a request.
var appReadOnly = [][]string{
	{"id"},
	{"orn"},
	{"status"},
	{"created"},
	{"lastUpdated"},
	{"features"},
	{"expressConfiguration"},
	{"universalLogout"},
	{"_links"},
	{"_embedded"},
	{"credentials", "signing", "lastRotated"},
	{"credentials", "signing", "nextRotation"},
	{"settings", "emOptInStatus"},
}

// body is the whole app for an update. What the caller left alone goes back as Okta wrote it, not as it was
// cleaned for reading.
func (a App) body() (map[string]any, error) {
	if a.raw == nil {
		return nil, errors.New("only an app integration that was read can be updated")
	}
	var was App
	if err := was.FillFrom(a.raw); err != nil {
		return nil, err
	}
	body := sendable(a.raw, appReadOnly)
	before := reflect.ValueOf(was)
	for field, value := range reflect.ValueOf(a).Fields() {
		name, changes := strings.CutSuffix(field.Tag.Get("api"), ",write")
		if !changes || reflect.DeepEqual(value.Interface(), before.FieldByIndex(field.Index).Interface()) {
			continue
		}
		path, now := strings.Split(name, "."), value.Interface()
		values, isList := now.([]string)
		switch {
		case isList && values == nil: // an absent list is not an empty one: undo restores either
			remove(body, path...)
			continue
		case isList:
			now = asWritten(values, member(body, path...))
		}
		set(body, now, path...)
	}
	// Okta refuses these settings without their grant (terraform-provider-okta issue 1547).
	if !slices.Contains(a.GrantTypes, "refresh_token") {
		remove(body, "settings", "oauthClient", "refresh_token")
	}
	return body, nil
}

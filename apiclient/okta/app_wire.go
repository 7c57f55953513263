package okta

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/jsontree"
)

// FillFrom keeps the whole app, but for its secret. A list holds apps of every kind, some with a null signOnMode (contract
// okta.md 1.2): only an OpenID Connect app is read further than its name.
func (a *App) FillFrom(whole apiclient.Object) error {
	known := whole
	if whole["signOnMode"] != "OPENID_CONNECT" {
		known = apiclient.Object{}
		for _, name := range []string{"id", "name", "label", "status", "signOnMode", "created"} {
			known[name] = whole[name]
		}
	}
	// profile is free for every admin to fill, so nothing is expected of its members' types.
	if _, isText := jsontree.Member(known, "profile.managedBy").(string); !isText {
		known = maps.Clone(known)
		delete(known, "profile")
	}
	if err := apiclient.FillFields(a, known); err != nil {
		return err
	}
	a.Wildcards = jsontree.Text(known, "settings.oauthClient.wildcard_redirect") == "SUBDOMAIN"
	policy := jsontree.Text(known, "_links.accessPolicy.href")
	a.SignInPolicy = apiclient.Clean(policy[strings.LastIndex(policy, "/")+1:])

	// The secret lives in its own type alone; an update without it keeps the old one.
	jsontree.Delete(whole, "credentials.oauthClient.client_secret")
	a.Whole = apiclient.Keep(whole)
	return nil
}

// appReadOnly are the members of an answer that Okta's definition does not take in a request.
var appReadOnly = []string{
	"id", "orn", "status", "created", "lastUpdated", "features", "expressConfiguration", "universalLogout", "_links", "_embedded",
	"credentials.signing.lastRotated", "credentials.signing.nextRotation", "settings.emOptInStatus",
}

// body is the whole app for an update. What the caller left alone goes back as Okta wrote it, not as it was
// cleaned for reading.
func (a App) body() (map[string]any, error) {
	if a.Stored() == nil {
		return nil, errors.New("only an app integration that was read can be updated")
	}
	var was App
	if err := was.FillFrom(a.Stored()); err != nil {
		return nil, err
	}
	body := a.Sendable(appReadOnly...)
	before := reflect.ValueOf(was)
	for field, value := range reflect.ValueOf(a).Fields() {
		name, changes := strings.CutSuffix(field.Tag.Get("api"), ",write")
		if !changes || reflect.DeepEqual(value.Interface(), before.FieldByIndex(field.Index).Interface()) {
			continue
		}
		now := value.Interface()
		values, isList := now.([]string)
		switch {
		case isList && values == nil: // an absent list is not an empty one: undo restores either
			jsontree.Delete(body, name)
			continue
		case isList:
			now = asWritten(values, jsontree.Member(body, name))
		}
		jsontree.Put(body, name, now)
	}
	// Okta refuses these settings without their grant (terraform-provider-okta issue 1547).
	if !slices.Contains(a.GrantTypes, "refresh_token") {
		jsontree.Delete(body, "settings.oauthClient.refresh_token")
	}
	return body, nil
}

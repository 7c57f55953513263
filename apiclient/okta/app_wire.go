package okta

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"time"

	"msgsso-wizard/apiclient"
)

// appWire is an app integration as Okta sends it. A list holds apps of every kind, some with a null
// signOnMode (contract okta.md 1.2): only an OpenID Connect app is read further than its name.
type appWire struct{ app App }

// UnmarshalJSON decodes the members that App names and keeps all others in raw.
func (w *appWire) UnmarshalJSON(data []byte) error {
	var raw apiclient.Object
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	var head struct {
		ID, Name, Label, Status, SignOnMode apiclient.Text
		Created                             time.Time
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return err
	}
	w.app = App{
		ID:         string(head.ID),
		Name:       string(head.Name),
		Label:      string(head.Label),
		Status:     string(head.Status),
		SignOnMode: string(head.SignOnMode),
		Created:    head.Created,
		raw:        raw,
	}
	if w.app.SignOnMode != "OPENID_CONNECT" {
		return nil
	}
	return w.app.decodeOAuth(data)
}

// decodeOAuth fills what only an OpenID Connect app has.
func (a *App) decodeOAuth(data []byte) error {
	var answer struct {
		Credentials struct {
			OAuthClient struct {
				ClientID     apiclient.Text   `json:"client_id"`
				ClientSecret apiclient.Secret `json:"client_secret"`
				Method       apiclient.Text   `json:"token_endpoint_auth_method"`
				PKCERequired bool             `json:"pkce_required"`
			}
		}
		Settings struct {
			ImplicitAssignment bool
			Notes              struct{ Admin apiclient.Text }
			OAuthClient        struct {
				ApplicationType apiclient.Text   `json:"application_type"`
				GrantTypes      []apiclient.Text `json:"grant_types"`
				ResponseTypes   []apiclient.Text `json:"response_types"`
				RedirectURIs    []apiclient.Text `json:"redirect_uris"`
				LogoutURIs      []apiclient.Text `json:"post_logout_redirect_uris"`
				Wildcard        apiclient.Text   `json:"wildcard_redirect"`
			}
		}
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return err
	}
	client, settings := answer.Credentials.OAuthClient, answer.Settings
	a.ClientID = string(client.ClientID)
	a.ClientSecret = client.ClientSecret
	a.TokenAuthMethod = string(client.Method)
	a.PKCERequired = client.PKCERequired
	a.Implicit = settings.ImplicitAssignment
	a.AdminNote = string(settings.Notes.Admin)
	a.ApplicationType = string(settings.OAuthClient.ApplicationType)
	a.GrantTypes = apiclient.Strings(settings.OAuthClient.GrantTypes)
	a.ResponseTypes = apiclient.Strings(settings.OAuthClient.ResponseTypes)
	a.RedirectURIs = apiclient.Strings(settings.OAuthClient.RedirectURIs)
	a.LogoutURIs = apiclient.Strings(settings.OAuthClient.LogoutURIs)
	a.Wildcards = settings.OAuthClient.Wildcard == "SUBDOMAIN"

	// profile is free for every admin to fill, so nothing is expected of its members' types.
	tag, _ := member(a.raw, "profile", "managedBy").(string)
	a.ManagedBy = apiclient.Clean(tag)

	// The secret lives in its own type alone; an update without it keeps the old one.
	remove(a.raw, "credentials", "oauthClient", "client_secret")
	return nil
}

func (w appWire) value() (App, string) {
	if w.app.ID == "" {
		return App{}, "id"
	}
	return w.app, ""
}

// newAppWire is the answer to a create, which is of no use without the client id.
type newAppWire struct{ appWire }

func (w newAppWire) value() (App, string) {
	app, missing := w.appWire.value()
	if missing == "" && app.ClientID == "" {
		missing = "credentials.oauthClient.client_id"
	}
	return app, missing
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

// appFields are the members that an update can change, and where App has them.
var appFields = []struct {
	path []string
	get  func(App) any
}{
	{[]string{"label"}, func(a App) any { return a.Label }},
	{[]string{"profile", "managedBy"}, func(a App) any { return a.ManagedBy }},
	{[]string{"credentials", "oauthClient", "token_endpoint_auth_method"}, func(a App) any { return a.TokenAuthMethod }},
	{[]string{"credentials", "oauthClient", "pkce_required"}, func(a App) any { return a.PKCERequired }},
	{[]string{"settings", "implicitAssignment"}, func(a App) any { return a.Implicit }},
	{[]string{"settings", "notes", "admin"}, func(a App) any { return a.AdminNote }},
	{[]string{"settings", "oauthClient", "grant_types"}, func(a App) any { return a.GrantTypes }},
	{[]string{"settings", "oauthClient", "response_types"}, func(a App) any { return a.ResponseTypes }},
	{[]string{"settings", "oauthClient", "redirect_uris"}, func(a App) any { return a.RedirectURIs }},
	{[]string{"settings", "oauthClient", "post_logout_redirect_uris"}, func(a App) any { return a.LogoutURIs }},
}

// body is the whole app for an update. What the caller left alone goes back as Okta wrote it, not as it was
// cleaned for reading.
func (a App) body() (map[string]any, error) {
	if a.raw == nil {
		return nil, errors.New("only an app integration that was read can be updated")
	}
	data, err := json.Marshal(a.raw)
	if err != nil {
		return nil, err
	}
	var was appWire
	if err := json.Unmarshal(data, &was); err != nil {
		return nil, err
	}
	body := sendable(a.raw, appReadOnly)
	for _, field := range appFields {
		now := field.get(a)
		if reflect.DeepEqual(now, field.get(was.app)) {
			continue
		}
		values, isList := now.([]string)
		switch {
		case isList && values == nil: // an absent list is not an empty one: undo restores either
			remove(body, field.path...)
			continue
		case isList:
			now = asWritten(values, member(body, field.path...))
		}
		set(body, now, field.path...)
	}
	// Okta refuses these settings without their grant (terraform-provider-okta issue 1547).
	if !slices.Contains(a.GrantTypes, "refresh_token") {
		remove(body, "settings", "oauthClient", "refresh_token")
	}
	return body, nil
}

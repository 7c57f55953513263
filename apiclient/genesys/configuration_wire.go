package genesys

import (
	"maps"
	"reflect"
	"slices"

	"msgsso-wizard/apiclient"
)

// configurationReadOnly are the members that the API sets (contract genesys.md 2.3).
var configurationReadOnly = []string{
	"id", "version", "status", "selfUri", "dateCreated", "dateModified", "datePublished",
	"lastModifiedUser", "createdUser", "publishedUser",
}

// Differences returns the names of the top-level members in which two versions of a configuration differ,
// sorted, apart from those that the API sets by itself.
func (c Configuration) Differences(other Configuration) []string {
	mine, theirs := c.body(), other.body()
	names := maps.Clone(mine)
	maps.Copy(names, theirs)
	maps.DeleteFunc(names, func(name string, _ any) bool { return reflect.DeepEqual(mine[name], theirs[name]) })
	return slices.Sorted(maps.Keys(cleanKeys(names)))
}

// body is the whole configuration as a PUT takes it.
func (c Configuration) body() apiclient.Object {
	body := c.Sendable(configurationReadOnly...)
	body["name"] = unlessCleaned(c.Stored()["name"], c.Name, apiclient.Clean)
	if description := unlessCleaned(c.Stored()["description"], c.Description, apiclient.CleanLines); description != "" || body["description"] != nil {
		body["description"] = description
	}
	// The API answers settings without an integration, and refuses them in updates (contract genesys.md 2.2).
	if c.Auth == nil || c.Auth.IntegrationID == "" {
		delete(body, "authenticationSettings")
		return body
	}
	settings := object(body, "authenticationSettings")
	maps.Copy(settings, c.Auth.body())
	body["authenticationSettings"] = settings
	return body
}

func (a AuthenticationSettings) body() map[string]any {
	return map[string]any{"enabled": a.Enabled, "integrationId": a.IntegrationID, "allowSessionUpgrade": a.SessionUpgrade}
}

// body is a Messenger that works as it is, with the values of contract genesys.md 2.2.
func (n NewConfiguration) body() map[string]any {
	type o = map[string]any
	on := o{"enabled": true}
	body := o{
		"name": n.Name, "description": n.Description,
		"languages": n.Languages, "defaultLanguage": n.DefaultLanguage,
		"messenger": o{
			"enabled":        true,
			"styles":         o{"primaryColor": "#0165A7"},
			"launcherButton": o{"visibility": "On"},
			"homeScreen":     on,
			"apps": o{"conversations": o{
				"enabled": true, "showAgentTypingIndicator": true, "showUserTypingIndicator": true,
				"autoStart": o{"enabled": false}, "markdown": on,
				"conversationDisconnect": o{"enabled": true, "type": "Send"}, "conversationClear": on,
			}},
		},
		"position": o{"alignment": "Auto", "sideSpace": 20, "bottomSpace": 12},
	}
	if n.Auth.IntegrationID != "" {
		body["authenticationSettings"] = n.Auth.body()
	}
	return body
}

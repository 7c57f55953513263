package genesys

import (
	"maps"

	"msgsso-wizard/apiclient"
)

// unlessCleaned returns what the server has while the text is unchanged that is shown of it, so that
// cleaning for the screen never alters what is stored.
func unlessCleaned(stored any, text string, shown func(string) string) string {
	if was, ok := stored.(string); ok && was != emptyNotes && shown(was) == text {
		return was
	}
	return text
}

// object returns a copy of a member that is an object, or an empty one.
func object(o apiclient.Object, name string) map[string]any {
	member, _ := o[name].(map[string]any)
	if member == nil {
		return map[string]any{}
	}
	return maps.Clone(member)
}

// cleanKeys cleans the names that a server gave to the members of an object.
func cleanKeys[V any](m map[string]V) map[string]V {
	cleaned := make(map[string]V, len(m))
	for name, value := range m {
		cleaned[apiclient.Clean(name)] = value
	}
	return cleaned
}

// Stored returns the configuration as Genesys Cloud wrote it, but without notes where it has its word for empty ones. It is
// only to be read.
func (c IntegrationConfig) Stored() apiclient.Object {
	whole := c.Whole.Stored()
	if whole["notes"] != emptyNotes {
		return whole
	}
	whole = maps.Clone(whole)
	delete(whole, "notes")
	return whole
}

// deploymentReadOnly are the members that the API sets (contract genesys.md 2.4). The status is not among
// them: a PUT carries it.
var deploymentReadOnly = []string{"id", "snippet", "selfUri", "dateCreated", "dateModified", "lastModifiedUser"}

// body is the whole deployment as a POST or PUT takes it.
func (d Deployment) body() apiclient.Object {
	body := d.Sendable(deploymentReadOnly...)
	body["name"] = unlessCleaned(d.Stored()["name"], d.Name, apiclient.Clean)
	if description := unlessCleaned(d.Stored()["description"], d.Description, apiclient.CleanLines); description != "" || body["description"] != nil {
		body["description"] = description
	}
	if d.Status != "" {
		body["status"] = d.Status
	}
	// A list answers the whole configuration here; a PUT takes its id and version.
	body["configuration"] = map[string]any{"id": d.ConfigurationID, "version": d.ConfigurationVersion}
	body["allowAllDomains"] = d.AllowAllDomains
	body["allowedDomains"] = []string{}
	if !d.AllowAllDomains && d.AllowedDomains != nil {
		body["allowedDomains"] = d.AllowedDomains
	}
	switch flow := object(body, "flow"); {
	case d.FlowID == "":
		delete(body, "flow")
	case flow["id"] != d.FlowID:
		body["flow"] = map[string]any{"id": d.FlowID}
	}
	return body
}

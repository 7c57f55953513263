package genesys

import (
	"msgsso-wizard/apiclient"
)

// deploymentReadOnly are the members that the API sets (contract genesys.md 2.4). The status is not among
// them: a PUT carries it.
var deploymentReadOnly = []string{"id", "snippet", "selfUri", "dateCreated", "dateModified", "lastModifiedUser"}

// body is the whole deployment as a POST or PUT takes it.
func (d Deployment) body() apiclient.Object {
	body := writable(d.raw, deploymentReadOnly)
	body["name"] = unlessCleaned(d.raw["name"], d.Name, apiclient.Clean)
	if description := unlessCleaned(d.raw["description"], d.Description, apiclient.CleanLines); description != "" || body["description"] != nil {
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

// FillFrom keeps the whole deployment in raw.
func (d *Deployment) FillFrom(whole apiclient.Object) error {
	d.raw = whole
	return apiclient.FillFields(d, whole)
}

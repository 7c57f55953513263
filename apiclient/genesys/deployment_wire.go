package genesys

import (
	"encoding/json"

	"msgsso-wizard/apiclient"
)

// deploymentReadOnly are the members that the API sets (contract genesys.md 2.4). The status is not among
// them: a PUT carries it.
var deploymentReadOnly = []string{"id", "snippet", "selfUri", "dateCreated", "dateModified", "lastModifiedUser"}

func (n NewDeployment) body() apiclient.Object {
	d := Deployment{
		Name: n.Name, Description: n.Description, FlowID: n.FlowID,
		ConfigurationID: n.ConfigurationID, ConfigurationVersion: n.ConfigurationVersion,
		AllowAllDomains: n.AllowAllDomains, AllowedDomains: n.AllowedDomains,
	}
	return d.body()
}

// body is the whole deployment as a POST or PUT takes it.
func (d Deployment) body() apiclient.Object {
	body := writable(d.raw, deploymentReadOnly)
	body["name"] = unlessCleaned(d.raw["name"], d.Name, clean)
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

func (d Deployment) key() string { return d.ID }

// UnmarshalJSON reads WebDeployment as the API sends it, and keeps it whole.
func (d *Deployment) UnmarshalJSON(data []byte) error {
	var w struct {
		ID, Name      apiclient.Text
		Description   apiclient.Lines
		Status        apiclient.Text
		Configuration struct {
			ID      apiclient.Text
			Version versionText
		}
		AllowAllDomains bool
		AllowedDomains  []apiclient.Text
		Flow            ref
		Snippet         apiclient.Lines
		DateModified    apiclient.Text
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	var raw apiclient.Object
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	*d = Deployment{
		ID: string(w.ID), Name: string(w.Name), Description: string(w.Description), Status: string(w.Status),
		ConfigurationID: string(w.Configuration.ID), ConfigurationVersion: string(w.Configuration.Version),
		AllowAllDomains: w.AllowAllDomains, AllowedDomains: apiclient.Strings(w.AllowedDomains),
		FlowID: string(w.Flow.ID), Snippet: string(w.Snippet), Modified: moment(w.DateModified),
		raw: raw,
	}
	return nil
}

package genesyssim

import (
	"net/http"
	"slices"

	"msgsso-wizard/apiclient/simulator/simkit"
)

const credentialsURI = integrationsURI + "credentials/"

// redacted stands for a field's value in every answer.
const redacted = "********"

// credential is what requests set of one. Its type stays.
type credential struct {
	name   string
	kind   *record[credentialType]
	fields object
}

// credentialType is one kind of credential, with its fields and those of them that must be there.
type credentialType struct {
	Name             string
	Fields, Required []string
}

// mostCredentials is how many the newer list shows on a page, which has cursors.
const mostCredentials = 200

var (
	credentials = resource[credential]{
		path: "/integrations/credentials", entity: integrationEntity, calls: "LIST GET POST PUT DELETE", gone: http.StatusNoContent,
		in: func(s *Server) *store[credential] { return &s.credentials }, paging: numbered[*record[credential]],
		request: "credential", check: checkCredential, show: showCredential, whole: showFields,
	}
	credentialListing = resource[credential]{
		path: "/integrations/credentials/listing", entity: integrationEntity, calls: "LIST",
		in: credentials.in, paging: cursored[*record[credential]](mostCredentials), show: showCredential,
	}
	credentialTypes = resource[credentialType]{
		path: "/integrations/credentials/types", entity: integrationEntity, calls: "LIST",
		in: func(s *Server) *store[credentialType] { return &s.credentialTypes }, paging: unpaged[*record[credentialType]],
		show: showCredentialType,
	}
)

func checkCredential(c *call, r *record[credential]) (credential, error) {
	wanted := text(c.body, "type", "name")
	at := slices.IndexFunc(c.s.credentialTypes, func(t *record[credentialType]) bool { return t.body.Name == wanted })
	if at < 0 {
		return credential{}, broken("type.name", "[%s] is not a credential type", wanted)
	}
	kind := c.s.credentialTypes[at]
	if err := kind.body.shape().check("credentialFields", sub(c.body, "credentialFields")); err != nil {
		return credential{}, err
	}
	if r != nil && r.body.kind != kind {
		return credential{}, broken("type.name", "the type of a credential cannot change")
	}
	return credential{text(c.body, "name"), kind, sub(c.body, "credentialFields")}, nil
}

// shape is what the fields of a credential must look like.
func (t credentialType) shape() shape {
	want := shape{kind: "object", needs: t.Required, members: map[string]shape{}}
	for _, field := range t.Fields {
		want.members[field] = shape{kind: "string"}
	}
	for _, field := range t.Required {
		want.members[field] = shape{kind: "string", min: 1, max: simkit.MaxBody}
	}
	return want
}

// showCredential is the vendor's CredentialInfo: what a credential is, never what it holds.
func showCredential(_ *call, r *record[credential]) object {
	return object{
		"id": r.id, "name": r.body.name, "type": object{"id": r.body.kind.id, "name": r.body.kind.body.Name},
		"createdDate": stamp(r.created), "modifiedDate": stamp(r.modified),
		"selfUri": credentialsURI + r.id,
	}
}

// showFields is the vendor's Credential; the fields' values are withheld.
func showFields(c *call, r *record[credential]) object {
	fields := object{}
	for key := range r.body.fields {
		fields[key] = redacted
	}
	return object{
		"id": r.id, "name": r.body.name, "type": showCredentialType(c, r.body.kind), "credentialFields": fields,
		"selfUri": credentialsURI + r.id,
	}
}

// showCredentialType is the vendor's CredentialType.
func showCredentialType(_ *call, r *record[credentialType]) object {
	properties := object{}
	for _, field := range r.body.Fields {
		properties[field] = object{"type": "string", "title": field}
	}
	return object{
		"id": r.id, "name": r.body.Name, "required": r.body.Required, "displayOrder": r.body.Fields, "properties": properties,
	}
}

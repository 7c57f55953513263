package genesyssim

import (
	"net/http"
	"slices"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

const credentialsURI = integrationsURI + "credentials/"

// redacted stands for a field's value in every answer.
const redacted = "********"

// credential is what requests set of one. Its type stays.
type credential struct {
	name   string
	kind   *versioned[object]
	fields object
}

// mostCredentials is how many the newer list shows on a page, which has cursors.
const mostCredentials = 200

var (
	credentials = resource[credential]{
		path: "/integrations/credentials", entity: integrationEntity, calls: "LIST GET POST PUT DELETE", gone: http.StatusNoContent,
		in:      func(s *Server) *store[credential] { return &s.credentials },
		request: "credential", check: checkCredential, show: showCredential, whole: showFields,
	}
	credentialListing = resource[credential]{
		path: "/integrations/credentials/listing", entity: integrationEntity, calls: "LIST",
		in: credentials.in, cursors: mostCredentials, show: showCredential,
	}
	credentialTypes = resource[object]{
		path: "/integrations/credentials/types", entity: integrationEntity, calls: "LIST",
		in: func(s *Server) *store[object] { return &s.credentialTypes }, unpaged: true,
		show: showBody,
	}
)

func checkCredential(c *call, r *versioned[credential]) (credential, error) {
	wanted := jsontree.Text(c.body, "type.name")
	at := slices.IndexFunc(c.s.credentialTypes, func(t *versioned[object]) bool { return t.body["name"] == wanted })
	if at < 0 {
		return credential{}, broken("type.name", "[%s] is not a credential type", wanted)
	}
	kind := c.s.credentialTypes[at]
	if err := checkShape(shapeOfSchema(kind.body), "credentialFields", jsontree.Sub(c.body, "credentialFields")); err != nil {
		return credential{}, err
	}
	if r != nil && r.body.kind != kind {
		return credential{}, broken("type.name", "the type of a credential cannot change")
	}
	return credential{jsontree.Text(c.body, "name"), kind, jsontree.Sub(c.body, "credentialFields")}, nil
}

// showCredential is the vendor's CredentialInfo: what a credential is, never what it holds.
func showCredential(_ *call, r *versioned[credential]) object {
	return object{
		"id": r.id, "name": r.body.name, "type": object{"id": r.body.kind.id, "name": r.body.kind.body["name"]},
		"createdDate": simkit.Stamp(r.created), "modifiedDate": simkit.Stamp(r.modified),
		"selfUri": credentialsURI + r.id,
	}
}

// showFields is the vendor's Credential; the fields' values are withheld.
func showFields(_ *call, r *versioned[credential]) object {
	fields := object{}
	for key := range r.body.fields {
		fields[key] = redacted
	}
	return object{
		"id": r.id, "name": r.body.name, "type": r.body.kind.body, "credentialFields": fields,
		"selfUri": credentialsURI + r.id,
	}
}

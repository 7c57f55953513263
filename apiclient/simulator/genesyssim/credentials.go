package genesyssim

import (
	"slices"
	"strings"
	"time"
)

type credential struct {
	life
	id, name          string
	kind              credentialType
	fields            map[string]string
	created, modified time.Time
}

const credentialsURI = integrationsURI + "credentials/"

// redacted stands for a field's value in every answer.
const redacted = "********"

// info is the vendor's CredentialInfo: what a credential is, never what it holds.
func (d *credential) info() object {
	return object{
		"id": d.id, "name": d.name, "type": object{"id": d.kind.id, "name": d.kind.name},
		"createdDate": stamp(d.created), "modifiedDate": stamp(d.modified),
		"selfUri": credentialsURI + d.id,
	}
}

func (s *Server) credentialByID(id string) *credential {
	return find(s.credentials, func(d *credential) bool { return d.id == id })
}

// readCredential checks a request's credential and returns its type and fields.
func (s *Server) readCredential(c *call) (credentialType, map[string]string, error) {
	none := credentialType{}
	if err := check("", c.body, credentialShape); err != nil {
		return none, nil, err
	}
	name := str(sub(c.body, "type"), "name")
	at := slices.IndexFunc(s.credentialTypes, func(t credentialType) bool { return t.name == name })
	if at < 0 {
		return none, nil, broken("type.name", "[%s] is not a credential type", name)
	}
	kind := s.credentialTypes[at]
	fields := map[string]string{}
	for key, value := range sub(c.body, "credentialFields") {
		if !slices.Contains(kind.fields, key) {
			return none, nil, refuse("invalid.property", key, "credentialFields")
		}
		fields[key], _ = value.(string)
	}
	for _, key := range kind.required {
		if strings.TrimSpace(fields[key]) == "" {
			return none, nil, broken("credentialFields."+key, "must not be empty")
		}
	}
	return kind, fields, nil
}

// listCredentials is getIntegrationsCredentials.
func (s *Server) listCredentials(c *call) (any, error) {
	return page(c, visible(s.credentials, c.now), (*credential).info)
}

// listCredentialTypes is getIntegrationsCredentialsTypes, which takes no paging.
func (s *Server) listCredentialTypes(*call) (any, error) {
	list := make([]object, 0, len(s.credentialTypes))
	for _, kind := range s.credentialTypes {
		list = append(list, kind.object())
	}
	return object{
		"entities": list, "total": len(list), "pageSize": len(list), "pageNumber": 1, "pageCount": 1,
		"selfUri": credentialsURI + "types",
	}, nil
}

// createCredential is postIntegrationsCredentials.
func (s *Server) createCredential(c *call) (any, error) {
	kind, fields, err := s.readCredential(c)
	if err != nil {
		return nil, err
	}
	made := &credential{
		life: s.begin(c.now), id: s.ids.UUID(), name: str(c.body, "name"), kind: kind, fields: fields,
		created: c.now, modified: c.now,
	}
	s.credentials = append(s.credentials, made)
	return made.info(), nil
}

func (s *Server) credential(c *call) (*credential, error) {
	held := s.credentialByID(c.path("id"))
	if held == nil || !c.meets(&held.life) {
		return nil, refuse("not.found")
	}
	return held, nil
}

// getCredential is getIntegrationsCredential; the fields' values are withheld.
func (s *Server) getCredential(c *call) (any, error) {
	held, err := s.credential(c)
	if err != nil {
		return nil, err
	}
	fields := object{}
	for key := range held.fields {
		fields[key] = redacted
	}
	return object{
		"id": held.id, "name": held.name, "type": held.kind.object(), "credentialFields": fields,
		"selfUri": credentialsURI + held.id,
	}, nil
}

// putCredential is putIntegrationsCredential: the body replaces name and fields, the type stays.
func (s *Server) putCredential(c *call) (any, error) {
	held, err := s.credential(c)
	if err != nil {
		return nil, err
	}
	kind, fields, err := s.readCredential(c)
	if err != nil {
		return nil, err
	}
	if kind.name != held.kind.name {
		return nil, broken("type.name", "the type of a credential cannot change")
	}
	held.name, held.fields, held.modified = str(c.body, "name"), fields, c.now
	return held.info(), nil
}

// deleteCredential is deleteIntegrationsCredential.
func (s *Server) deleteCredential(c *call) (any, error) {
	held, err := s.credential(c)
	if err != nil {
		return nil, err
	}
	s.end(&held.life, c.now)
	return nil, nil
}

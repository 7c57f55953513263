package genesyssim

import "slices"

// emptyNotes is what empty notes read back as at times (contract genesys.md 1.3).
const emptyNotes = "node_dynamodb_empty_string"

func (s *Server) notes(text string) string {
	if text == "" && s.quirks.emptyNotes {
		return emptyNotes
	}
	return text
}

// showSettings is the vendor's IntegrationConfiguration.
func showSettings(c *call, r *record[integration]) object {
	credentials := object{}
	for key, held := range r.body.credentials {
		if c.s.credentials.find(held.id) != nil {
			credentials[key] = showCredential(c, held)
		}
	}
	return object{
		"id": r.id, "name": r.body.name, "version": r.body.version, "notes": c.s.notes(r.body.notes),
		"properties": r.body.properties, "advanced": object{}, "credentials": credentials,
		"selfUri": integrationsURI + r.id + "/config/current",
	}
}

// checkSettings takes a whole configuration: the version guards it, and all members are required.
func checkSettings(c *call, r *record[integration]) (integration, error) {
	next, kind := r.body, r.body.kind.body
	if given, _ := c.body["version"].(float64); int(given) != next.version {
		return next, c.s.versionConflict(int(given), next.version)
	}
	if err := kind.shape().check("properties", c.body["properties"]); err != nil {
		return next, err
	}
	if len(sub(c.body, "advanced")) > 0 {
		return next, broken("advanced", "this type takes no advanced properties")
	}
	credentials, err := c.s.checkCredentials(kind, sub(c.body, "credentials"))
	next.name, next.notes, next.version = text(c.body, "name"), text(c.body, "notes"), next.version+1
	next.properties, next.credentials = sub(c.body, "properties"), credentials
	return next, err
}

// versionConflict comes as 409 or as 400 (contract genesys.md 1.3).
func (s *Server) versionConflict(given, current int) error {
	if !s.options.VersionConflict400 {
		return refuse("version.conflict")
	}
	no := refuse("bad.request")
	no.sentence = "Version %s does not match the current version %s."
	no.args = []any{given, current}
	return no
}

// checkCredentials resolves the references and refuses a key or a credential that does not fit the type.
func (s *Server) checkCredentials(kind integrationType, given object) (map[string]*record[credential], error) {
	held := map[string]*record[credential]{}
	for key := range given {
		slot, ok := kind.Credentials[key]
		if !ok {
			return nil, refuse("invalid.property", key, "credentials")
		}
		found := s.credentials.find(text(given, key, "id"))
		if found == nil {
			return nil, broken("credentials."+key, "the credential does not exist")
		}
		if name := found.body.kind.body.Name; !slices.Contains(slot.Types, name) {
			return nil, broken("credentials."+key, "a credential of type %s is not accepted", name)
		}
		held[key] = found
	}
	return held, nil
}

package genesyssim

import "slices"

// emptyNotes is what empty notes read back as at times (contract genesys.md 1.3).
const emptyNotes = "node_dynamodb_empty_string"

// integrationConfig is an integration's current configuration.
type integrationConfig struct {
	name, notes string
	version     int
	properties  object
	advanced    object
	credentials map[string]string // credential id by key
}

func (c *integrationConfig) holds(credentialID string) bool {
	for _, id := range c.credentials {
		if id == credentialID {
			return true
		}
	}
	return false
}

func (s *Server) notes(text string) string {
	if text == "" && s.quirks.emptyNotes {
		return emptyNotes
	}
	return text
}

// configObject is the vendor's IntegrationConfiguration.
func (s *Server) configObject(i *integration) object {
	credentials := object{}
	for key, id := range i.config.credentials {
		if held := s.credentialByID(id); held != nil {
			credentials[key] = held.info()
		}
	}
	return object{
		"id": i.id, "name": i.config.name, "version": i.config.version, "notes": s.notes(i.config.notes),
		"properties": i.config.properties, "advanced": i.config.advanced, "credentials": credentials,
		"selfUri": integrationsURI + i.id + "/config/current",
	}
}

// getConfig is getIntegrationConfigCurrent.
func (s *Server) getConfig(c *call) (any, error) {
	i, err := s.integration(c)
	if err != nil {
		return nil, err
	}
	return s.configObject(i), nil
}

// putConfig is putIntegrationConfigCurrent: the version guards it, and all members are required.
func (s *Server) putConfig(c *call) (any, error) {
	i, err := s.integration(c)
	if err != nil {
		return nil, err
	}
	if err := check("", c.body, configShape); err != nil {
		return nil, err
	}
	if version, _ := c.body["version"].(float64); int(version) != i.config.version {
		return nil, s.versionConflict(int(version), i.config.version)
	}
	if err := checkProperties(i.kind, sub(c.body, "properties")); err != nil {
		return nil, err
	}
	if advanced := sub(c.body, "advanced"); len(advanced) > 0 {
		return nil, broken("advanced", "this type takes no advanced properties")
	}
	credentials, err := s.checkCredentials(i.kind, sub(c.body, "credentials"))
	if err != nil {
		return nil, err
	}
	i.config = integrationConfig{
		name: str(c.body, "name"), notes: str(c.body, "notes"), version: i.config.version + 1,
		properties: sub(c.body, "properties"), advanced: object{}, credentials: credentials,
	}
	return s.configObject(i), nil
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
func (s *Server) checkCredentials(kind *integrationType, given object) (map[string]string, error) {
	ids := map[string]string{}
	for key := range given {
		spec, ok := kind.credentials[key]
		if !ok {
			return nil, refuse("invalid.property", key, "credentials")
		}
		held := s.credentialByID(str(sub(given, key), "id"))
		if held == nil {
			return nil, broken("credentials."+key, "the credential does not exist")
		}
		if !slices.Contains(spec.types, held.kind.name) {
			return nil, broken("credentials."+key, "a credential of type %s is not accepted", held.kind.name)
		}
		ids[key] = held.id
	}
	return ids, nil
}

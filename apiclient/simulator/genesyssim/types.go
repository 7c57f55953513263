package genesyssim

// integrationType is one entry of the catalogue of integrations.
type integrationType struct {
	id, name, description, category string
	properties                      []property
	credentials                     map[string]credentialSpec // by the key that a configuration uses
	brief                           bool                      // the list's entry leaves the credentials out
	nonInstallable                  bool
	maxInstances                    int // 0: no limit
}

// credentialSpec says which credential an integration takes under a key.
type credentialSpec struct {
	required bool
	title    string
	types    []string
}

// credentialType is one kind of credential and its fields.
type credentialType struct {
	id, name string
	fields   []string
	required []string
}

func (t *integrationType) uri() string { return "/api/v2/integrations/types/" + t.id }

// object is the vendor's IntegrationType; the list's entry may be brief.
func (t *integrationType) object(inList bool) object {
	o := object{
		"id": t.id, "name": t.name, "description": t.description, "category": t.category,
		"provider": "genesys", "vendorName": "Genesys", "images": []object{},
		"configPropertiesSchemaUri": t.uri() + "/configschemas/properties",
		"configAdvancedSchemaUri":   t.uri() + "/configschemas/advanced",
		"helpUri":                   "https://help.mypurecloud.com/", "helpLinks": []object{},
		"nonInstallable": t.nonInstallable, "userPermissions": []string{}, "vendorOAuthClientIds": []string{},
		"selfUri": t.uri(),
	}
	if t.maxInstances > 0 {
		o["maxInstances"] = t.maxInstances
	}
	if inList && t.brief {
		return o
	}
	credentials := object{}
	for key, spec := range t.credentials {
		credentials[key] = object{"required": spec.required, "title": spec.title, "credentialTypes": spec.types}
	}
	o["credentials"] = credentials
	return o
}

// object is the vendor's CredentialType.
func (t credentialType) object() object {
	properties := object{}
	for _, field := range t.fields {
		properties[field] = object{"type": "string", "title": field}
	}
	return object{
		"id": t.id, "name": t.name, "required": t.required, "displayOrder": t.fields,
		"properties": properties,
	}
}

func (s *Server) typeByID(id string) *integrationType {
	for i := range s.types {
		if s.types[i].id == id {
			return &s.types[i]
		}
	}
	return nil
}

// listTypes is getIntegrationsTypes.
func (s *Server) listTypes(c *call) (any, error) {
	return page(c, s.types, func(t integrationType) object { return t.object(true) })
}

// getType is getIntegrationsType.
func (s *Server) getType(c *call) (any, error) {
	t := s.typeByID(c.path("id"))
	if t == nil {
		return nil, refuse("not.found")
	}
	return t.object(false), nil
}

// getSchema is getIntegrationsTypeConfigschema.
func (s *Server) getSchema(c *call) (any, error) {
	t := s.typeByID(c.path("id"))
	if t == nil {
		return nil, refuse("not.found")
	}
	switch kind := c.path("schema"); kind {
	case "properties":
		return schemaDocument(t.name, t.properties), nil
	case "advanced":
		return schemaDocument(t.name, nil), nil
	default:
		return nil, refuse("invalid.value", kind, "configType", "properties, advanced")
	}
}

package genesyssim

// integrationType is one entry of the catalogue of integrations.
type integrationType struct {
	name, description, category string
	schema                      shape                     // of the properties
	credentials                 map[string]credentialSlot // by the key that a configuration uses
	brief                       bool                      // the list's entry leaves the credentials out
	nonInstallable              bool
	maxInstances                int // 0: no limit
}

// credentialSlot says which credential an integration takes under a key.
type credentialSlot struct {
	required bool
	title    string
	types    []string
}

var types = resource[integrationType]{
	in: func(s *Server) *store[integrationType] { return &s.types }, paging: numbered[*record[integrationType]],
	show: showType, whole: showWholeType,
}

// showType is the vendor's IntegrationType as lists have it.
func showType(c *call, r *record[integrationType]) object {
	o := showWholeType(c, r)
	if r.body.brief {
		delete(o, "credentials")
	}
	return o
}

func showWholeType(_ *call, r *record[integrationType]) object {
	uri, credentials := integrationsURI+"types/"+r.id, object{}
	for key, slot := range r.body.credentials {
		credentials[key] = object{"required": slot.required, "title": slot.title, "credentialTypes": slot.types}
	}
	o := object{
		"id": r.id, "name": r.body.name, "description": r.body.description, "category": r.body.category,
		"provider": "genesys", "vendorName": "Genesys", "images": []object{},
		"configPropertiesSchemaUri": uri + "/configschemas/properties",
		"configAdvancedSchemaUri":   uri + "/configschemas/advanced",
		"helpUri":                   "https://help.mypurecloud.com/", "helpLinks": []object{},
		"nonInstallable": r.body.nonInstallable, "userPermissions": []string{}, "vendorOAuthClientIds": []string{},
		"credentials": credentials, "selfUri": uri,
	}
	if r.body.maxInstances > 0 {
		o["maxInstances"] = r.body.maxInstances
	}
	return o
}

// typeSchema is getIntegrationsTypeConfigschema.
func typeSchema(c *call) (any, error) {
	t, err := types.find(c)
	if err != nil {
		return nil, err
	}
	switch kind := c.path("schema"); kind {
	case "properties":
		return t.body.schema.schema(t.body.name), nil
	case "advanced":
		return shape{}.schema(t.body.name), nil
	default:
		return nil, refuse("invalid.value", kind, "configType", "properties, advanced")
	}
}

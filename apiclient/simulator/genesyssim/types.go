package genesyssim

import "maps"

// integrationType is one entry of the catalogue of integrations.
type integrationType struct {
	ID, Name, Description, Category string
	Properties                      map[string]object // their JSON schemas
	Needs                           []string          // properties that must be set
	Credentials                     map[string]credentialSlot
	MaxInstances                    int  // 0: no limit
	brief                           bool // the list's entry leaves the credentials out
	nonInstallable                  bool
}

// credentialSlot is the vendor's CredentialSpecification: the credential that a configuration has under a key.
type credentialSlot struct {
	Required bool     `json:"required"`
	Title    string   `json:"title"`
	Types    []string `json:"credentialTypes"`
}

var types = resource[integrationType]{
	path: "/integrations/types", entity: integrationEntity, calls: "LIST GET",
	in: func(s *Server) *store[integrationType] { return &s.types }, paging: numbered[*record[integrationType]],
	show: showType, whole: showWholeType,
}

// shape is what the properties of a configuration must look like.
func (t integrationType) shape() shape {
	want := shape{kind: "object", needs: t.Needs, members: map[string]shape{}}
	for key, p := range t.Properties {
		least, _ := p["minimum"].(float64)
		most, _ := p["maximum"].(float64)
		want.members[key] = shape{kind: text(p, "type"), uri: p["format"] == "uri", min: int(least), max: int(most)}
	}
	return want
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
	uri, credentials := integrationsURI+"types/"+r.id, map[string]credentialSlot{}
	if r.body.Credentials != nil {
		credentials = r.body.Credentials
	}
	o := object{
		"id": r.id, "name": r.body.Name, "description": r.body.Description, "category": r.body.Category,
		"provider": "genesys", "vendorName": "Genesys", "images": []object{},
		"configPropertiesSchemaUri": uri + "/configschemas/properties", "configAdvancedSchemaUri": uri + "/configschemas/advanced",
		"helpUri": "https://help.mypurecloud.com/", "helpLinks": []object{},
		"nonInstallable": r.body.nonInstallable, "userPermissions": []string{}, "vendorOAuthClientIds": []string{},
		"credentials": credentials, "selfUri": uri,
	}
	if r.body.MaxInstances > 0 {
		o["maxInstances"] = r.body.MaxInstances
	}
	return o
}

// typeSchema is the vendor's JsonSchemaDocument of a type's properties, or of its advanced ones, of which none has any.
func typeSchema(c *call, t *record[integrationType]) (any, error) {
	properties, needs := t.body.Properties, append([]string{}, t.body.Needs...)
	if kind := c.path("schema"); kind == "advanced" {
		properties, needs = nil, []string{}
	} else if kind != "properties" {
		return nil, refuse("invalid.value", kind, "configType", "properties, advanced")
	}
	return object{
		"$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "title": t.body.Name,
		"description": "Configuration of " + t.body.Name, "required": needs, "properties": maps.Collect(maps.All(properties)),
	}, nil
}

package genesyssim

import (
	"maps"
	"slices"

	"msgsso-wizard/apiclient/simulator/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// integrationType is one entry of the catalogue of integrations: the vendor's IntegrationType, and the schema of its
// properties.
type integrationType struct {
	shown, schema object
	brief         bool // the list's entry leaves the credentials out
}

var types = resource[integrationType]{
	path: "/integrations/types", entity: integrationEntity, calls: "LIST GET",
	in:   func(s *Server) *store[integrationType] { return &s.types },
	show: showType, whole: func(_ *call, r *record[integrationType]) object { return r.body.shown },
}

// showType is a type as lists have it.
func showType(_ *call, r *record[integrationType]) object {
	if !r.body.brief {
		return r.body.shown
	}
	o := maps.Clone(r.body.shown)
	delete(o, "credentials")
	return o
}

// typeSchema is the vendor's JsonSchemaDocument of a type's properties, or of its advanced ones, of which none has any.
func typeSchema(c *call, t *record[integrationType]) (any, error) {
	name := jsontree.Text(t.body.shown, "name")
	document := object{
		"$schema": "http://json-schema.org/draft-04/schema#", "type": "object", "title": name,
		"description": "Configuration of " + name, "required": []string{}, "properties": object{},
	}
	switch kind := c.path("schema"); kind {
	case "properties":
		maps.Copy(document, t.body.schema)
	case "advanced":
	default:
		return nil, refuse("invalid.value", kind, "configType", "properties, advanced")
	}
	return document, nil
}

// shapeOfSchema is what a JSON schema says of the members of an object.
func shapeOfSchema(schema object) shape {
	want := shape{kind: "object", needs: jsontree.Texts(schema, "required"), members: map[string]shape{}}
	for key := range jsontree.Sub(schema, "properties") {
		p := jsontree.Sub(schema, "properties."+key)
		least, _ := p["minimum"].(float64)
		most, _ := p["maximum"].(float64)
		member := shape{kind: jsontree.Text(p, "type"), uri: p["format"] == "uri", min: int(least), max: int(most)}
		if member.kind == "string" && slices.Contains(want.needs, key) {
			member.min, member.max = 1, simkit.MaxBody
		}
		want.members[key] = member
	}
	return want
}

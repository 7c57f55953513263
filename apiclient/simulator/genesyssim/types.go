package genesyssim

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/shape"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// integrationType is one entry of the catalog of integrations: the vendor's IntegrationType, and the schema of its
// properties.
type integrationType struct {
	shown, schema object
	brief         bool // the list's entry leaves the credentials out
}

var types = resource[integrationType]{
	path: "/integrations/types", entity: integrationEntity, calls: "LIST GET",
	in:   func(s *Server) *store[integrationType] { return &s.types },
	show: showType, whole: func(_ *call, r *versioned[integrationType]) object { return r.body.shown },
}

// showType is a type as lists have it.
func showType(_ *call, r *versioned[integrationType]) object {
	if !r.body.brief {
		return r.body.shown
	}
	o := maps.Clone(r.body.shown)
	delete(o, "credentials")
	return o
}

// typeSchema is the vendor's JsonSchemaDocument of a type's properties, or of its advanced ones, of which none has any.
func typeSchema(c *call, t *versioned[integrationType]) (any, error) {
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
func shapeOfSchema(schema object) shape.Shape {
	want, needs := shape.Shape{Kind: "object"}, jsontree.Texts(schema, "required")
	for _, key := range slices.Sorted(maps.Keys(jsontree.Sub(schema, "properties"))) {
		member := shapeOfProperty(jsontree.Sub(schema, "properties."+key))
		if items := jsontree.Sub(schema, "properties."+key+".items"); items != nil {
			inner := shapeOfProperty(items)
			inner.Min, inner.Max = 1, cmp.Or(inner.Max, simkit.MaxBody)
			member.Items = &inner
		}
		if member.Needed = slices.Contains(needs, key); member.Needed && member.Kind == "string" {
			member.Min, member.Max = 1, cmp.Or(member.Max, simkit.MaxBody)
		}
		want.Add(key, member)
	}
	return want
}

func shapeOfProperty(p object) shape.Shape {
	want := shape.Shape{
		Kind: jsontree.Text(p, "type"), URI: p["format"] == "uri", Trim: true, Min: jsontree.Whole(p, "minimum"), Max: jsontree.Whole(p, "maximum"),
	}
	if allowed := jsontree.Texts(p, "enum"); len(allowed) > 0 {
		want.Allowed = allowed
	}
	return want
}

// catalogJSON has the types of integrations and credentials. What the contract marks as not established is picked
// from its lists by the seed (contract genesys.md 1.1).
//
//go:embed catalog.json
var catalogJSON []byte

type catalog struct {
	CredentialTypes, Types []object
	Common, Messenger      object
	Properties, Unusual    map[string]object
	Picks                  map[string][]string
}

const (
	usualRefresh = 86400 // seconds, the default of Max Refresh Token Lifetime where it is required
	fewestApps   = 32    // applications of the market place that every catalog has at least
)

// plantTypes builds the catalog.
func (s *Server) plantTypes(ids *simkit.IDs) {
	from := simkit.Embedded[catalog](catalogJSON)
	pick := func(names ...string) (picked string) {
		for _, name := range names {
			picked += ids.Pick(from.Picks[name]...)
		}
		return picked
	}
	name := pick("credentialType", "credentialTypeEnd")
	key, secret, _ := strings.Cut(pick("fields"), " ")
	heldID := ids.UUID()
	if chance(ids, 2) {
		heldID = name
	}
	for _, t := range from.CredentialTypes {
		s.plantCredentialType(ids.UUID(), t)
	}
	fields := []any{key, secret}
	held := object{"name": name, "displayOrder": fields, "required": fields}
	if !s.unusual() {
		s.plantCredentialType(heldID, held)
	}

	apps := fewestApps
	if chance(ids, 2) {
		apps = 4 * fewestApps
	}
	for n := range apps {
		from.Types = append(from.Types, object{
			"id": fmt.Sprintf("premium-app-%03d", n+1), "name": fmt.Sprintf("Premium application %03d", n+1), "category": "Applications",
		})
	}
	for _, t := range from.Types {
		t["description"] = t["name"]
		s.plantType(len(s.types), from.Common, t, false)
	}
	anywhere := func() int { // in the second half, so beyond the first page of a long catalog at times
		half := len(s.types) / 2
		return half + ids.Below(len(s.types)-half+1)
	}
	if chance(ids, 3) {
		lookAlike := maps.Clone(from.Messenger)
		lookAlike["id"], lookAlike["nonInstallable"] = pick("lookAlike"), true
		s.plantType(anywhere(), from.Common, lookAlike, false)
	}
	messenger, lifetime, most := from.Messenger, pick("lifetime"), 10
	required := chance(ids, 8)
	if chance(ids, 2) {
		most = 20
	}
	s.messengerID = pick("id", "idMiddle", "idEnd")
	messenger["id"], messenger["name"], messenger["maxInstances"] = s.messengerID, pick("name"), float64(cmp.Or(s.options.MaxInstances, most))
	brief, discovery := chance(ids, 2), pick("discovery")
	needs := []any{discovery}
	if required {
		needs = append(needs, lifetime)
		from.Properties["lifetime"]["default"] = usualRefresh
	}
	messenger["schema"] = object{"required": needs, "properties": object{
		discovery: from.Properties["discovery"], lifetime: from.Properties["lifetime"], pick("implicit"): from.Properties["implicit"],
	}}
	messenger["credentials"] = object{
		pick("slot"): object{"required": true, "title": "Client credentials", "credentialTypes": []any{name}},
	}
	if s.unusual() {
		held["id"] = heldID
		s.plantUnusual(from, messenger, held, discovery, lifetime, anywhere)
	}
	if !s.options.NoMessengerLicense {
		s.plantType(anywhere(), from.Common, messenger, brief)
	}
}

// plantCredentialType adds the vendor's CredentialType.
func (s *Server) plantCredentialType(id string, t object) {
	properties := object{}
	for _, field := range jsontree.Texts(t, "displayOrder") {
		properties[field] = object{"type": "string", "title": field}
	}
	if described, ok := t["properties"].(object); ok {
		maps.Copy(properties, described)
	}
	t["id"], t["properties"] = id, properties
	s.credentialTypes = append(s.credentialTypes, &versioned[object]{id: id, body: t})
}

// plantType adds a type to the catalog.
func (s *Server) plantType(at int, common, t object, brief bool) {
	id, shown := jsontree.Text(t, "id"), maps.Clone(common)
	maps.Copy(shown, t)
	delete(shown, "schema")
	shown["selfUri"] = integrationsURI + "types/" + id
	shown["configPropertiesSchemaUri"] = integrationsURI + "types/" + id + "/configschemas/properties"
	shown["configAdvancedSchemaUri"] = integrationsURI + "types/" + id + "/configschemas/advanced"
	body := integrationType{shown, jsontree.Sub(t, "schema"), brief}
	s.types = slices.Insert(s.types, at, &versioned[integrationType]{id: id, body: body})
}

package genesyssim

import (
	"fmt"
	"maps"
	"slices"

	"msgsso-wizard/apiclient/jsontree"
)

// The seeds under which the Messenger type is what the contract allows and does not expect: names that say nothing, titles
// that do, required properties without a default, several candidates (contract genesys.md 1.1, 1.2).
const firstUnusual, lastUnusual = 1300, 1399

func (s *Server) unusual() bool {
	return s.settings.Seed >= firstUnusual && s.settings.Seed <= lastUnusual
}

// plantUnusual changes the Messenger type and its credential type before they are planted. Each trait has its own cycle
// of seeds, so that they meet in many combinations.
func (s *Server) plantUnusual(from catalog, messenger, held object, discovery, lifetime string, anywhere func() int) {
	n := int(s.settings.Seed - firstUnusual)
	schema := jsontree.Sub(messenger, "schema")
	properties := jsontree.Sub(schema, "properties")
	needs := []any{discovery, lifetime}
	delete(from.Properties["lifetime"], "default")
	if n%2 == 0 { // the implicit flow is required too, and has no default
		for key, p := range properties {
			if p.(object)["title"] == from.Properties["implicit"]["title"] {
				delete(from.Properties["implicit"], "default")
				needs = append(needs, key)
			}
		}
	}
	keys := slices.Sorted(maps.Keys(from.Unusual))
	for i := range 1 + n%2 {
		key := keys[(n+i)%len(keys)]
		properties[key] = from.Unusual[key]
		needs = append(needs, key)
	}
	schema["required"] = needs
	if n%3 == 1 { // keys say nothing, titles do
		s.hideKeys(schema)
	}
	s.unusualFields(n, held)
	s.plantCredentialType(jsontree.Text(held, "id"), held)
	if n%5 == 2 { // two credentials, neither required
		slots := jsontree.Sub(messenger, "credentials")
		for _, slot := range slots {
			slot.(object)["required"] = false
		}
		slots["proxy"] = object{"required": false, "title": "Proxy credentials", "credentialTypes": []any{"basicAuth"}}
	}
	switch n % 4 {
	case 1: // two types have the name; the other signs no visitor in
		decoy := maps.Clone(messenger)
		decoy["id"], decoy["schema"] = "former-"+s.messengerID, object{"required": []any{}, "properties": object{
			"pages": object{"title": "Pages", "type": "integer"},
		}}
		s.plantType(anywhere(), from.Common, decoy, false)
	case 2: // in another language: only the console's URL of an integration leads to it
		messenger["name"], messenger["description"], messenger["category"] = "Anmeldung am Chat", "Anmeldung", "Chat"
	case 3: // only the category speaks for it
		messenger["name"], messenger["description"] = "Anmeldung am Chat", "Anmeldung"
	}
}

// hideKeys gives the properties names that say nothing. Their titles stay.
func (s *Server) hideKeys(schema object) {
	hidden, renamed := object{}, map[string]any{}
	properties := jsontree.Sub(schema, "properties")
	for i, key := range slices.Sorted(maps.Keys(properties)) {
		name := fmt.Sprintf("setting%02d", i+1)
		hidden[name], renamed[key] = properties[key], name
	}
	var needs []any
	for _, key := range jsontree.Texts(schema, "required") {
		needs = append(needs, renamed[key])
	}
	schema["properties"], schema["required"] = hidden, needs
}

// unusualFields gives the credential's fields names of which titles, formats, or nothing say what they are.
func (s *Server) unusualFields(n int, held object) {
	switch (n + n/4) % 4 {
	case 1:
		held["displayOrder"] = []any{"field1", "field2"}
		held["properties"] = object{"field1": object{"type": "string", "title": "Client ID"}, "field2": object{"type": "string", "title": "Client Secret"}}
	case 2:
		held["displayOrder"] = []any{"account", "phrase"}
		held["properties"] = object{"account": object{"type": "string", "title": "Account"}, "phrase": object{"type": "string", "title": "Phrase", "format": "password"}}
	case 3:
		held["displayOrder"] = []any{"left", "right", "realm"}
		held["properties"] = object{"left": object{"type": "string", "title": "Left"}, "right": object{"type": "string", "title": "Right"}, "realm": object{"type": "string", "title": "Realm"}}
	}
	held["required"] = held["displayOrder"]
}

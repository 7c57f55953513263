package genesyssim

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// catalogueJSON has the types of integrations and credentials. What the contract marks as not established is picked
// from its lists by the seed (contract genesys.md 1.1).
//
//go:embed catalogue.json
var catalogueJSON []byte

type catalogue struct {
	CredentialTypes []credentialType
	Types           []integrationType
	Messenger       integrationType
	Properties      map[string]object
	Picks           map[string][]string
}

const (
	usualRefresh = 86400 // seconds, the default of Max Refresh Token Lifetime where it is required
	fewestApps   = 32    // applications of the market place that every catalogue has at least
)

// plantTypes builds the catalogue.
func (s *Server) plantTypes(ids *simkit.IDs) {
	var from catalogue
	if err := json.Unmarshal(catalogueJSON, &from); err != nil {
		panic(err) // the file is part of the program
	}
	pick := func(names ...string) (picked string) {
		for _, name := range names {
			picked += ids.Pick(from.Picks[name]...)
		}
		return picked
	}
	name := pick("credentialType", "credentialTypeEnd")
	fields := strings.Fields(pick("fields"))
	held := &record[credentialType]{id: ids.UUID(), body: credentialType{name, fields, fields}}
	if chance(ids, 2) {
		held.id = name
	}
	for _, t := range from.CredentialTypes {
		s.credentialTypes = append(s.credentialTypes, &record[credentialType]{id: ids.UUID(), body: t})
	}
	s.credentialTypes = append(s.credentialTypes, held)

	apps := fewestApps
	if chance(ids, 2) {
		apps = 4 * fewestApps
	}
	for n := range apps {
		from.Types = append(from.Types, integrationType{
			ID: fmt.Sprintf("premium-app-%03d", n+1), Name: fmt.Sprintf("Premium application %03d", n+1), Category: "Applications",
		})
	}
	for _, t := range from.Types {
		t.Description = t.Name
		s.types = append(s.types, &record[integrationType]{id: t.ID, body: t})
	}

	if chance(ids, 3) {
		lookAlike := from.Messenger
		lookAlike.ID, lookAlike.nonInstallable = pick("lookAlike"), true
		s.insertType(ids, lookAlike)
	}
	messenger := from.Messenger
	lifetime := pick("lifetime")
	required := chance(ids, 8)
	messenger.MaxInstances = 10
	if chance(ids, 2) {
		messenger.MaxInstances = 20
	}
	messenger.ID, messenger.Name, messenger.brief = pick("id", "idMiddle", "idEnd"), pick("name"), chance(ids, 2)
	discovery := pick("discovery")
	messenger.Needs = []string{discovery}
	if required {
		messenger.Needs = append(messenger.Needs, lifetime)
		from.Properties["lifetime"]["default"] = usualRefresh
	}
	messenger.Properties = map[string]object{
		discovery: from.Properties["discovery"], lifetime: from.Properties["lifetime"], pick("implicit"): from.Properties["implicit"],
	}
	messenger.Credentials = map[string]credentialSlot{pick("slot"): {Required: true, Title: "Client credentials", Types: []string{name}}}
	if s.options.MaxInstances > 0 {
		messenger.MaxInstances = s.options.MaxInstances
	}
	s.messengerID = messenger.ID
	if !s.options.NoMessengerLicence {
		s.insertType(ids, messenger)
	}
}

// insertType puts a type anywhere in the second half, so beyond the first page of a long catalogue at times.
func (s *Server) insertType(ids *simkit.IDs, t integrationType) {
	half := len(s.types) / 2
	at := half + ids.Below(len(s.types)-half+1)
	s.types = slices.Insert(s.types, at, &record[integrationType]{id: t.ID, body: t})
}

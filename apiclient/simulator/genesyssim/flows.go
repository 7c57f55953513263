package genesyssim

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// messageFlow is the type of flow that a deployment may use.
const messageFlow = "INBOUNDSHORTMESSAGE"

const flowsURI = "/api/v2/flows/"

// flowTypes are the vendor's, as the API's definition lists them.
var flowTypes = []string{
	"BOT", "COMMONMODULE", "DIGITALBOT", "INBOUNDCALL", "INBOUNDCHAT", "INBOUNDEMAIL", messageFlow, "INQUEUECALL",
	"INQUEUEEMAIL", "INQUEUESHORTMESSAGE", "OUTBOUNDCALL", "SECURECALL", "SPEECH", "SURVEYINVITE",
}

var flows = resource[object]{
	path: "/flows", entity: "architect:flow", calls: "LIST GET",
	in: func(s *Server) *store[object] { return &s.flows }, unknown: "architect.flow.not.found",
	only: flowsOfTypes, show: showBody,
}

// showBody shows what is kept as the vendor shows it.
func showBody(_ *call, r *record[object]) object { return r.body }

// plantFlow adds a flow, the vendor's Flow.
func (s *Server) plantFlow(id, name, kind, description string, saved time.Time, published bool) *record[object] {
	f := object{
		"id": id, "name": name, "type": kind, "description": description, "active": true, "system": false, "deleted": false,
		"division": object{"id": s.organization.divisionID, "name": "Home", "selfUri": divisionsURI + s.organization.divisionID},
		"selfUri":  flowsURI + id,
	}
	if published {
		at := simkit.Stamp(saved.Add(time.Hour))
		f["publishedVersion"] = object{"id": "1.0", "name": "1.0", "datePublished": at, "selfUri": flowsURI + id + "/versions/1.0"}
	}
	r := &record[object]{id: id, body: f}
	s.flows = append(s.flows, r)
	return r
}

// flowsOfTypes are those of the wanted types, in the wanted order.
func flowsOfTypes(c *call, all store[object]) (store[object], error) {
	kinds := c.queries("type")
	for i, kind := range kinds {
		if kinds[i] = strings.ToUpper(kind); !slices.Contains(flowTypes, kinds[i]) {
			return nil, refuse("architect.invalid.flow.type")
		}
	}
	all = slices.DeleteFunc(all, func(f *record[object]) bool {
		return len(kinds) > 0 && !slices.Contains(kinds, jsontree.Text(f.body, "type"))
	})
	by := "id"
	if c.query("sortBy") == "name" {
		by = "name"
	}
	slices.SortFunc(all, func(a, b *record[object]) int {
		return cmp.Compare(jsontree.Text(a.body, by), jsontree.Text(b.body, by))
	})
	return all, nil
}

// usable reports whether a deployment may use a flow (contract genesys.md 2.5).
func usable(f *record[object]) bool {
	return f != nil && f.body["type"] == messageFlow && f.body["publishedVersion"] != nil
}

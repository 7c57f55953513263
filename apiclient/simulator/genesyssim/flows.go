package genesyssim

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// messageFlow is the type of flow that a deployment may use.
const messageFlow = "INBOUNDSHORTMESSAGE"

// flowTypes are the vendor's, as the API's definition lists them.
var flowTypes = []string{
	"BOT", "COMMONMODULE", "DIGITALBOT", "INBOUNDCALL", "INBOUNDCHAT", "INBOUNDEMAIL", messageFlow, "INQUEUECALL",
	"INQUEUEEMAIL", "INQUEUESHORTMESSAGE", "OUTBOUNDCALL", "SECURECALL", "SPEECH", "SURVEYINVITE",
}

type flow struct {
	id, name, kind, description string
	saved                       time.Time
	published                   time.Time // zero: never
}

// versionObject is the vendor's FlowVersion.
func (f flow) versionObject(kind string, at time.Time) object {
	version := object{
		"id": "1.0", "name": "1.0", "commitVersion": "1", "configurationVersion": "1", "type": kind,
		"secure": false, "debug": false, "dateCreated": at.UnixMilli(),
		"selfUri": "/api/v2/flows/" + f.id + "/versions/1.0",
	}
	if kind == "PUBLISH" {
		version["datePublished"] = stamp(at)
	}
	return version
}

// view is the vendor's FlowDivisionView.
func (f flow) view(s *Server) object {
	o := object{
		"id": f.id, "name": f.name, "type": f.kind, "description": f.description,
		"division": object{
			"id": s.organization.divisionID, "name": "Home",
			"selfUri": "/api/v2/authorization/divisions/" + s.organization.divisionID,
		},
		"selfUri": "/api/v2/flows/" + f.id,
	}
	if !f.published.IsZero() {
		o["publishedVersion"] = f.versionObject("PUBLISH", f.published)
	}
	return o
}

// full is the vendor's Flow.
func (f flow) full(s *Server) object {
	o := f.view(s)
	o["active"], o["system"], o["deleted"] = true, false, false
	o["savedVersion"] = f.versionObject("SAVE", f.saved)
	return o
}

// listFlows is getFlows; listFlowViews is getFlowsDivisionviews.
func (s *Server) listFlows(c *call) (any, error)     { return s.pageOfFlows(c, flow.full) }
func (s *Server) listFlowViews(c *call) (any, error) { return s.pageOfFlows(c, flow.view) }

func (s *Server) pageOfFlows(c *call, render func(flow, *Server) object) (any, error) {
	kinds := c.list("type")
	for i, kind := range kinds {
		if kinds[i] = strings.ToUpper(kind); !slices.Contains(flowTypes, kinds[i]) {
			return nil, refuse("architect.invalid.flow.type")
		}
	}
	flows := slices.DeleteFunc(slices.Clone(s.flows), func(f flow) bool { return len(kinds) > 0 && !slices.Contains(kinds, f.kind) })
	slices.SortFunc(flows, func(a, b flow) int {
		if c.query("sortBy") == "name" {
			return cmp.Compare(a.name, b.name)
		}
		return cmp.Compare(a.id, b.id)
	})
	if strings.EqualFold(c.query("sortOrder"), "desc") {
		slices.Reverse(flows)
	}
	return page(c, flows, func(f flow) object { return render(f, s) })
}

// getFlow is getFlow.
func (s *Server) getFlow(c *call) (any, error) {
	for _, f := range s.flows {
		if f.id == c.path("id") {
			return f.full(s), nil
		}
	}
	return nil, refuse("architect.flow.not.found")
}

// usableFlow refuses a flow that no deployment may use (contract genesys.md 2.5).
func (s *Server) usableFlow(id string) (flow, error) {
	for _, f := range s.flows {
		if f.id == id && f.kind == messageFlow && !f.published.IsZero() {
			return f, nil
		}
	}
	return flow{}, refuse("bad.flow.id")
}

package genesyssim

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

const deploymentsURI = "/api/v2/webdeployments/deployments/"

// deployments are Messenger deployments. The configuration's version is pinned; status is the settled one.
var deployments = resource[object]{
	path: "/webdeployments/deployments", entity: "webDeployments:deployment",
	calls: "LIST GET POST PUT DELETE", made: http.StatusCreated, gone: http.StatusNoContent,
	in: func(s *Server) *store[object] { return &s.deployments }, cursors: mostDeployments,
	limit: "deployments.max", most: func(o Options) int { return o.MaxDeployments }, request: "deployment",
	check: checkDeployment, settles: settlesDeployment, show: showDeployment,
}

func settlesDeployment(c *call, _ *versioned[object], _ object) time.Duration {
	return cmp.Or(c.s.options.EarlyActive, c.s.settings.Settle)
}

func checkDeployment(c *call, r *versioned[object]) (object, error) {
	body := settable(requests()["deployment"], c.body)
	domains, _ := body["allowedDomains"].([]any)
	body["allowAllDomains"], body["allowedDomains"] = jsontree.Flag(body, "allowAllDomains"), append([]any{}, domains...)
	if body["status"] != active && body["status"] != inactive {
		body["status"] = active
		if r != nil {
			body["status"] = r.body["status"]
		}
	}
	cfg := c.s.configurations.find(jsontree.Text(body, "configuration.id"))
	_, routed := body["flow"]
	content := jsontree.Text(body, "supportedContent.id")
	switch {
	case jsontree.Flag(body, "allowAllDomains") && len(domains) > 0:
		return nil, broken("allowedDomains", "must be empty when allowAllDomains is true")
	case body["supportedContent"] != nil && content != c.s.organization.supportedContent:
		return nil, refuse("scp.id.not.found")
	case routed && !usable(c.s.flows.find(jsontree.Text(body, "flow.id"))):
		return nil, refuse("bad.flow.id")
	case cfg == nil || !cfg.seen(c.now):
		return nil, broken("configuration.id", "the configuration does not exist")
	}
	if v := c.s.pinned(body); v == nil || !v.seen(c.now) {
		return nil, broken("configuration.version", "is not a published version")
	}
	return body, nil
}

// pinned is the version that a deployment shows; nil: there is none.
func (s *Server) pinned(deployment object) *versioned[object] {
	cfg := s.configurations.find(jsontree.Text(deployment, "configuration.id"))
	if cfg == nil {
		return nil
	}
	return store[object](cfg.versions).find(jsontree.Text(deployment, "configuration.version"))
}

// showDeployment is the vendor's WebDeployment; expand=Configuration makes its configuration a whole version.
func showDeployment(c *call, r *versioned[object]) object {
	o, v := maps.Clone(r.body), c.s.pinned(r.body)
	maps.Copy(o, object{
		"id": r.id, "snippet": snippet(simkit.Base(c.r), cmp.Or(c.s.options.Environment, "simulator"), r.id), "selfUri": deploymentsURI + r.id,
		"dateCreated": simkit.Stamp(r.created), "dateModified": simkit.Stamp(r.modified), "lastModifiedUser": c.s.userRef(r.modifier),
		"configuration": object{
			"id": v.of.id, "name": jsontree.Text(v.body, "name"), "version": v.id,
			"selfUri": configurationsURI + v.of.id + "/versions/" + v.id,
		},
	})
	if !r.settled(c.now) && (c.reads() || c.s.options.EarlyActive == 0) {
		o["status"] = pending
	}
	if o["description"] == "" {
		delete(o, "description")
	}
	if id := jsontree.Text(o, "supportedContent.id"); id != "" {
		o["supportedContent"] = object{"id": id, "name": "Default", "selfUri": contentsURI + id}
	}
	if f := c.s.flows.find(jsontree.Text(o, "flow.id")); f != nil {
		o["flow"] = object{"id": f.id, "name": f.body["name"], "selfUri": flowsURI + f.id}
	}
	if slices.Contains(c.queries("expand"), "Configuration") {
		o["configuration"] = showVersion(c, v)
	}
	return o
}

// activeConfiguration is getWebdeploymentsDeploymentConfigurations; it needs a token but no permission.
func activeConfiguration(c *call, d *versioned[object]) (any, error) {
	return object{"configurationVersion": showVersion(c, c.s.pinned(d.body)), "deployment": showDeployment(c, d)}, nil
}

// snippetText has the form of contract genesys.md 3, with the bootstrap address, the environment, and the deployment's id.
//
//go:embed snippet.html
var snippetText string

func snippet(base, environment, deploymentID string) string {
	return fmt.Sprintf(strings.TrimSpace(snippetText), base, environment, deploymentID)
}

// publicConfig is the CDN's config.json: no credentials, and the integration's id is not in it (contract genesys.md 3).
func (s *Server) publicConfig(id string, live object) object {
	v := s.pinned(live)
	o := maps.Clone(v.body)
	delete(o, "authenticationSettings")
	o["deploymentId"], o["version"], o["status"] = id, v.id, live["status"]
	o["auth"] = object{
		"enabled":             jsontree.Flag(v.body, "authenticationSettings.enabled"),
		"allowSessionUpgrade": jsontree.Flag(v.body, "authenticationSettings.allowSessionUpgrade"),
	}
	return o
}

// publicDomains is the CDN's domains.json.
func (s *Server) publicDomains(_ string, live object) object {
	return object{"allowAllDomains": live["allowAllDomains"], "allowedDomains": live["allowedDomains"]}
}

// publicFile answers with what browsers get of a deployment.
func (s *Server) publicFile(render func(id string, live object) object) http.HandlerFunc {
	read := func(id string) object {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.calls.Reads++
		now := s.now()
		s.sweep(now)
		if d := s.deployments.find(id); d != nil && d.public(now) != nil {
			return render(id, *d.public(now))
		}
		return nil
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if answer := read(r.PathValue("id")); answer != nil {
			simkit.WriteJSON(w, http.StatusOK, answer)
			return
		}
		w.WriteHeader(http.StatusForbidden)
	}
}

// fakeSnippet is a small script in place of Messenger's own.
//
//go:embed messenger.js
var fakeSnippet []byte

func bootstrap(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write(fakeSnippet)
}

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
func showBody(_ *call, r *versioned[object]) object { return r.body }

// plantFlow adds a flow, the vendor's Flow.
func (s *Server) plantFlow(id, name, kind, description string, saved time.Time, published bool) *versioned[object] {
	f := object{
		"id": id, "name": name, "type": kind, "description": description, "active": true, "system": false, "deleted": false,
		"division": object{"id": s.organization.divisionID, "name": "Home", "selfUri": divisionsURI + s.organization.divisionID},
		"selfUri":  flowsURI + id,
	}
	if published {
		at := simkit.Stamp(saved.Add(time.Hour))
		f["publishedVersion"] = object{"id": "1.0", "name": "1.0", "datePublished": at, "selfUri": flowsURI + id + "/versions/1.0"}
	}
	r := &versioned[object]{id: id, body: f}
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
	all = slices.DeleteFunc(all, func(f *versioned[object]) bool {
		return len(kinds) > 0 && !slices.Contains(kinds, jsontree.Text(f.body, "type"))
	})
	by := "id"
	if c.query("sortBy") == "name" {
		by = "name"
	}
	slices.SortFunc(all, func(a, b *versioned[object]) int {
		return cmp.Compare(jsontree.Text(a.body, by), jsontree.Text(b.body, by))
	})
	return all, nil
}

// usable reports whether a deployment may use a flow (contract genesys.md 2.5).
func usable(f *versioned[object]) bool {
	return f != nil && f.body["type"] == messageFlow && f.body["publishedVersion"] != nil
}

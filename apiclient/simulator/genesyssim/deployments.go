package genesyssim

import (
	"slices"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

const deploymentsURI = "/api/v2/webdeployments/deployments/"

// deployment is a Messenger deployment. What was current before a change stays public until it settles.
type deployment struct {
	life
	id                string
	created, modified time.Time
	modifier          string
	current           deploymentState
	before            *deploymentState // nil: nothing was public
	ready             time.Time
}

// deploymentState is what a request sets. The configuration's version is pinned.
type deploymentState struct {
	name, description               string
	allowAll                        bool
	domains                         []any
	configurationID, configurationV string
	flowID, supportedContentID      string
	push                            []any
	status                          string // once settled
}

func (d *deployment) settled(now time.Time) bool { return !now.Before(d.ready) }

// public is what the CDN serves; nil: nothing yet.
func (d *deployment) public(now time.Time) *deploymentState {
	if d.settled(now) {
		return &d.current
	}
	return d.before
}

func (s *Server) deploymentByID(id string) *deployment {
	return find(s.deployments, func(d *deployment) bool { return d.id == id })
}

func (s *Server) deployment(c *call) (*deployment, error) {
	d := s.deploymentByID(c.path("id"))
	if d == nil || !c.meets(&d.life) {
		return nil, refuse("not.found")
	}
	return d, nil
}

// readDeployment checks a deployment of a request; fallback is the status if the request has none.
func (s *Server) readDeployment(c *call, fallback string) (deploymentState, error) {
	var state deploymentState
	body := c.body
	if err := s.lacks(body); err != nil {
		return state, err
	}
	if err := check("", body, deploymentShape); err != nil {
		return state, err
	}
	state = deploymentState{
		name: str(body, "name"), description: str(body, "description"),
		flowID: str(sub(body, "flow"), "id"), supportedContentID: str(sub(body, "supportedContent"), "id"),
		configurationID: str(sub(body, "configuration"), "id"), configurationV: str(sub(body, "configuration"), "version"),
		status: fallback,
	}
	state.allowAll, _ = body["allowAllDomains"].(bool)
	state.domains, _ = body["allowedDomains"].([]any)
	state.push, _ = body["pushIntegrations"].([]any)
	if asked := str(body, "status"); asked == active || asked == inactive {
		state.status = asked
	}
	if state.allowAll && len(state.domains) > 0 {
		return state, broken("allowedDomains", "must be empty when allowAllDomains is true")
	}
	if state.supportedContentID != "" && state.supportedContentID != s.organization.supportedContentID {
		return state, refuse("scp.id.not.found")
	}
	if _, hasFlow := body["flow"]; hasFlow {
		if _, err := s.usableFlow(state.flowID); err != nil {
			return state, err
		}
	}
	cfg := s.configurationByID(state.configurationID)
	if cfg == nil || !cfg.seen(c.now) {
		return state, broken("configuration.id", "the configuration does not exist")
	}
	if v, ok := cfg.version(state.configurationV, true); !ok || c.now.Before(v.listed) {
		return state, broken("configuration.version", "is not a published version")
	}
	return state, nil
}

// deploymentObject is the vendor's WebDeployment; expand makes its configuration a whole version.
func (s *Server) deploymentObject(c *call, d *deployment, expand bool) object {
	now, state := c.now, d.current
	o := object{
		"id": d.id, "name": state.name, "allowAllDomains": state.allowAll,
		"allowedDomains": append([]any{}, state.domains...),
		"snippet":        snippet(simkit.Base(c.r), d.id), "status": pending,
		"dateCreated": stamp(d.created), "dateModified": stamp(d.modified), "lastModifiedUser": s.userRef(d.modifier),
		"selfUri": deploymentsURI + d.id,
	}
	if d.settled(now) {
		o["status"] = state.status
	}
	if state.description != "" {
		o["description"] = state.description
	}
	if state.push != nil {
		o["pushIntegrations"] = state.push
	}
	if state.supportedContentID != "" {
		o["supportedContent"] = object{
			"id": state.supportedContentID, "name": "Default",
			"selfUri": "/api/v2/conversations/messaging/supportedcontent/" + state.supportedContentID,
		}
	}
	if f, err := s.usableFlow(state.flowID); err == nil {
		o["flow"] = object{"id": f.id, "name": f.name, "selfUri": "/api/v2/flows/" + f.id}
	}
	cfg := s.configurationByID(state.configurationID)
	v, _ := cfg.version(state.configurationV, true)
	o["configuration"] = object{
		"id": cfg.id, "name": str(v.settings, "name"), "version": v.number,
		"selfUri": configurationsURI + cfg.id + "/versions/" + v.number,
	}
	if expand {
		o["configuration"] = s.versionObject(cfg, v, now)
	}
	return o
}

// listDeployments is getWebdeploymentsDeployments.
func (s *Server) listDeployments(c *call) (any, error) {
	expand := slices.Contains(c.expansions(), "Configuration")
	return cursors(c, visible(s.deployments, c.now), func(d *deployment) object { return s.deploymentObject(c, d, expand) })
}

// createDeployment is postWebdeploymentsDeployments.
func (s *Server) createDeployment(c *call) (any, error) {
	state, err := s.readDeployment(c, active)
	if err != nil {
		return nil, err
	}
	if err := limit("deployments.max", len(s.deployments), s.options.MaxDeployments); err != nil {
		return nil, err
	}
	made := &deployment{
		life: s.begin(c.now), id: s.ids.UUID(), created: c.now, modified: c.now, modifier: c.by(),
		current: state, ready: c.now.Add(s.settings.Settle),
	}
	s.deployments = append(s.deployments, made)
	return s.deploymentObject(c, made, false), nil
}

// getDeployment is getWebdeploymentsDeployment.
func (s *Server) getDeployment(c *call) (any, error) {
	d, err := s.deployment(c)
	if err != nil {
		return nil, err
	}
	return s.deploymentObject(c, d, false), nil
}

// putDeployment is putWebdeploymentsDeployment, the only call that moves the pin.
func (s *Server) putDeployment(c *call) (any, error) {
	d, err := s.deployment(c)
	if err != nil {
		return nil, err
	}
	state, err := s.readDeployment(c, d.current.status)
	if err != nil {
		return nil, err
	}
	if was := d.public(c.now); was != nil {
		kept := *was
		d.before = &kept
	}
	d.current, d.modified, d.modifier, d.ready = state, c.now, c.by(), c.now.Add(s.settings.Settle)
	return s.deploymentObject(c, d, false), nil
}

// deleteDeployment is deleteWebdeploymentsDeployment.
func (s *Server) deleteDeployment(c *call) (any, error) {
	d, err := s.deployment(c)
	if err != nil {
		return nil, err
	}
	s.end(&d.life, c.now)
	return nil, nil
}

// activeConfiguration is getWebdeploymentsDeploymentConfigurations; it needs a token but no permission.
func (s *Server) activeConfiguration(c *call) (any, error) {
	d, err := s.deployment(c)
	if err != nil {
		return nil, err
	}
	cfg := s.configurationByID(d.current.configurationID)
	v, _ := cfg.version(d.current.configurationV, true)
	return object{
		"configurationVersion": s.versionObject(cfg, v, c.now),
		"deployment":           s.deploymentObject(c, d, false),
	}, nil
}

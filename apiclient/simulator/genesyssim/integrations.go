package genesyssim

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Values of intendedState and reportedState (contract genesys.md 1.3).
const (
	enabled  = "ENABLED"
	disabled = "DISABLED"
	deleted  = "DELETED"  // out of the lists until it is restored
	restored = "RESTORED" // as good as disabled
)

type integration struct {
	life
	id       string
	kind     *integrationType
	config   integrationConfig
	intended string
	changed  time.Time // when the intended state was set
	ready    time.Time // when the reported state follows
}

const integrationsURI = "/api/v2/integrations/"

// mostIDs is how many the filter ids takes.
const mostIDs = 100

// reported is the state that the service has reached, with the reason for an error.
func (s *Server) reported(i *integration, now time.Time) (code, problem string) {
	settled := !now.Before(i.ready)
	switch {
	case i.intended == enabled && !settled:
		return "ACTIVATING", ""
	case i.intended == enabled:
		problem := s.incomplete(i)
		if problem == "" && i.kind.id == s.messengerID {
			problem = s.options.ActivationError
		}
		if problem != "" {
			return "ERROR", problem
		}
		return "ACTIVE", ""
	case !settled && i.intended != restored:
		return "DEACTIVATING", ""
	}
	return "INACTIVE", ""
}

// incomplete says what an integration lacks to be active; empty: nothing.
func (s *Server) incomplete(i *integration) string {
	for _, p := range i.kind.properties {
		if _, ok := i.config.properties[p.key]; p.required && !ok {
			return "The required property " + p.title + " is not set."
		}
	}
	for key, spec := range i.kind.credentials {
		id, ok := i.config.credentials[key]
		if spec.required && (!ok || s.credentialByID(id) == nil) {
			return "The required credential " + key + " is not configured."
		}
	}
	return ""
}

// object is the vendor's Integration; the configuration comes with expand=config.current.
func (s *Server) integrationObject(i *integration, now time.Time, withConfig bool) object {
	code, problem := s.reported(i, now)
	state := object{
		"code":        code,
		"effective":   code[:1] + strings.ToLower(code[1:]),
		"lastUpdated": stamp(i.changed),
	}
	if problem != "" {
		state["detail"] = object{
			"localizableMessageCode": "integration.configuration.incomplete",
			"message":                problem, "messageWithParams": problem, "messageParams": object{},
		}
	}
	kind := i.kind.object(true)
	o := object{
		"id": i.id, "name": i.config.name, "notes": s.notes(i.config.notes), "integrationType": kind,
		"intendedState": i.intended, "reportedState": state, "attributes": object{},
		"selfUri": integrationsURI + i.id,
	}
	if withConfig {
		o["config"] = object{"current": s.configObject(i)}
	}
	return o
}

func (c *call) wantsConfig() bool {
	return slices.Contains(c.expansions(), "config.current")
}

func (c *call) expansions() []string { return c.list("expand") }

// list is a query parameter's values, repeated or set off by commas.
func (c *call) list(name string) []string {
	return slices.DeleteFunc(strings.Split(strings.Join(c.r.URL.Query()[name], ","), ","), func(s string) bool { return s == "" })
}

func (s *Server) integration(c *call) (*integration, error) {
	found := find(s.integrations, func(i *integration) bool { return i.id == c.path("id") })
	if found == nil || !c.meets(&found.life) {
		return nil, refuse("not.found")
	}
	return found, nil
}

// listIntegrations is getIntegrations with its filters (contract genesys.md 1.3); ids finds deleted ones too.
func (s *Server) listIntegrations(c *call) (any, error) {
	ids, kind, state, held := c.list("ids"), c.query("integrationType"), c.query("reportedState"), c.query("credentialId")
	if len(ids) > mostIDs {
		return nil, refuse("invalid.query.param.value", c.query("ids"), "ids", "1.."+strconv.Itoa(mostIDs)+" ids")
	}
	list := slices.DeleteFunc(visible(s.integrations, c.now), func(i *integration) bool {
		code, _ := s.reported(i, c.now)
		return len(ids) > 0 && !slices.Contains(ids, i.id) ||
			len(ids) == 0 && i.intended == deleted ||
			kind != "" && kind != i.kind.id ||
			state != "" && !strings.EqualFold(state, code) ||
			held != "" && !i.config.holds(held)
	})
	return page(c, list, func(i *integration) object { return s.integrationObject(i, c.now, c.wantsConfig()) })
}

// createIntegration is postIntegrations: a new integration is not enabled.
func (s *Server) createIntegration(c *call) (any, error) {
	if err := check("", c.body, createIntegrationShape); err != nil {
		return nil, err
	}
	kind := s.typeByID(str(sub(c.body, "integrationType"), "id"))
	if kind == nil || kind.nonInstallable {
		return nil, broken("integrationType.id", "is not an installable integration type")
	}
	same := 0
	for _, i := range s.integrations {
		if i.kind.id == kind.id && i.intended != deleted {
			same++
		}
	}
	if kind.maxInstances > 0 && same >= kind.maxInstances {
		return nil, refuse("max.integrations.reached")
	}
	made := &integration{
		life: s.begin(c.now), id: s.ids.UUID(), kind: kind, intended: disabled, changed: c.now, ready: c.now,
		config: integrationConfig{
			name: str(c.body, "name"), version: 1,
			properties: object{}, advanced: object{}, credentials: map[string]string{},
		},
	}
	s.integrations = append(s.integrations, made)
	return s.integrationObject(made, c.now, true), nil
}

// getIntegration is getIntegration.
func (s *Server) getIntegration(c *call) (any, error) {
	i, err := s.integration(c)
	if err != nil {
		return nil, err
	}
	return s.integrationObject(i, c.now, c.wantsConfig()), nil
}

// patchIntegration is patchIntegration. What is DELETED can only be RESTORED, and nothing else can.
func (s *Server) patchIntegration(c *call) (any, error) {
	i, err := s.integration(c)
	if err != nil {
		return nil, err
	}
	state := str(c.body, "intendedState")
	if states := []string{enabled, disabled, deleted, restored}; !slices.Contains(states, state) {
		return nil, refuse("invalid.value", state, "intendedState", listed(states))
	}
	if state != i.intended && (state == restored) != (i.intended == deleted) {
		return nil, refuse("request.conflict")
	}
	if state != i.intended {
		i.intended, i.changed, i.ready = state, c.now, c.now.Add(cmp.Or(s.options.Activation, s.settings.Settle))
	}
	return s.integrationObject(i, c.now, c.wantsConfig()), nil
}

// deleteIntegration is deleteIntegration, which answers with what it deleted.
func (s *Server) deleteIntegration(c *call) (any, error) {
	i, err := s.integration(c)
	if err != nil {
		return nil, err
	}
	s.end(&i.life, c.now)
	return s.integrationObject(i, c.now, false), nil
}

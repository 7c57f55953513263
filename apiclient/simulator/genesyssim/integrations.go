package genesyssim

import (
	"slices"
	"strings"
	"time"
)

// Values of intendedState and reportedState (contract genesys.md 1.3).
const (
	enabled  = "ENABLED"
	disabled = "DISABLED"
)

type integration struct {
	id       string
	kind     *integrationType
	config   integrationConfig
	intended string
	changed  time.Time // when the intended state was set
	ready    time.Time // when the reported state follows
}

const integrationsURI = "/api/v2/integrations/"

// reported is the state that the service has reached, with the reason for an error.
func (s *Server) reported(i *integration, now time.Time) (code, problem string) {
	settled := !now.Before(i.ready)
	switch {
	case i.intended == enabled && !settled:
		return "ACTIVATING", ""
	case i.intended == enabled:
		if problem := s.incomplete(i); problem != "" {
			return "ERROR", problem
		}
		return "ACTIVE", ""
	case !settled:
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

// expansions are the query's expand values, repeated or set off by commas.
func (c *call) expansions() []string {
	return strings.Split(strings.Join(c.r.URL.Query()["expand"], ","), ",")
}

func (s *Server) integration(c *call) (*integration, error) {
	found := find(s.integrations, func(i *integration) bool { return i.id == c.path("id") })
	if found == nil {
		return nil, refuse("not.found")
	}
	return found, nil
}

// listIntegrations is getIntegrations with its filters integrationType and reportedState.
func (s *Server) listIntegrations(c *call) (any, error) {
	var list []object
	for _, i := range s.integrations {
		code, _ := s.reported(i, c.now)
		kind, state := c.query("integrationType"), c.query("reportedState")
		if kind != "" && kind != i.kind.id || state != "" && state != code {
			continue
		}
		list = append(list, s.integrationObject(i, c.now, c.wantsConfig()))
	}
	return c.page(list)
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
		if i.kind.id == kind.id {
			same++
		}
	}
	if kind.maxInstances > 0 && same >= kind.maxInstances {
		return nil, refuse("max.integrations.reached")
	}
	made := &integration{
		id: s.ids.UUID(), kind: kind, intended: disabled, changed: c.now, ready: c.now,
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

// patchIntegration is patchIntegration; DELETED and RESTORED are not played here.
func (s *Server) patchIntegration(c *call) (any, error) {
	i, err := s.integration(c)
	if err != nil {
		return nil, err
	}
	state := str(c.body, "intendedState")
	if state != enabled && state != disabled {
		return nil, refuse("invalid.value", state, "intendedState", "[ENABLED, DISABLED]")
	}
	if state != i.intended {
		i.intended, i.changed, i.ready = state, c.now, c.now.Add(s.settings.Settle)
	}
	return s.integrationObject(i, c.now, c.wantsConfig()), nil
}

// deleteIntegration is deleteIntegration, which answers with what it deleted.
func (s *Server) deleteIntegration(c *call) (any, error) {
	i, err := s.integration(c)
	if err != nil {
		return nil, err
	}
	s.integrations = slices.DeleteFunc(s.integrations, func(other *integration) bool { return other == i })
	return s.integrationObject(i, c.now, false), nil
}

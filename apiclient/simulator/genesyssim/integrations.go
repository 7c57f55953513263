package genesyssim

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// Values of intendedState and reportedState (contract genesys.md 1.3).
const (
	enabled  = "ENABLED"
	disabled = "DISABLED"
)

const integrationsURI = "/api/v2/integrations/"

// integration is what requests set of one: its state, and its current configuration with a version that guards it.
type integration struct {
	kind        *versioned[integrationType]
	intended    string
	name, notes string
	version     int
	properties  object
	credentials map[string]*versioned[credential] // by key
}

var integrations = resource[integration]{
	path: "/integrations", entity: integrationEntity, calls: "LIST GET POST PATCH DELETE",
	in:      func(s *Server) *store[integration] { return &s.integrations },
	request: "integration", change: "state", check: checkIntegration, settles: settlesIntegration, show: showIntegration, only: filterIntegrations,
}

// filterIntegrations leaves those that the query asks for; newer than the rest of the API (contract genesys.md 1.3).
func filterIntegrations(c *call, all store[integration]) (store[integration], error) {
	ids, kind, state, secret := c.queries("ids"), c.query("integrationType"), c.query("reportedState"), c.query("credentialId")
	return slices.DeleteFunc(all, func(r *versioned[integration]) bool {
		reported, _ := c.s.reported(r, c.now)
		uses := func(held *versioned[credential]) bool { return held.id == secret }
		return len(ids) > 0 && !slices.Contains(ids, r.id) || kind != "" && kind != r.body.kind.id || state != "" && state != reported ||
			secret != "" && !slices.ContainsFunc(slices.Collect(maps.Values(r.body.credentials)), uses)
	}), nil
}

// settings are an integration's current configuration.
var settings = resource[integration]{
	path: "/integrations", item: "/config/current", entity: integrationEntity, calls: "GET PUT",
	in: integrations.in, request: "settings", check: checkSettings, show: showSettings,
}

// checkIntegration takes a new one, which is not enabled, or the state that one is to be in.
func checkIntegration(c *call, r *versioned[integration]) (integration, error) {
	if r != nil {
		body := r.body
		body.intended = jsontree.Text(c.body, "intendedState")
		return body, nil
	}
	kind := c.s.types.find(jsontree.Text(c.body, "integrationType.id"))
	if kind == nil || jsontree.Flag(kind.body.shown, "nonInstallable") {
		return integration{}, broken("integrationType.id", "is not an installable integration type")
	}
	same := 0
	for _, i := range c.s.integrations {
		if i.body.kind == kind {
			same++
		}
	}
	if most, limited := kind.body.shown["maxInstances"].(float64); limited && same >= int(most) {
		return integration{}, refuse("max.integrations.reached")
	}
	name := cmp.Or(jsontree.Text(c.body, "name"), jsontree.Text(kind.body.shown, "name"))
	return integration{kind: kind, intended: disabled, name: name, version: 1, properties: object{}}, nil
}

func settlesIntegration(c *call, r *versioned[integration], next integration) time.Duration {
	switch {
	case r.changed.IsZero():
		return 0
	case next.intended == r.body.intended:
		return -1
	}
	return cmp.Or(c.s.options.Activation, c.s.settings.Settle)
}

// reported is the state that the service has reached, with the reason for an error.
func (s *Server) reported(r *versioned[integration], now time.Time) (code, problem string) {
	switch settled := r.settled(now); {
	case r.body.intended == enabled && !settled:
		return "ACTIVATING", ""
	case r.body.intended == enabled:
		problem := s.incomplete(r.body)
		if problem == "" && r.body.kind.id == s.messengerID {
			problem = cmp.Or(s.options.ActivationError, s.unreachable(r.body))
		}
		if problem != "" {
			return "ERROR", problem
		}
		return "ACTIVE", ""
	case !settled:
		return "DEACTIVATING", ""
	}
	return "INACTIVE", ""
}

// unreachable says that the discovery document can't be read, where the organization reads it.
func (s *Server) unreachable(i integration) string {
	for _, value := range i.properties {
		uri, _ := value.(string)
		u, err := url.Parse(uri)
		if s.options.ReadsDiscovery && uri != "" && (err != nil || !simkit.IsLoopback(u.Hostname())) {
			return "The discovery document could not be read."
		}
	}
	return ""
}

// incomplete says what an integration lacks to be active; empty: nothing.
func (s *Server) incomplete(i integration) string {
	for _, key := range jsontree.Texts(i.kind.body.schema, "required") {
		if _, ok := i.properties[key]; !ok {
			return "The required property " + jsontree.Text(i.kind.body.schema, "properties."+key+".title") + " is not set."
		}
	}
	for key := range jsontree.Sub(i.kind.body.shown, "credentials") {
		held := i.credentials[key]
		missing := held == nil || s.credentials.find(held.id) == nil
		if missing && jsontree.Flag(i.kind.body.shown, "credentials."+key+".required") {
			return "The required credential " + key + " is not configured."
		}
	}
	return ""
}

// showIntegration is the vendor's Integration; the configuration comes with expand=config.current.
func showIntegration(c *call, r *versioned[integration]) object {
	code, problem := c.s.reported(r, c.now)
	state := object{
		"code":        code,
		"effective":   code[:1] + strings.ToLower(code[1:]),
		"lastUpdated": simkit.Stamp(r.changed),
	}
	if problem != "" {
		state["detail"] = object{
			"localizableMessageCode": "integration.configuration.incomplete",
			"message":                problem, "messageWithParams": problem, "messageParams": object{},
		}
	}
	o := object{
		"id": r.id, "name": r.body.name, "notes": c.s.notes(r.body.notes), "integrationType": showType(c, r.body.kind),
		"intendedState": r.body.intended, "reportedState": state, "attributes": object{},
		"selfUri": integrationsURI + r.id,
	}
	if c.r.Method == "POST" || slices.Contains(c.queries("expand"), "config.current") {
		o["config"] = object{"current": showSettings(c, r)}
	}
	return o
}

// emptyNotes is what empty notes read back as at times (contract genesys.md 1.3).
const emptyNotes = "node_dynamodb_empty_string"

func (s *Server) notes(text string) string {
	if text == "" && s.emptyNotes {
		return emptyNotes
	}
	return text
}

// showSettings is the vendor's IntegrationConfiguration.
func showSettings(c *call, r *versioned[integration]) object {
	credentials := object{}
	for key, held := range r.body.credentials {
		if c.s.credentials.find(held.id) != nil {
			credentials[key] = showCredential(c, held)
		}
	}
	return object{
		"id": r.id, "name": r.body.name, "version": r.body.version, "notes": c.s.notes(r.body.notes),
		"properties": r.body.properties, "advanced": object{}, "credentials": credentials,
		"selfUri": integrationsURI + r.id + "/config/current",
	}
}

// checkSettings takes a whole configuration: the version guards it, and all members are required.
func checkSettings(c *call, r *versioned[integration]) (integration, error) {
	next, kind := r.body, r.body.kind.body
	if given, _ := c.body["version"].(float64); int(given) != next.version {
		return next, c.s.versionConflict(int(given), next.version)
	}
	if err := checkShape(shapeOfSchema(kind.schema), "properties", c.body["properties"]); err != nil {
		return next, err
	}
	if len(jsontree.Sub(c.body, "advanced")) > 0 {
		return next, broken("advanced", "this type takes no advanced properties")
	}
	credentials, err := c.s.checkCredentials(kind, jsontree.Sub(c.body, "credentials"))
	next.name, next.notes, next.version = jsontree.Text(c.body, "name"), jsontree.Text(c.body, "notes"), next.version+1
	next.properties, next.credentials = jsontree.Sub(c.body, "properties"), credentials
	return next, err
}

// versionConflict comes as 409 or as 400 (contract genesys.md 1.3).
func (s *Server) versionConflict(given, current int) error {
	if !s.options.VersionConflict400 {
		return refuse("version.conflict")
	}
	no := refuse("bad.request")
	no.sentence = "Version %s does not match the current version %s."
	no.args = []any{given, current}
	return no
}

// checkCredentials resolves the references and refuses a key or a credential that does not fit the type.
func (s *Server) checkCredentials(kind integrationType, given object) (map[string]*versioned[credential], error) {
	held := map[string]*versioned[credential]{}
	for key := range given {
		slot := jsontree.Sub(kind.shown, "credentials."+key)
		if slot == nil {
			return nil, refuse("invalid.property", key, "credentials")
		}
		found := s.credentials.find(jsontree.Text(given, key+".id"))
		if found == nil {
			return nil, broken("credentials."+key, "the credential does not exist")
		}
		name := jsontree.Text(found.body.kind.body, "name")
		if !slices.Contains(jsontree.Texts(slot, "credentialTypes"), name) {
			return nil, broken("credentials."+key, "a credential of type %s is not accepted", name)
		}
		held[key] = found
	}
	return held, nil
}

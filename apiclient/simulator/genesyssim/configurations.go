package genesyssim

import (
	"maps"
	"slices"
	"time"
)

// Values of status (contract genesys.md 2.2).
const (
	pending  = "Pending"
	active   = "Active"
	inactive = "Inactive"
)

// draftVersion is the draft's version, the only one that is not a number.
const draftVersion = "DRAFT"

// mostVersions is how many versions the list shows (contract genesys.md 2.1).
const mostVersions = 50

const (
	configurationsURI = "/api/v2/webdeployments/configurations/"
	usersURI          = "/api/v2/users/"
)

// configuration is a Messenger configuration: one draft, and versions in the order of publishing.
type configuration struct {
	life
	id, creator string
	created     time.Time
	draft       version
	published   []version
}

// version is one state of a configuration. Its settings are replaced, never changed.
type version struct {
	number              string
	settings            object
	modified, published time.Time
	modifier, publisher string
	listed              time.Time // when reads see a published one
	ready               time.Time
}

func (v version) status(now time.Time) string {
	if now.Before(v.ready) {
		return pending
	}
	return active
}

// userRef refers to whoever made a change: a person, or this OAuth client.
func (s *Server) userRef(id string) object {
	if s.clients[id] != nil {
		return reference(id, "/api/v2/oauth/clients/")
	}
	return reference(id, usersURI)
}

// versionObject is the vendor's WebDeploymentConfigurationVersion.
func (s *Server) versionObject(cfg *configuration, v version, now time.Time) object {
	o := maps.Clone(v.settings)
	o["id"], o["version"], o["status"] = cfg.id, v.number, v.status(now)
	o["dateCreated"], o["dateModified"] = stamp(cfg.created), stamp(v.modified)
	o["createdUser"], o["lastModifiedUser"] = s.userRef(cfg.creator), s.userRef(v.modifier)
	if !v.published.IsZero() {
		o["datePublished"], o["publishedUser"] = stamp(v.published), s.userRef(v.publisher)
	}
	o["selfUri"] = configurationsURI + cfg.id + "/versions/" + v.number
	return o
}

func (s *Server) configurationByID(id string) *configuration {
	return find(s.configurations, func(cfg *configuration) bool { return cfg.id == id })
}

func (s *Server) configuration(c *call) (*configuration, error) {
	cfg := s.configurationByID(c.path("id"))
	if cfg == nil || !c.meets(&cfg.life) {
		return nil, refuse("not.found")
	}
	return cfg, nil
}

// version finds a version by its number; publishedOnly leaves the draft out.
func (cfg *configuration) version(number string, publishedOnly bool) (version, bool) {
	if number == draftVersion && !publishedOnly {
		return cfg.draft, true
	}
	for _, v := range cfg.published {
		if v.number == number {
			return v, true
		}
	}
	return version{}, false
}

// listed are the published versions that reads see.
func (cfg *configuration) listed(now time.Time) []version {
	return slices.DeleteFunc(slices.Clone(cfg.published), func(v version) bool { return now.Before(v.listed) })
}

// listConfigurations is getWebdeploymentsConfigurations: drafts, or with showOnlyPublished the newest versions.
func (s *Server) listConfigurations(c *call) (any, error) {
	all := visible(s.configurations, c.now)
	if c.query("showOnlyPublished") != "true" {
		return cursors(c, all, func(cfg *configuration) object { return s.versionObject(cfg, cfg.draft, c.now) })
	}
	all = slices.DeleteFunc(all, func(cfg *configuration) bool { return len(cfg.listed(c.now)) == 0 })
	return cursors(c, all, func(cfg *configuration) object {
		versions := cfg.listed(c.now)
		return s.versionObject(cfg, versions[len(versions)-1], c.now)
	})
}

// createConfiguration is postWebdeploymentsConfigurations: it makes a draft only.
func (s *Server) createConfiguration(c *call) (any, error) {
	settings, err := s.readSettings(c.body)
	if err != nil {
		return nil, err
	}
	if err := limit("configuration.max", len(s.configurations), s.options.MaxConfigurations); err != nil {
		return nil, err
	}
	made := &configuration{life: s.begin(c.now), id: s.ids.UUID(), creator: c.by(), created: c.now}
	made.draft = s.newDraft(settings, c.by(), c.now)
	s.configurations = append(s.configurations, made)
	return s.versionObject(made, made.draft, c.now), nil
}

// deleteConfiguration is deleteWebdeploymentsConfiguration: all versions, unless a deployment uses one.
func (s *Server) deleteConfiguration(c *call) (any, error) {
	cfg, err := s.configuration(c)
	if err != nil {
		return nil, err
	}
	for _, d := range s.deployments {
		live := d.public(c.now)
		if d.current.configurationID == cfg.id || live != nil && live.configurationID == cfg.id {
			return nil, refuse("resource.conflict")
		}
	}
	s.end(&cfg.life, c.now)
	return nil, nil
}

// listVersions is getWebdeploymentsConfigurationVersions: the draft, then the newest versions first.
func (s *Server) listVersions(c *call) (any, error) {
	cfg, err := s.configuration(c)
	if err != nil {
		return nil, err
	}
	list := cfg.listed(c.now)
	slices.Reverse(list)
	list = slices.Insert(list, 0, cfg.draft)
	return cursors(c, list[:min(len(list), mostVersions)], func(v version) object { return s.versionObject(cfg, v, c.now) })
}

// getVersion is getWebdeploymentsConfigurationVersion.
func (s *Server) getVersion(c *call) (any, error) {
	cfg, err := s.configuration(c)
	if err != nil {
		return nil, err
	}
	v, ok := cfg.version(c.path("version"), false)
	if !ok || c.now.Before(v.listed) {
		return nil, refuse("not.found")
	}
	return s.versionObject(cfg, v, c.now), nil
}

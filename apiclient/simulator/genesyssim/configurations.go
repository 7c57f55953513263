package genesyssim

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

const (
	pending, active, inactive = "Pending", "Active", "Inactive" // status (contract genesys.md 2.2)

	draftVersion    = "DRAFT" // the draft's version, the only one that is not a number
	mostDeployments = 300     // that a page shows (contract genesys.md 2.1)
	mostVersions    = 50      // that the whole list shows
)

const configurationsURI = "/api/v2/webdeployments/configurations/"

// configurations are Messenger configurations; a record is the draft.
var configurations = resource[object]{
	path: "/webdeployments/configurations", item: "/versions/draft", entity: configurationEntity,
	calls: "LIST GET POST PUT DELETE", made: http.StatusCreated, gone: http.StatusNoContent,
	in: func(s *Server) *store[object] { return &s.configurations }, cursors: mostDeployments,
	limit: "configuration.max", most: func(o Options) int { return o.MaxConfigurations }, request: "configuration",
	check: checkConfiguration, settles: func(c *call, _ *versioned[object], _ object) time.Duration { return c.s.settings.Settle },
	show: showVersion, held: heldByDeployment, only: published,
}

// published leaves the drafts that have a version, if the query asks for these.
func published(c *call, all store[object]) (store[object], error) {
	if c.query("showOnlyPublished") != "true" {
		return all, nil
	}
	return slices.DeleteFunc(all, func(r *versioned[object]) bool { return len(store[object](r.versions).visible(c.now)) == 0 }), nil
}

// checkConfiguration takes a whole draft: what the body leaves out is gone.
func checkConfiguration(c *call, _ *versioned[object]) (object, error) {
	if jsontree.Flag(c.body, "messenger.enabled") {
		languages, _ := c.body["languages"].([]any)
		preferred := jsontree.Text(c.body, "defaultLanguage")
		switch {
		case len(languages) == 0:
			return nil, broken("languages", "required if the messenger is enabled")
		case preferred == "":
			return nil, broken("defaultLanguage", "required if the messenger is enabled")
		case !slices.Contains(languages, any(preferred)):
			return nil, broken("defaultLanguage", "must be one of the languages")
		}
	}
	return settable(requests()["configuration"], c.body), nil
}

// showVersion is the vendor's WebDeploymentConfigurationVersion, of a draft or a version.
func showVersion(c *call, v *versioned[object]) object {
	cfg, number, status, o := v, draftVersion, active, maps.Clone(v.body)
	if v.of != nil {
		cfg, number = v.of, v.id
		o["datePublished"], o["publishedUser"] = simkit.Stamp(v.created), c.s.userRef(v.creator)
	}
	if !v.settled(c.now) {
		status = pending
	}
	o["id"], o["version"], o["status"] = cfg.id, number, status
	o["dateCreated"], o["dateModified"] = simkit.Stamp(cfg.created), simkit.Stamp(v.modified)
	o["createdUser"], o["lastModifiedUser"] = c.s.userRef(cfg.creator), c.s.userRef(v.modifier)
	o["selfUri"] = configurationsURI + cfg.id + "/versions/" + number
	return o
}

// userRef refers to who made a change: a user, or this OAuth client.
func (s *Server) userRef(id string) object {
	if s.clients[id] != nil {
		return reference(id, "/api/v2/oauth/clients/")
	}
	return reference(id, usersURI)
}

// heldByDeployment refuses to delete a configuration that a deployment uses, or that browsers still get.
func heldByDeployment(c *call, cfg *versioned[object]) error {
	for _, d := range c.s.deployments {
		uses := func(body object) bool { return jsontree.Text(body, "configuration.id") == cfg.id }
		if live := d.public(c.now); uses(d.body) || live != nil && uses(*live) {
			return refuse("resource.conflict")
		}
	}
	return nil
}

// listVersions is getWebdeploymentsConfigurationVersions: the draft, then the newest versions first.
func listVersions(c *call, cfg *versioned[object]) (any, error) {
	list := store[object](cfg.versions).visible(c.now)
	slices.Reverse(list)
	list = slices.Insert(list, 0, cfg)
	return paged(c, mostDeployments, list[:min(len(list), mostVersions)], func(v *versioned[object]) object { return showVersion(c, v) })
}

// getVersion is getWebdeploymentsConfigurationVersion.
func getVersion(c *call, cfg *versioned[object]) (any, error) {
	if c.path("version") == draftVersion {
		return showVersion(c, cfg), nil
	}
	v := store[object](cfg.versions).find(c.path("version"))
	if v == nil || !v.seen(c.now) {
		return nil, refuse("not.found")
	}
	return showVersion(c, v), nil
}

// publish is postWebdeploymentsConfigurationVersionsDraftPublish; a draft that is not Active yet cannot be.
func publish(c *call, cfg *versioned[object]) (any, error) {
	if !cfg.settled(c.now) {
		return nil, refuse("bad.request")
	}
	v := begin[object](c, "")
	v.ready = c.now.Add(c.s.settings.Settle)
	return showVersion(c, publishDraft(cfg, v)), nil
}

// publishDraft copies the draft to the next number; the draft stays as it is.
func publishDraft(cfg, v *versioned[object]) *versioned[object] {
	v.id, v.of = strconv.Itoa(len(cfg.versions)+1), cfg
	v.body, v.modified, v.modifier = cfg.body, cfg.modified, cfg.modifier
	cfg.versions = append(cfg.versions, v)
	return v
}

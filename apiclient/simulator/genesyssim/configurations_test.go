package genesyssim_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

const configurations = "webdeployments/configurations"

var sample = object{
	"name": "Web SSO Messenger", "languages": []any{"en-us"}, "defaultLanguage": "en-us",
	"messenger": object{"enabled": true, "launcherButton": object{"visibility": "On"}},
	"position":  object{"alignment": "Auto", "sideSpace": 20.0, "bottomSpace": 12.0},
}

// readOnly are the members that a request need not carry (contract genesys.md 2.2).
var readOnly = []string{
	"id", "version", "status", "selfUri", "dateCreated", "dateModified", "datePublished",
	"lastModifiedUser", "createdUser", "publishedUser",
}

func TestDraftAndPublish(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 5, 10*time.Second)
	made := o.must(http.MethodPost, configurations, sample)
	draft := configurations + "/" + made["id"].(string) + "/versions/draft"
	assert.Assert(t, made["version"] == "DRAFT" && made["status"] == "Pending", "made: %v", made)
	o.refuses("400 bad.request", http.MethodPost, draft+"/publish", nil)
	o.clock.advance(10 * time.Second)
	got := o.must(http.MethodGet, draft, nil)
	assert.Check(t, got["status"] == "Active", "settled: %v", got["status"])
	for _, number := range []string{"1", "2"} {
		published := o.must(http.MethodPost, draft+"/publish", nil)
		if published["version"] != number || published["status"] != "Pending" || published["datePublished"] == nil {
			t.Errorf("published: %v", published)
		}
	}
	o.clock.advance(10 * time.Second)
	if got := o.must(http.MethodGet, configurations+"/"+made["id"].(string)+"/versions/2", nil)["status"]; got != "Active" {
		t.Errorf("version 2 settled: %v", got)
	}

	changed := o.must(http.MethodPut, draft, without(made, "position"))
	_, kept := changed["position"]
	assert.Check(t, !kept && changed["status"] == "Pending", "PUT is no replacement: %v", changed)
	assert.Check(t, is.DeepEqual(without(changed, readOnly...), without(sample, "position")), "the draft after PUT")
	old := o.must(http.MethodGet, configurations+"/"+made["id"].(string)+"/versions/1", nil)
	assert.Check(t, is.DeepEqual(without(old, readOnly...), sample), "a published version changed")
	o.refuses("400 bad.request", http.MethodPost, draft+"/publish", nil)
}

func TestOnlyPublishedConfigurations(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 1, 0)
	all, query := len(o.all(configurations)), configurations+"?showOnlyPublished=true"
	made := o.must(http.MethodPost, configurations, sample)["id"].(string)
	assert.Check(t, is.Len(o.all(query), all))
	o.must(http.MethodPost, configurations+"/"+made+"/versions/draft/publish", nil)
	assert.Check(t, is.Len(o.all(query), all+1))
}

func TestVersions(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 5, 0)
	id := o.must(http.MethodPost, configurations, sample)["id"].(string)
	for range 60 {
		o.must(http.MethodPost, configurations+"/"+id+"/versions/draft/publish", nil)
	}
	var numbers []string
	for _, v := range o.all(configurations + "/" + id + "/versions?pageSize=7") {
		numbers = append(numbers, v["version"].(string))
	}
	assert.Check(t, len(numbers) == 50 && strings.Join(numbers[:3], " ") == "DRAFT 60 59" && numbers[49] == "12",
		"%d versions: %v", len(numbers), numbers)
	o.refuses("404 not.found", http.MethodGet, configurations+"/"+id+"/versions/61", nil)
	o.refuses("404 not.found", http.MethodGet, configurations+"/none/versions", nil)
}

func TestConfigurationRefusals(t *testing.T) {
	o := newOrg(t, 5, 0)
	id := o.must(http.MethodPost, configurations, sample)["id"].(string)
	auth := func(settings object) object { return with(sample, "authenticationSettings", settings) }
	refusals{
		"no name":             {without(sample, "name"), "400 constraint.validation"},
		"empty name":          {with(sample, "name", " "), "400 constraint.validation"},
		"long name":           {with(sample, "name", strings.Repeat("n", 101)), "400 constraint.validation"},
		"no languages":        {without(sample, "languages"), "400 constraint.validation"},
		"no default language": {without(sample, "defaultLanguage"), "400 constraint.validation"},
		"foreign default":     {with(sample, "defaultLanguage", "fr"), "400 constraint.validation"},
		"unknown member":      {with(sample, "colour", "red"), "400 invalid.property"},
		"wrong enum":          {with(sample, "position", object{"alignment": "Top"}), "400 invalid.value"},
		"wrong type":          {with(sample, "messenger", object{"enabled": "yes"}), "400 constraint.validation"},
		"no integrationId":    {auth(object{"enabled": true}), "400 constraint.validation"},
		"no enabled":          {auth(object{"integrationId": "x"}), "400 constraint.validation"},
	}.of(o, "POST "+configurations, "PUT "+configurations+"/"+id+"/versions/draft")
	made := o.must(http.MethodPost, configurations, auth(object{"enabled": true, "integrationId": "no-such-integration"}))
	assert.Check(t, made["authenticationSettings"].(object)["integrationId"] == "no-such-integration",
		"the API does check integrationId")
	o.must(http.MethodPost, configurations, with(sample, "name", strings.Repeat("ü", 100)))
	o.must(http.MethodPost, configurations, with(object{"name": "Least"}, "messenger", nil))
}

func TestSeededConfigurations(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 5, time.Hour)
	help := o.named(configurations, "Help centre")
	published := o.must(http.MethodGet, configurations+"/"+help["id"].(string)+"/versions/1", nil)
	assert.Check(t, !cmp.Equal(help["messenger"], published["messenger"]), "the draft does not differ: %v", published)
	assert.Check(t, !cmp.Equal(help["lastModifiedUser"], published["lastModifiedUser"]),
		"the edit is not another user's")
	website := o.named(configurations, "Main website")
	for _, block := range []string{"customI18nLabels", "messenger", "supportCenter", "cobrowse", "journeyEvents", "position"} {
		assert.Check(t, website[block] != nil, "no %s", block)
	}
	back := o.must(http.MethodPut, configurations+"/"+website["id"].(string)+"/versions/draft", website)
	assert.Check(t, is.DeepEqual(without(back, readOnly...), without(website, readOnly...)),
		"a draft that is put back changes")
	o.refuses("409 resource.conflict", http.MethodDelete, configurations+"/"+website["id"].(string), nil)
	o.must(http.MethodDelete, configurations+"/"+help["id"].(string), nil)
	o.refuses("404 not.found", http.MethodDelete, configurations+"/"+help["id"].(string), nil)
}

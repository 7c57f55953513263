package oktasim

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestGroups(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	for query, want := range map[string][]string{
		"":                          {"Everyone", "Okta Administrators", "Web customers", "Web partners", "Everyone in sales", "Support staff"},
		"q=Everyone":                {"Everyone", "Everyone in sales"},
		"q=Web&limit=1":             {"Web customers"},
		"q=nobody":                  {},
		`filter=type+eq+"BUILT_IN"`: {"Everyone", "Okta Administrators"},
		`filter=type+eq+"OKTA_GROUP"+or+type+eq+"BUILT_IN"&limit=2`: {"Everyone", "Okta Administrators"},
		`search=profile.name+sw+"Web"`:                              {"Web customers", "Web partners"},
	} {
		a := o.do("GET", "/api/v1/groups?"+query, nil).want(t, "200")
		assert.Check(t, is.DeepEqual(a.column("profile.name"), want), query)
		if pages := query == `filter=type+eq+"OKTA_GROUP"+or+type+eq+"BUILT_IN"&limit=2`; pages != (a.next() != "") {
			t.Errorf("%s: next link %q", query, a.next())
		}
	}
	o.do("GET", `/api/v1/groups?filter=profile.name+eq+"x"`, nil).want(t, "400 E0000001 filter: Invalid search criteria.")
	o.do("GET", "/api/v1/groups/00gNone", nil).want(t, "404 E0000007")
}

func TestAssignGroups(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app := "/api/v1/apps/" + o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200").text("id")
	groups := o.do("GET", "/api/v1/groups", nil).column("id")
	before := o.Counts().GroupsAssigned
	for i, id := range groups[:3] {
		a := o.do("PUT", app+"/groups/"+id, object{}).want(t, "200")
		assert.Check(t, a.text("id") == id &&
			a.at("priority") == float64(i) && a.text("_links.group.href") == o.http.URL+"/api/v1/groups/"+id, "assignment %s", a.raw)
	}
	o.do("PUT", app+"/groups/"+groups[0], object{"priority": 0, "profile": object{"role": "x"}}).want(t, "200") // a second time changes it
	assert.Check(t, is.Equal((o.Counts().GroupsAssigned-before), 3))
	assert.Check(t, is.DeepEqual(o.do("GET", app+"/groups?limit=20", nil).want(t, "200").column("id"), groups[:3]))
	o.do("GET", app+"/groups?limit=19", nil).want(t, "400 E0000001 limit: must be a number from 20 to 200")
	o.do("DELETE", app+"/groups/"+groups[1], nil).want(t, "204")
	o.do("GET", app+"/groups/"+groups[1], nil).want(t, "404 E0000007")
	o.do("GET", app+"/groups/"+groups[0], nil).want(t, "200")
	o.do("PUT", app+"/groups/00gNone", object{}).want(t, "404 E0000007")
	o.do("PUT", "/api/v1/apps/0oaNone/groups/"+groups[0], object{}).want(t, "404 E0000007")
}

func TestFederationBrokerMode(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app := "/api/v1/apps/" + o.do("POST", "/api/v1/apps", webApp(object{"settings.implicitAssignment": true})).want(t, "200").text("id")
	group := o.do("GET", "/api/v1/groups", nil).column("id")[0]
	const cause = "It is not possible to assign groups to an AppInstance that has Federation Broker Mode enabled"
	a := o.do("PUT", app+"/groups/"+group, object{}).want(t, "400 E0000001 "+cause)
	assert.Check(t, is.Equal(a.text("errorSummary"), "Api validation failed: GroupAppAssignment"), "summary")
}

func TestAssignUser(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app := "/api/v1/apps/" + o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200").text("id")
	me := o.do("GET", "/api/v1/users/me", nil).want(t, "200").text("id")
	a := o.do("POST", app+"/users", object{"id": me, "scope": "USER"}).want(t, "200")
	assert.Check(t, a.text("id") == me &&
		a.text("scope") == "USER" && a.text("credentials.userName") == "ada@acme.test", "assigned %s", a.raw)
	assert.Check(t, is.DeepEqual(o.do("GET", app+"/users", nil).want(t, "200").column("id"), []string{me}))
	o.do("POST", app+"/users", object{"scope": "USER"}).want(t, "400 E0000001 id: The field cannot be left blank")
	assert.Check(t, is.Equal(o.do("GET", app+"/users/"+me, nil).want(t, "200").text("id"), me), "assigned")
	o.do("DELETE", app+"/users/"+me, nil).want(t, "204")
	o.do("GET", app+"/users/"+me, nil).want(t, "404 E0000007")
	o.do("POST", app+"/users", object{"id": "00uNone"}).want(t, "404 E0000007")
}

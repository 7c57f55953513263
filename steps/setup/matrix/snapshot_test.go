package matrix

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/internal/kit"
)

type object = map[string]any

const servers = "/authorizationServers?limit=200"

// admin makes a call that has to succeed, again while a service does not see yet what was just made.
func (c *computer) admin(t *testing.T, method, address string, body any) any {
	t.Helper()
	text := ""
	if body != nil {
		raw := kit.Must(json.Marshal(body))(t)
		text = string(raw)
	}
	const tries = 200
	for try := 1; ; try++ {
		status, answer := simtest.Send(t, c.sim, method, address, text)
		switch {
		case status/100 == 2, status == http.StatusUnauthorized && strings.HasSuffix(address, servers): // the license is missing
			return answer
		case try == tries || status != http.StatusNotFound && status != http.StatusBadRequest:
			t.Fatalf("%s %s: %d %v", method, address, status, answer)
		}
		time.Sleep(c.poll)
	}
}

// counted are what the services write by themselves at each change. The version of a configuration or a deployment is a
// text, and none of these.
func counted(key string, value any) bool {
	_, number := value.(float64)
	return key == "version" && number ||
		slices.Contains([]string{"dateModified", "modifiedDate", "lastModifiedUser", "lastUpdated", "errorId"}, key)
}

func uncounted(value any) any {
	switch v := value.(type) {
	case object:
		v = maps.Clone(v)
		maps.DeleteFunc(v, counted)
		for key, member := range v {
			v[key] = uncounted(member)
		}
		return v
	case []any:
		v = slices.Clone(v)
		for i, member := range v {
			v[i] = uncounted(member)
		}
		return v
	}
	return value
}

// snapshot is every object of both orgs as its services show it, by address. Versions that are published stay for ever,
// so the list of them is left out.
func (c *computer) snapshot(t *testing.T) map[string]string {
	t.Helper()
	s := map[string]string{}
	read := func(address string) []any {
		answer := c.admin(t, http.MethodGet, address, nil)
		text := kit.Must(json.MarshalIndent(uncounted(answer), "", " "))(t)
		s[address] = string(text)
		if list, ok := answer.([]any); ok {
			return list
		}
		page, _ := answer.(object)
		for _, more := range []string{"nextUri", "nextPage"} {
			assert.Assert(t, page[more] == nil, "%s has another page", address)
		}
		list, _ := page["entities"].([]any)
		return list
	}
	each := func(list string, parts ...string) (addresses []string) {
		path, _, _ := strings.Cut(list, "?")
		for _, member := range read(list) {
			at := path + "/" + url.PathEscape(member.(object)["id"].(string))
			addresses = append(addresses, at)
			for _, part := range parts {
				read(at + part)
			}
		}
		return addresses
	}
	okta, genesys := c.sim.OktaURL()+"/api/v1", c.sim.GenesysURL()+"/api/v2"
	each(okta+"/apps?limit=200&includeNonDeleted=true", "", "/groups", "/users", "/credentials/secrets")
	each(okta+"/trustedOrigins?limit=200", "")
	for _, server := range each(okta + servers) {
		for _, policy := range each(server+"/policies", "") {
			each(policy+"/rules", "")
		}
	}
	each(genesys+"/integrations?pageSize=100&expand=config.current", "", "/config/current")
	each(genesys+"/integrations/credentials?pageSize=100", "")
	each(genesys+"/webdeployments/configurations?pageSize=300", "/versions/draft")
	for _, deployment := range each(genesys+"/webdeployments/deployments?pageSize=300", "") {
		id := deployment[strings.LastIndex(deployment, "/"):]
		read(c.sim.GenesysURL() + "/webdeployments/v1/deployments" + id + "/config.json")
		read(c.sim.GenesysURL() + "/webdeployments/v1/deployments" + id + "/domains.json")
	}
	return s
}

// different says in which lines two snapshots differ.
func different(before, after map[string]string) (diff string) {
	both := maps.Clone(before)
	maps.Copy(both, after)
	for _, address := range slices.Sorted(maps.Keys(both)) {
		if before[address] != after[address] {
			diff += "\n" + address + "\n" + cmp.Diff(strings.Split(before[address], "\n"), strings.Split(after[address], "\n"))
		}
	}
	return diff
}

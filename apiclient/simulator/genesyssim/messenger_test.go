package genesyssim_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"gotest.tools/v3/assert"
)

// messenger is what run-time discovery finds of the OpenID Connect type (contract genesys.md 1.2).
type messenger struct {
	typeID, discoveryKey, lifetimeKey, thirdKey string
	required                                    []any
	credentialKey, credentialType               string
	idKey, secretKey                            string
	maxInstances                                int
}

// discover finds the type through the API alone.
func (o *org) discover() messenger {
	o.t.Helper()
	var m messenger
	for _, kind := range o.all("integrations/types?pageSize=100") {
		if strings.EqualFold(kind["name"].(string), "OpenID Connect Messenger Configuration") && kind["nonInstallable"] != true {
			m.typeID = kind["id"].(string)
		}
	}
	assert.Assert(o.t, m.typeID != "", "the type is not in the catalogue")
	kind := o.must(http.MethodGet, "integrations/types/"+m.typeID, nil)
	m.maxInstances = int(kind["maxInstances"].(float64))
	for key, spec := range kind["credentials"].(object) {
		m.credentialKey, m.credentialType = key, spec.(object)["credentialTypes"].([]any)[0].(string)
	}
	schema := o.must(http.MethodGet, "integrations/types/"+m.typeID+"/configschemas/properties", nil)
	m.required = schema["required"].([]any)
	for key, p := range schema["properties"].(object) {
		switch p.(object)["title"] {
		case "Discovery URI":
			m.discoveryKey = key
		case "Max Refresh Token Lifetime":
			m.lifetimeKey = key
		default:
			m.thirdKey = key
		}
	}
	kind = o.named("integrations/credentials/types", m.credentialType)
	fields := slices.Collect(maps.Keys(kind["properties"].(object)))
	m.idKey = fields[slices.IndexFunc(fields, regexp.MustCompile(`(?i)client.?id`).MatchString)]
	m.secretKey = fields[slices.IndexFunc(fields, regexp.MustCompile(`(?i)client.?secret`).MatchString)]
	return m
}

// properties is a complete set of property values.
func (m messenger) properties() object {
	return object{m.discoveryKey: "https://acme.okta.example/oauth2/default/.well-known/openid-configuration", m.lifetimeKey: 86400}
}

func (m messenger) integration(name string) object {
	return object{"name": name, "integrationType": object{"id": m.typeID}}
}

func (m messenger) credential(secret string) object {
	return object{
		"name": "Integration-x", "type": object{"name": m.credentialType},
		"credentialFields": object{m.idKey: "0oa1", m.secretKey: secret},
	}
}

func (m messenger) config(version int, credentialID string) object {
	credentials := object{}
	if credentialID != "" {
		credentials[m.credentialKey] = object{"id": credentialID}
	}
	return object{
		"name": "Messenger SSO", "version": version, "properties": m.properties(), "advanced": object{}, "notes": "",
		"credentials": credentials,
	}
}

// without returns a copy that lacks some members; with returns one that has a member set.
func without(o object, keys ...string) object {
	out := maps.Clone(o)
	for _, key := range keys {
		delete(out, key)
	}
	return out
}

func with(o object, key string, value any) object {
	out := maps.Clone(o)
	out[key] = value
	return out
}

package genesyssim

import (
	"cmp"
	"fmt"
	"slices"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// The type's texts as Admin shows them (contract genesys.md 1.1).
const (
	messengerType        = "OpenID Connect Messenger Configuration"
	messengerCategory    = "WebDeployments"
	messengerDescription = "oAuth configuration for Messenger deployments"
	messengerDiscovery   = "Discovery URI"
	messengerLifetime    = "Max Refresh Token Lifetime"
	messengerImplicit    = "Implicit Flow Support"
	messengerHelp        = `Also called the "well-known endpoint": the address of the provider's OpenID Connect values`
)

// Max Refresh Token Lifetime lies between 15 minutes and 90 days, in seconds (contract genesys.md 1.1).
const (
	shortestRefresh = 900
	longestRefresh  = 7776000
	usualRefresh    = 86400
)

// fewestApps is how many applications of the market place every catalogue has at least.
const fewestApps = 32

// plantTypes builds the catalogue. Whatever the contract marks as not established comes from the seed.
func (s *Server) plantTypes(ids *simkit.IDs) {
	held, heldID := messengerCredential(ids)
	person, client := []string{"userName", "password"}, []string{"clientId", "clientSecret"}
	for _, t := range []credentialType{
		{"userDefined", person, person},
		{"basicAuth", person, person},
		{"userDefinedOAuth", []string{"clientId", "clientSecret", "loginUrl"}, client},
		{"pureCloudOAuthClient", client, client},
	} {
		s.credentialTypes = append(s.credentialTypes, &record[credentialType]{id: ids.UUID(), body: t})
	}
	s.credentialTypes = append(s.credentialTypes, &record[credentialType]{id: heldID, body: held})
	s.plantFillers(ids)
	if chance(ids, 3) {
		s.insertType(ids, "legacy-"+ids.Pick("openid", "oidc")+"-messenger", integrationType{
			name: messengerType, category: messengerCategory, description: messengerDescription, nonInstallable: true, schema: has(members{}),
		})
	}
	id, messenger := s.messenger(ids, held)
	s.messengerID = id
	if !s.options.NoMessengerLicence {
		s.insertType(ids, id, messenger)
	}
}

// insertType puts a type anywhere in the second half, so beyond the first page of a long catalogue at times.
func (s *Server) insertType(ids *simkit.IDs, id string, t integrationType) {
	places := make([]string, 0, len(s.types))
	for at := len(s.types) / 2; at <= len(s.types); at++ {
		places = append(places, fmt.Sprint(at))
	}
	var at int
	_, _ = fmt.Sscan(ids.Pick(places...), &at)
	s.types = slices.Insert(s.types, at, &record[integrationType]{id: id, body: t})
}

func messengerCredential(ids *simkit.IDs) (t credentialType, id string) {
	name := ids.Pick("webdeploymentsOAuthClient", "openIdConnectClient", "messengerOAuthClient", "oidcClientCredentials") +
		ids.Pick("", "V2", "Messenger")
	var key, secret string
	_, _ = fmt.Sscan(ids.Pick("clientId clientSecret", "client_id client_secret", "ClientID ClientSecret",
		"clientid clientsecret", "oauthClientId oauthClientSecret"), &key, &secret)
	id = ids.UUID()
	if chance(ids, 2) {
		id = name
	}
	return credentialType{name, []string{key, secret}, []string{key, secret}}, id
}

func (s *Server) messenger(ids *simkit.IDs, held credentialType) (id string, t integrationType) {
	lifetimeKey := ids.Pick("maxRefreshTokenLifetime", "max_refresh_token_lifetime", "refreshTokenMaxLifetime", "refreshTokenTtlSeconds")
	lifetime := shape{
		title: messengerLifetime, description: "Any value between 15 minutes and 90 days, in seconds",
		kind: "integer", min: shortestRefresh, max: longestRefresh,
	}
	lifetimeNeeded, most := chance(ids, 8), 10
	if lifetimeNeeded {
		lifetime.fallback = usualRefresh
	}
	if chance(ids, 2) {
		most = 20
	}
	id = ids.Pick("openid-connect-messenger", "messenger-oidc", "web-messaging-openid", "webdeployments-openid-connect",
		"messenger-openid-connect", "oidc-web-messaging", "open-messaging-oauth", "messenger-oauth-configuration") +
		ids.Pick("", "-config", "-provider", "-v2", "-settings", "-client") + ids.Pick("", "-core", "-2022")
	t = integrationType{
		name: ids.Pick(messengerType, messengerType, messengerType,
			"OpenID Connect messenger configuration", "OpenId Connect Messenger Configuration"),
		description: messengerDescription, category: messengerCategory, maxInstances: cmp.Or(s.options.MaxInstances, most), brief: chance(ids, 2),
	}
	discoveryKey := ids.Pick("discoveryUri", "discoveryUrl", "discovery_uri", "wellKnownUri", "openIdDiscoveryUri",
		"oidcDiscoveryUri", "wellKnownEndpoint", "providerMetadataUri")
	t.schema = has(members{
		discoveryKey: {title: messengerDiscovery, description: messengerHelp, kind: "string", uri: true},
		lifetimeKey:  lifetime,
		ids.Pick("implicitFlowSupport", "implicit_flow_support", "allowImplicitFlow"): {
			title: messengerImplicit, description: "Accept id tokens of the implicit flow", kind: "boolean", fallback: false,
		},
	}, discoveryKey)
	if lifetimeNeeded {
		t.schema.needs = append(t.schema.needs, lifetimeKey)
	}
	t.credentials = map[string]credentialSlot{
		ids.Pick("oAuthClient", "webdeploymentsOAuthClient", "oidcClient", "basicAuth", "openIdClient"): {
			required: true, title: "Client credentials", types: []string{held.name},
		},
	}
	return id, t
}

// plantFillers adds the rest of the catalogue: a few of the vendor's own and many of its market place.
func (s *Server) plantFillers(ids *simkit.IDs) {
	add := func(id string, t integrationType) {
		t.description = t.name
		if t.schema.members == nil {
			t.schema = has(members{})
		}
		s.types = append(s.types, &record[integrationType]{id: id, body: t})
	}
	needed := func(key, title, kind string) map[string]credentialSlot {
		return map[string]credentialSlot{key: {required: true, title: title, types: []string{kind}}}
	}
	add("custom-rest-actions", integrationType{name: "Web Services Data Actions", category: "Data Actions", credentials: map[string]credentialSlot{
		"basicAuth": {title: "Credentials", types: []string{"userDefined", "userDefinedOAuth", "basicAuth"}},
	}})
	add("purecloud-data-actions", integrationType{
		name: "Genesys Cloud Data Actions", category: "Data Actions", credentials: needed("pureCloudOAuthClient", "OAuth client", "pureCloudOAuthClient"),
	})
	add("embedded-client-app", integrationType{name: "Client Application", category: "Applications", schema: has(members{
		"url": {title: "Application URL", description: "Where the application is", kind: "string", uri: true},
	}, "url")})
	add("imap-server", integrationType{name: "IMAP Server", category: "Email", credentials: needed("imap", "Mailbox", "basicAuth")})
	add("custom-smtp-server", integrationType{
		name: "Custom SMTP Server", category: "Email", maxInstances: 1, credentials: needed("smtp", "Server", "basicAuth"),
	})
	apps := fewestApps
	if chance(ids, 2) {
		apps = 128
	}
	for n := range apps {
		add(fmt.Sprintf("premium-app-%03d", n+1), integrationType{name: fmt.Sprintf("Premium application %03d", n+1), category: "Applications"})
	}
}

package genesyssim

import (
	"fmt"
	"slices"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// The type's texts as Admin shows them (contract genesys.md 1.1).
const (
	messengerType        = "OpenID Connect Messenger Configuration"
	messengerDescription = "oAuth configuration for Messenger deployments"
	messengerDiscovery   = "Discovery URI"
	messengerLifetime    = "Max Refresh Token Lifetime"
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
	held := messengerCredential(ids)
	s.credentialTypes = []credentialType{
		{ids.UUID(), "userDefined", []string{"userName", "password"}, []string{"userName", "password"}},
		{ids.UUID(), "basicAuth", []string{"userName", "password"}, []string{"userName", "password"}},
		{ids.UUID(), "userDefinedOAuth", []string{"clientId", "clientSecret", "loginUrl"}, []string{"clientId", "clientSecret"}},
		{ids.UUID(), "pureCloudOAuthClient", []string{"clientId", "clientSecret"}, []string{"clientId", "clientSecret"}},
		held,
	}
	s.types = fillers(ids)
	if chance(ids, 3) {
		s.insertType(ids, integrationType{
			id: "legacy-" + ids.Pick("openid", "oidc") + "-messenger", name: messengerType, category: "Messaging",
			description: messengerDescription, nonInstallable: true, credentials: map[string]credentialSpec{},
		})
	}
	messenger := s.messenger(ids, held)
	s.messengerID = messenger.id
	if s.options.MaxInstances > 0 {
		messenger.maxInstances = s.options.MaxInstances
	}
	if !s.options.NoMessengerLicence {
		s.insertType(ids, messenger)
	}
}

// insertType puts a type anywhere in the second half, so beyond the first page of a long catalogue at times.
func (s *Server) insertType(ids *simkit.IDs, t integrationType) {
	places := make([]string, 0, len(s.types))
	for at := len(s.types) / 2; at <= len(s.types); at++ {
		places = append(places, fmt.Sprint(at))
	}
	var at int
	_, _ = fmt.Sscan(ids.Pick(places...), &at)
	s.types = slices.Insert(s.types, at, t)
}

func messengerCredential(ids *simkit.IDs) credentialType {
	name := ids.Pick("webdeploymentsOAuthClient", "openIdConnectClient", "messengerOAuthClient", "oidcClientCredentials") +
		ids.Pick("", "V2", "Messenger")
	id, secret := ids.Pick("clientId clientSecret", "client_id client_secret", "ClientID ClientSecret",
		"clientid clientsecret", "oauthClientId oauthClientSecret"), ""
	_, _ = fmt.Sscan(id, &id, &secret)
	own := ids.UUID()
	if chance(ids, 2) {
		own = name
	}
	return credentialType{id: own, name: name, fields: []string{id, secret}, required: []string{id, secret}}
}

func (s *Server) messenger(ids *simkit.IDs, held credentialType) integrationType {
	lifetime := property{
		key:   ids.Pick("maxRefreshTokenLifetime", "max_refresh_token_lifetime", "refreshTokenMaxLifetime", "refreshTokenTtlSeconds"),
		title: messengerLifetime, description: "Any value between 15 minutes and 90 days, in seconds",
		kind: "integer", min: shortestRefresh, max: longestRefresh,
	}
	if chance(ids, 8) {
		lifetime.required, lifetime.fallback = true, usualRefresh
	}
	maximum := 10
	if chance(ids, 2) {
		maximum = 20
	}
	return integrationType{
		id: ids.Pick("openid-connect-messenger", "messenger-oidc", "web-messaging-openid", "webdeployments-openid-connect",
			"messenger-openid-connect", "oidc-web-messaging", "open-messaging-oauth", "messenger-oauth-configuration") +
			ids.Pick("", "-config", "-provider", "-v2", "-settings", "-client") + ids.Pick("", "-core", "-2022"),
		name: ids.Pick(messengerType, messengerType, messengerType,
			"OpenID Connect messenger configuration", "OpenId Connect Messenger Configuration"),
		description: messengerDescription, category: "Messaging", maxInstances: maximum, brief: chance(ids, 2),
		properties: []property{
			{
				key: ids.Pick("discoveryUri", "discoveryUrl", "discovery_uri", "wellKnownUri", "openIdDiscoveryUri",
					"oidcDiscoveryUri", "wellKnownEndpoint", "providerMetadataUri"),
				title: messengerDiscovery, description: messengerHelp, kind: "string", uri: true, required: true,
			},
			lifetime,
			{
				key:   ids.Pick("implicitFlowSupport", "implicit_flow_support", "allowImplicitFlow"),
				title: "Implicit Flow Support", description: "Accept id tokens of the implicit flow", kind: "boolean", fallback: false,
			},
		},
		credentials: map[string]credentialSpec{
			ids.Pick("oAuthClient", "webdeploymentsOAuthClient", "oidcClient", "basicAuth", "openIdClient"): {
				required: true, title: "Client credentials", types: []string{held.name},
			},
		},
	}
}

// fillers are the rest of the catalogue: a few of the vendor's own and many of its market place.
func fillers(ids *simkit.IDs) []integrationType {
	none := map[string]credentialSpec{}
	list := []integrationType{
		{id: "custom-rest-actions", name: "Web Services Data Actions", category: "Data Actions", credentials: map[string]credentialSpec{
			"basicAuth": {title: "Credentials", types: []string{"userDefined", "userDefinedOAuth", "basicAuth"}},
		}},
		{id: "purecloud-data-actions", name: "Genesys Cloud Data Actions", category: "Data Actions", credentials: map[string]credentialSpec{
			"pureCloudOAuthClient": {required: true, title: "OAuth client", types: []string{"pureCloudOAuthClient"}},
		}},
		{id: "embedded-client-app", name: "Client Application", category: "Applications", credentials: none, properties: []property{
			{key: "url", title: "Application URL", description: "Where the application is", kind: "string", uri: true, required: true},
		}},
		{id: "imap-server", name: "IMAP Server", category: "Email", credentials: map[string]credentialSpec{
			"imap": {required: true, title: "Mailbox", types: []string{"basicAuth"}},
		}},
		{id: "custom-smtp-server", name: "Custom SMTP Server", category: "Email", maxInstances: 1, credentials: map[string]credentialSpec{
			"smtp": {required: true, title: "Server", types: []string{"basicAuth"}},
		}},
	}
	apps := fewestApps
	if chance(ids, 2) {
		apps = 128
	}
	for n := range apps {
		list = append(list, integrationType{
			id: fmt.Sprintf("premium-app-%03d", n+1), name: fmt.Sprintf("Premium application %03d", n+1),
			category: "Applications", credentials: none,
		})
	}
	for i := range list {
		if list[i].description == "" {
			list[i].description = list[i].name
		}
	}
	return list
}

package okta

import (
	"net/url"
	"time"

	"msgsso-wizard/apiclient"
)

// Config says which org is spoken to and as whom.
type Config struct {
	Org    *url.URL         // https://acme.okta.com, or a loopback base
	SignIn SignIn           // nil: APIToken(Token)
	Token  apiclient.Secret // an API token (SSWS)
	apiclient.CallOptions
}

// Organization is what /.well-known/okta-organization tells without credentials (contract okta.md 7, 8).
type Organization struct {
	ID        string `api:"id,id"`
	Pipeline  string `api:"pipeline,required"`        // idx (Identity Engine) or v1 (classic)
	URL       string `api:"_links.organization.href"` // the management base URL
	Alternate string `api:"_links.alternate.href"`    // the custom domain, or empty
}

// User is an account, such as that of the admin who signed in (contract okta.md 8).
type User struct {
	ID     string `api:"id,id"`
	Login  string `api:"profile.login"`
	Name   string `api:"profile.displayName"`
	Status string `api:"status"` // ACTIVE, and several words for who cannot sign in; empty: not known
}

// Org is the organization by its own name (contract okta.md 8).
type Org struct {
	ID          string    `api:"id,id"`
	CompanyName string    `api:"companyName"`
	Status      string    `api:"status"`    // ACTIVE or INACTIVE
	Expires     time.Time `api:"expiresAt"` // zero: it doesn't
}

// App is an app integration. What this program does not name stays in Whole and is sent back by UpdateApp, which also
// sends the changes of the fields with a write in their tag.
type App struct {
	ID              string           `api:"id,id"`
	Name            string           `api:"name"` // oidc_client for an app that an admin made
	Label           string           `api:"label,write"`
	Status          string           `api:"status"`     // ACTIVE or INACTIVE
	SignOnMode      string           `api:"signOnMode"` // OPENID_CONNECT, another mode, or empty where Okta sends null
	Created         time.Time        `api:"created"`
	ClientID        string           `api:"credentials.oauthClient.client_id"`
	ClientSecret    apiclient.Secret `api:"credentials.oauthClient.client_secret"` // only in the answers to create and update
	TokenAuthMethod string           `api:"credentials.oauthClient.token_endpoint_auth_method,write"`
	PKCERequired    bool             `api:"credentials.oauthClient.pkce_required,write"`
	ApplicationType string           `api:"settings.oauthClient.application_type"` // web, native, browser, service
	GrantTypes      []string         `api:"settings.oauthClient.grant_types,write"`
	RedirectURIs    []string         `api:"settings.oauthClient.redirect_uris,write"`
	LogoutURIs      []string         `api:"settings.oauthClient.post_logout_redirect_uris,write"`
	Implicit        bool             `api:"settings.implicitAssignment,write"` // Federation Broker Mode: everyone may sign in, no group can be assigned
	AdminNote       string           `api:"settings.notes.admin,write"`
	ManagedBy       string           `api:"profile.managedBy,write"` // our tag
	Wildcards       bool             // a star in a redirect URI stands for a part of the host's first label
	SignInPolicy    string           // the ID of its app sign-in policy; empty: Okta names none

	// What an admin can demand of the app's client, beyond its secret (contract okta.md 1.1). PushedOnly goes by RFC 9126's
	// name: Okta's definition has no member for it.
	EncryptsIDTokens string `api:"settings.oauthClient.id_token_encrypted_response_alg"` // the algorithm; empty: not encrypted
	DPoP             bool   `api:"settings.oauthClient.dpop_bound_access_tokens"`
	PushedOnly       bool   `api:"settings.oauthClient.require_pushed_authorization_requests"`
	Network          string `api:"settings.oauthClient.network.connection"` // ANYWHERE or ZONE; empty: ANYWHERE

	apiclient.Whole
}

// NewApp is what CreateApp needs to make a web app integration with a client secret (contract okta.md 1.1).
type NewApp struct {
	Label        string
	GrantTypes   []string
	RedirectURIs []string
	LogoutURIs   []string
	ManagedBy    string
	AdminNote    string
}

// AppSecret is one of an app's at most two client secrets (contract okta.md 1.3).
type AppSecret struct {
	ID      string           `api:"id,id"`
	Status  string           `api:"status"` // ACTIVE or INACTIVE
	Created time.Time        `api:"created"`
	Secret  apiclient.Secret `api:"client_secret"`
}

// Group is a group of users (contract okta.md 2).
type Group struct {
	ID          string `api:"id,id"`
	Type        string `api:"type"` // OKTA_GROUP, APP_GROUP, BUILT_IN
	Name        string `api:"profile.name"`
	Description string `api:"profile.description"`
}

// Everyone reports whether g is the org's own group of all users: the name alone is not enough, nor is the type.
func (g Group) Everyone() bool { return g.Type == "BUILT_IN" && g.Name == "Everyone" }

// AuthorizationServer is a custom authorization server; the org's own server is not in the list (contract okta.md 4).
type AuthorizationServer struct {
	ID         string `api:"id,id"`
	Name       string `api:"name"`
	Issuer     string `api:"issuer,required"`
	IssuerMode string `api:"issuerMode"` // ORG_URL, CUSTOM_URL, or DYNAMIC: by the domain that it is asked at
	Status     string `api:"status"`     // ACTIVE or INACTIVE
	Default    bool   `api:"default"`
}

// Policy is an access policy of a custom authorization server (contract okta.md 4).
type Policy struct {
	ID       string   `api:"id,id"`
	Name     string   `api:"name"`
	Status   string   `api:"status"`
	Priority int      `api:"priority"`
	Clients  []string `api:"conditions.clients.include"` // client ids, or ALL_CLIENTS

	apiclient.Whole
}

// Rule is a rule of an access policy (contract okta.md 4).
type Rule struct {
	ID            string   `api:"id,id"`
	Name          string   `api:"name"`
	Status        string   `api:"status"`
	Priority      int      `api:"priority"`
	Groups        []string `api:"conditions.people.groups.include"` // group ids, or EVERYONE
	NotGroups     []string `api:"conditions.people.groups.exclude"` // the same
	NotUsers      []string `api:"conditions.people.users.exclude"`  // user ids
	GrantTypes    []string `api:"conditions.grantTypes.include"`
	Scopes        []string `api:"conditions.scopes.include"`                // scope names, or *
	AccessMinutes int      `api:"actions.token.accessTokenLifetimeMinutes"` // life of an access token; 0: not told

	apiclient.Whole
}

// SignInPolicy is an app sign-in policy (contract okta.md 9.3).
type SignInPolicy struct {
	ID     string `api:"id,id"`
	Name   string `api:"name"`
	System bool   `api:"system"` // Okta made it: new apps get it
}

// SignInRule is a rule of an app sign-in policy.
type SignInRule struct {
	ID         string `api:"id,id"`
	Status     string `api:"status"`
	Access     string `api:"actions.appSignOn.access"`                        // ALLOW or DENY
	FactorMode string `api:"actions.appSignOn.verificationMethod.factorMode"` // 1FA or 2FA; empty: not told
}

// Claim is a claim of a custom authorization server (contract okta.md 4).
type Claim struct {
	ID     string `api:"id,id"`
	Name   string `api:"name"`
	Status string `api:"status"`
	Type   string `api:"claimType"`            // IDENTITY: for ID tokens; RESOURCE: for access tokens
	Always bool   `api:"alwaysIncludeInToken"` // otherwise, an ID token that comes with an access token lacks it

	apiclient.Whole
}

// FederatedClaim is a claim of one app's ID tokens (contract okta.md 4).
type FederatedClaim struct {
	ID         string `api:"id,id"`
	Name       string `api:"name"`
	Expression string `api:"expression"`
}

// TrustedOrigin is a page origin that may call Okta and be redirected to (contract okta.md 5).
type TrustedOrigin struct {
	ID      string    `api:"id,id"`
	Name    string    `api:"name"`
	Origin  string    `api:"origin"` // scheme, host, port
	Status  string    `api:"status"`
	Created time.Time `api:"created"`
	Scopes  []string  `api:"scopes.type"` // CORS, REDIRECT, IFRAME_EMBED

	apiclient.Whole
}

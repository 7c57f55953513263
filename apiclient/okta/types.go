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
	ID        string
	Pipeline  string // idx (Identity Engine) or v1 (classic)
	URL       string // the management base URL
	Alternate string // the custom domain, or empty
}

// User is a person, such as the admin who signed in (contract okta.md 8).
type User struct {
	ID     string
	Login  string
	Name   string
	Status string // ACTIVE, and several words for who cannot sign in; empty: not told
}

// Org is the organization by its own name (contract okta.md 8).
type Org struct {
	ID          string
	CompanyName string
	Subdomain   string
	Status      string // ACTIVE or INACTIVE
}

// App is an app integration. What this program does not name stays in raw and is sent back by UpdateApp.
type App struct {
	ID              string
	Name            string // oidc_client for an app that an admin made
	Label           string
	Status          string // ACTIVE or INACTIVE
	SignOnMode      string // OPENID_CONNECT, another mode, or empty where Okta sends null
	Created         time.Time
	ClientID        string
	ClientSecret    apiclient.Secret // only in the answers to create and update
	TokenAuthMethod string
	PKCERequired    bool
	ApplicationType string // web, native, browser, service
	GrantTypes      []string
	ResponseTypes   []string
	RedirectURIs    []string
	LogoutURIs      []string
	Wildcards       bool   // a star in a redirect URI stands for a part of the host's first label
	Implicit        bool   // Federation Broker Mode: everyone may sign in, no group can be assigned
	ManagedBy       string // profile.managedBy: our tag
	AdminNote       string // settings.notes.admin

	raw apiclient.Object
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
	ID      string
	Status  string // ACTIVE or INACTIVE
	Created time.Time
	Secret  apiclient.Secret
}

// Group is a group of people (contract okta.md 2).
type Group struct {
	ID          string
	Type        string // OKTA_GROUP, APP_GROUP, BUILT_IN
	Name        string
	Description string
}

// Everyone reports whether g is the org's own group of all people: the name alone is not enough, nor is the type.
func (g Group) Everyone() bool { return g.Type == "BUILT_IN" && g.Name == "Everyone" }

// AuthorizationServer is a custom authorization server; the org's own server is not in the list (contract okta.md 4).
type AuthorizationServer struct {
	ID         string
	Name       string
	Issuer     string
	IssuerMode string // ORG_URL, CUSTOM_URL, or DYNAMIC: by the domain that it is asked at
	Status     string // ACTIVE or INACTIVE
	Default    bool
}

// Policy is an access policy of a custom authorization server (contract okta.md 4).
type Policy struct {
	ID       string
	Name     string
	Status   string
	Priority int
	System   bool
	Clients  []string // client ids, or ALL_CLIENTS
}

// Rule is a rule of an access policy (contract okta.md 4).
type Rule struct {
	ID         string
	Name       string
	Status     string
	Priority   int
	Groups     []string // group ids, or EVERYONE
	GrantTypes []string
	Scopes     []string // scope names, or *

	AccessMinutes int // life of an access token; 0: not told
}

// TrustedOrigin is a page origin that may call Okta and be redirected to (contract okta.md 5).
type TrustedOrigin struct {
	ID      string
	Name    string
	Origin  string // scheme, host, port
	Status  string
	Created time.Time
	Scopes  []string // CORS, REDIRECT, IFRAME_EMBED

	raw apiclient.Object
}

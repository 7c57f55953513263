package genesys

import (
	"slices"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
)

// Config says which Genesys Cloud organization is spoken to and as whom: with an access token that exists
// already, as a user who signs in with the browser, or with a client's own credentials, the first of them
// that is set (contract genesys.md 6).
type Config struct {
	Region       Region
	AccessToken  apiclient.Secret // used as it is and never renewed: ErrTokenEnded
	Browser      *Browser
	ClientID     string
	ClientSecret apiclient.Secret // of an OAuth client with the client credentials grant
	apiclient.CallOptions
}

// Region is one place where Genesys Cloud runs, with its hosts (contract genesys.md 5).
type Region struct {
	Domain      string // mypurecloud.de; for a loopback region the host and port
	Location    string // Frankfurt, or empty for a free domain
	AWS         string // eu-central-1, or empty
	Environment string // prod-euc1, as the snippet says it; empty where unknown
	API         string // base URLs
	Login       string
	Apps        string
	CDN         string
}

// Organization is the Genesys Cloud organization (contract genesys.md 7).
type Organization struct {
	ID   string `api:"id,id"`
	Name string `api:"name"`
}

// IntegrationType is a kind of integration that can be installed (contract genesys.md 1.2).
type IntegrationType struct {
	ID             string                    `api:"id,id"`
	Name           string                    `api:"name"`
	Description    string                    `api:"description"`
	Category       string                    `api:"category"`
	NonInstallable bool                      `api:"nonInstallable"`
	MaxInstances   int                       `api:"maxInstances"`
	Credentials    map[string]CredentialSpec `api:"credentials"` // by the key that the integration's configuration uses
}

// CredentialSpec says which credential types fit under a key of an integration's credentials.
type CredentialSpec struct {
	Required bool     `api:"required"`
	Title    string   `api:"title"`
	Types    []string `api:"credentialTypes"`
}

// CredentialType names the fields of a credential (contract genesys.md 1.2).
type CredentialType struct {
	ID       string                    `api:"id"`
	Name     string                    `api:"name"`
	Fields   map[string]SchemaProperty // its properties
	Required []string                  `api:"required"`
}

// Schema is the JSON schema of an integration type's properties (contract genesys.md 1.2 step 3).
type Schema struct {
	Required   []string                  `api:"required"`
	Properties map[string]SchemaProperty `api:"properties"`
}

// SchemaProperty is one property of a Schema, as far as JSON Schema (draft 4) describes one value or a list of them.
type SchemaProperty struct {
	Title       string `api:"title"`
	Description string `api:"description"`
	Type        string // the first that isn't null; empty: any
	Format      string `api:"format"`
	Enum        []any
	Default     any      `api:"default"`
	Minimum     *float64 // nil: any
	Maximum     *float64
	MinLength   int
	MaxLength   int             // 0: any
	Items       *SchemaProperty // of an array; nil: any
}

// Integration is an installed integration (contract genesys.md 1.3).
type Integration struct {
	ID            string             `api:"id,id"`
	Name          string             `api:"name"`
	TypeID        string             `api:"integrationType.id"`
	IntendedState string             `api:"intendedState"`      // ENABLED, DISABLED, DELETED
	State         string             `api:"reportedState.code"` // ACTIVE, ACTIVATING, INACTIVE, DEACTIVATING, ERROR
	StateDetail   string             `api:"reportedState.detail.message"`
	Config        *IntegrationConfig `api:"config.current"` // where the answer carried it
}

// IntegrationConfig is the current configuration of an integration; Version is its lock (contract genesys.md 1.3).
type IntegrationConfig struct {
	Name        string            `api:"name"`
	Version     int               `api:"version"`
	Properties  apiclient.Object  // as the server wrote them
	Notes       string            `api:"notes,lines"`
	Credentials map[string]string // credential ids by the type's credential key

	apiclient.Whole
}

// NewCredential is what a credential is created or replaced with.
type NewCredential struct {
	Name   string
	Type   string
	Fields map[string]apiclient.Secret
}

// Credential is a stored credential; its fields are never sent back (contract genesys.md 1.3).
type Credential struct {
	ID       string    `api:"id,id"`
	Name     string    `api:"name"`
	Type     string    `api:"type.name"`
	Created  time.Time `api:"createdDate"`  // zero: not told
	Modified time.Time `api:"modifiedDate"` // when its fields were last replaced; zero: not told
}

// AuthenticationSettings is the part of a Messenger configuration that switches sign-in on (contract genesys.md 2.2).
type AuthenticationSettings struct {
	Enabled        bool   `api:"enabled"`
	IntegrationID  string `api:"integrationId"`
	SessionUpgrade bool   `api:"allowSessionUpgrade"`
}

// Configuration is one version of a Messenger configuration, or its draft. Members that this program does
// not name stay in Whole and are sent back by UpdateDraft (contract genesys.md 2.2, 2.3).
type Configuration struct {
	ID           string                  `api:"id,id"`
	Name         string                  `api:"name"`
	Description  string                  `api:"description,lines"`
	Version      string                  `api:"version,number"`         // DRAFT, 1, 2, …
	Status       string                  `api:"status"`                 // Pending, Active, Inactive, Error, Deleting
	Auth         *AuthenticationSettings `api:"authenticationSettings"` // nil: never set
	Modified     time.Time               `api:"dateModified"`
	ModifiedByID string                  `api:"lastModifiedUser.id"`
	Published    time.Time               `api:"datePublished"` // zero: it is a draft

	apiclient.Whole
}

// NewConfiguration is what CreateConfiguration needs (contract genesys.md 2.2).
type NewConfiguration struct {
	Name            string
	Description     string
	Languages       []string
	DefaultLanguage string
	Auth            AuthenticationSettings
}

// Deployment is a Messenger deployment (contract genesys.md 2.4).
type Deployment struct {
	ID                   string   `api:"id,id"`
	Name                 string   `api:"name"`
	Description          string   `api:"description,lines"`
	Status               string   `api:"status"`
	ConfigurationID      string   `api:"configuration.id"`
	ConfigurationVersion string   `api:"configuration.version,number"`
	AllowAllDomains      bool     `api:"allowAllDomains"`
	AllowedDomains       []string `api:"allowedDomains"`
	FlowID               string   `api:"flow.id"`
	Snippet              string   `api:"snippet,lines"` // as the service wrote it, but for what a terminal would obey

	apiclient.Whole
}

// Flow is an inbound message flow (contract genesys.md 7).
type Flow struct {
	ID        string `api:"id,id"`
	Name      string `api:"name"`
	Published bool
}

// PublicConfig is what browsers really get of a deployment's configuration from the public CDN (contract genesys.md 3).
type PublicConfig struct {
	Version        string `api:"version,number"`
	Status         string `api:"status"`
	AuthEnabled    bool   `api:"auth.enabled"`
	SessionUpgrade bool   `api:"auth.allowSessionUpgrade"` // a visitor may begin without signing in
}

// PublicDomains is on which sites browsers start a deployment, by the public CDN (contract genesys.md 3). No domain
// and not AllowAll: on none.
type PublicDomains struct {
	AllowAll bool     `api:"allowAllDomains"`
	Domains  []string `api:"allowedDomains"`
}

// Allow reports whether Messenger may start on a page: its host is an allowed domain or below one, whatever the case
// (contract genesys.md 2.4).
func (p PublicDomains) Allow(page string) bool {
	return p.AllowAll || slices.ContainsFunc(p.Domains, address.OriginOf(page).Host.Within)
}

// Domains is on which sites the deployment starts, as the API says.
func (d Deployment) Domains() PublicDomains {
	return PublicDomains{d.AllowAllDomains, d.AllowedDomains}
}

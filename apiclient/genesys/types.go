package genesys

import (
	"time"

	"msgsso-wizard/apiclient"
)

// Config says which Genesys Cloud organization is spoken to and as whom: with an access token that exists
// already, as a person who signs in with the browser, or with a client's own credentials, the first of them
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
	Place       string // Frankfurt, or empty for a free domain
	AWS         string // eu-central-1, or empty
	Environment string // prod-euc1, as the snippet says it; empty where unknown
	API         string // base URLs
	Login       string
	Apps        string
	CDN         string
}

// Organization is the Genesys Cloud organization (contract genesys.md 7).
type Organization struct {
	ID   string
	Name string // its own name
	Code string // thirdPartyOrgName, by which people sign in
}

// IntegrationType is a kind of integration that can be installed (contract genesys.md 1.2).
type IntegrationType struct {
	ID             string
	Name           string
	Description    string
	NonInstallable bool
	MaxInstances   int
	Credentials    map[string]CredentialSpec // by the key that the integration's configuration uses
}

// CredentialSpec says which credential types fit under a key of an integration's credentials.
type CredentialSpec struct {
	Required bool
	Title    string
	Types    []string
}

// CredentialType names the fields of a credential (contract genesys.md 1.2).
type CredentialType struct {
	ID       string
	Name     string
	Fields   []string // the keys of its properties, sorted
	Required []string
}

// Schema is the JSON schema of an integration type's properties (contract genesys.md 1.2 step 3).
type Schema struct {
	Required   []string
	Properties map[string]SchemaProperty
}

// SchemaProperty is one property of a Schema.
type SchemaProperty struct {
	Title       string
	Description string
	Type        string
	Default     any
}

// Integration is an installed integration (contract genesys.md 1.3).
type Integration struct {
	ID            string
	Name          string
	TypeID        string
	IntendedState string             // ENABLED, DISABLED, DELETED
	State         string             // reportedState.code: ACTIVE, ACTIVATING, INACTIVE, DEACTIVATING, ERROR
	StateDetail   string             // reportedState.detail.message
	Config        *IntegrationConfig // where the answer carried it
}

// IntegrationConfig is the current configuration of an integration; Version is its lock (contract genesys.md 1.3).
type IntegrationConfig struct {
	Name        string
	Version     int
	Properties  apiclient.Object
	Advanced    apiclient.Object
	Notes       string
	Credentials map[string]string // credential ids by the type's credential key

	raw apiclient.Object
}

// NewCredential is what a credential is created or replaced with.
type NewCredential struct {
	Name   string
	Type   string
	Fields map[string]apiclient.Secret
}

// Credential is a stored credential; its fields are never sent back (contract genesys.md 1.3).
type Credential struct {
	ID       string
	Name     string
	Type     string
	Created  time.Time // zero: not told
	Modified time.Time // when its fields were last replaced; zero: not told
}

// AuthenticationSettings is the part of a Messenger configuration that switches sign-in on (contract genesys.md 2.2).
type AuthenticationSettings struct {
	Enabled        bool
	IntegrationID  string
	SessionUpgrade bool
}

// Configuration is one version of a Messenger configuration, or its draft. Members that this program does
// not name stay in raw and are sent back by UpdateDraft (contract genesys.md 2.2, 2.3).
type Configuration struct {
	ID            string
	Name          string
	Description   string
	Version       string // DRAFT, 1, 2, …
	Status        string // Pending, Active, Inactive, Error, Deleting
	Languages     []string
	Auth          *AuthenticationSettings // nil: never set
	Modified      time.Time
	ModifiedByID  string
	DatePublished time.Time

	raw apiclient.Object
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
	ID                   string
	Name                 string
	Description          string
	Status               string
	ConfigurationID      string
	ConfigurationVersion string
	AllowAllDomains      bool
	AllowedDomains       []string
	FlowID               string
	Snippet              string // as the service wrote it, byte for byte, but for what a terminal would obey (apiclient.Lines)
	Modified             time.Time

	raw apiclient.Object
}

// NewDeployment is what CreateDeployment needs.
type NewDeployment struct {
	Name                 string
	Description          string
	ConfigurationID      string
	ConfigurationVersion string
	AllowAllDomains      bool
	AllowedDomains       []string
	FlowID               string // empty: no flow
}

// Flow is an inbound message flow (contract genesys.md 7).
type Flow struct {
	ID        string
	Name      string
	Published bool
	Active    bool
}

// PublicConfig is what browsers really get of a deployment's configuration from the public CDN (contract genesys.md 3).
type PublicConfig struct {
	Version        string
	Status         string
	AuthEnabled    bool
	SessionUpgrade bool // a visitor may begin without signing in
}

// PublicDomains is on which sites browsers start a deployment, by the public CDN (contract genesys.md 3). No domain
// and not AllowAll: on none.
type PublicDomains struct {
	AllowAll bool
	Domains  []string
}

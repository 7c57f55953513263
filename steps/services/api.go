package services

import (
	"context"
	"net/url"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/site"
	"msgsso-wizard/steps/guide"
)

// Okta is what the steps need of an Okta org; *okta.Client has it.
type Okta interface {
	SignIn(context.Context) error
	Organization(context.Context) (okta.Organization, error)
	Me(context.Context) (okta.User, error)
	Org(context.Context) (okta.Org, error)
	Roles(ctx context.Context, userID string) ([]okta.Role, error)
	Skew() (time.Duration, bool)
	RateLimits() []apiclient.RateLimit
	RevokeToken(context.Context) error

	Apps(ctx context.Context, labelPrefix string) ([]okta.App, error)
	App(ctx context.Context, id string) (okta.App, error)
	AppOfClient(ctx context.Context, clientID string) (okta.App, error)
	CreateApp(context.Context, okta.NewApp) (okta.App, error)
	UpdateApp(context.Context, okta.App) (okta.App, error)
	AppSecrets(ctx context.Context, appID string) ([]okta.AppSecret, error)
	AppSecret(ctx context.Context, appID, id string) (okta.AppSecret, error)
	CreateAppSecret(ctx context.Context, appID string) (okta.AppSecret, error)
	ActivateAppSecret(ctx context.Context, appID, id string) (okta.AppSecret, error)
	DeactivateAppSecret(ctx context.Context, appID, id string) (okta.AppSecret, error)
	DeleteAppSecret(ctx context.Context, appID, id string) error

	Groups(ctx context.Context, namePrefix string) ([]okta.Group, error)
	Group(ctx context.Context, id string) (okta.Group, error)
	AppGroups(ctx context.Context, appID string) ([]string, error)
	AssignGroup(ctx context.Context, appID, groupID string) error

	User(ctx context.Context, idOrLogin string) (okta.User, error)
	AppUsers(ctx context.Context, appID string) ([]okta.AppUser, error)
	AppUser(ctx context.Context, appID, userID string) (okta.AppUser, error)
	AssignUser(ctx context.Context, appID, userID string) error
	Logs(context.Context, okta.LogQuery) ([]okta.LogEvent, error)

	AuthorizationServers(context.Context) ([]okta.AuthorizationServer, error)
	AuthorizationServer(ctx context.Context, id string) (okta.AuthorizationServer, error)
	SignInPolicies(context.Context) ([]okta.SignInPolicy, error)
	SignInPolicy(ctx context.Context, id string) (okta.SignInPolicy, error)
	SignInRules(ctx context.Context, policyID string) ([]okta.SignInRule, error)
	Policies(ctx context.Context, serverID string) ([]okta.Policy, error)
	Rules(ctx context.Context, serverID, policyID string) ([]okta.Rule, error)
	CreatePolicy(ctx context.Context, serverID string, p okta.Policy) (okta.Policy, error)
	CreateRule(ctx context.Context, serverID, policyID string, r okta.Rule) (okta.Rule, error)

	Claims(ctx context.Context, serverID string) ([]okta.Claim, error)
	Claim(ctx context.Context, serverID, id string) (okta.Claim, error)
	UpdateClaim(ctx context.Context, serverID string, c okta.Claim) (okta.Claim, error)
	FederatedClaims(ctx context.Context, appID string) ([]okta.FederatedClaim, error)
	FederatedClaim(ctx context.Context, appID, id string) (okta.FederatedClaim, error)
	CreateFederatedClaim(ctx context.Context, appID string, c okta.FederatedClaim) (okta.FederatedClaim, error)
	DeleteFederatedClaim(ctx context.Context, appID, id string) error

	TrustedOrigins(context.Context) ([]okta.TrustedOrigin, error)
	CreateTrustedOrigin(context.Context, okta.TrustedOrigin) (okta.TrustedOrigin, error)
	UpdateTrustedOrigin(context.Context, okta.TrustedOrigin) (okta.TrustedOrigin, error)

	TrustedOrigin(ctx context.Context, id string) (okta.TrustedOrigin, error)
	ActivateTrustedOrigin(ctx context.Context, id string) (okta.TrustedOrigin, error)
	DeactivateTrustedOrigin(ctx context.Context, id string) (okta.TrustedOrigin, error)
	Policy(ctx context.Context, serverID, id string) (okta.Policy, error)
	Rule(ctx context.Context, serverID, policyID, id string) (okta.Rule, error)
	UnassignUser(ctx context.Context, appID, userID string) error

	DeactivateApp(ctx context.Context, id string) error
	DeleteApp(ctx context.Context, id string) error
	UnassignGroup(ctx context.Context, appID, groupID string) error
	DeletePolicy(ctx context.Context, serverID, policyID string) error
	DeleteRule(ctx context.Context, serverID, policyID, ruleID string) error
	DeleteTrustedOrigin(ctx context.Context, id string) error
}

// Genesys is a Genesys Cloud organization.
type Genesys = *genesys.Client

// Messenger is what Messenger calls in a visitor's browser, without an admin's credentials; *genesys.Messenger has it.
type Messenger interface {
	Skew() (time.Duration, bool)
	Exchange(context.Context, genesys.SignInCode) (genesys.VisitorTokens, error)
	Revoke(ctx context.Context, jwt guide.Secret) error
	PublicConfig(ctx context.Context, deploymentID string) (genesys.PublicConfig, error)
	PublicDomains(ctx context.Context, deploymentID string) (genesys.PublicDomains, error)
}

// Site fetches pages of the customer's website.
type Site = *site.Client

// Discovery fetches what an OpenID provider publishes about itself, and speaks to it as the app; *oidc.Client has it.
type Discovery interface {
	Skew(doc oidc.Document) (time.Duration, bool)
	Document(ctx context.Context, uri *url.URL) (oidc.Document, error)
	Keys(ctx context.Context, doc oidc.Document) ([]oidc.Key, error)
	CheckClient(ctx context.Context, doc oidc.Document, clientID string, secret guide.Secret, redirectURI string) error
	CheckRedirect(ctx context.Context, doc oidc.Document, clientID, redirectURI string) error
	Redeem(ctx context.Context, doc oidc.Document, clientID string, secret guide.Secret, g oidc.Grant) (oidc.Tokens, error)
	Revoke(ctx context.Context, doc oidc.Document, clientID string, secret, token guide.Secret) error
}

// Dialer opens connections to the services. Opening one sends nothing.
type Dialer interface {
	Okta(org string, login guide.OktaLogin) (Okta, error)
	Genesys(region string, login guide.GenesysLogin) (Genesys, error)
	Discovery(org string) Discovery
	Messenger(region string) (Messenger, error)
	Site() Site
}

// Calls counts what was sent.
type Calls struct {
	Okta    int `json:"okta"`    // to Okta
	Genesys int `json:"genesys"` // to Genesys Cloud
	Writes  int `json:"writes"`  // those of both that can change something
}

package opentofu

import "msgsso-wizard/steps/guide"

// form says how a value is written.
type form int

const (
	plain     form = iota
	asJSON         // as the text of a JSON value
	reference      // an ID, or several: as a reference where this folder has the object
	version        // a configuration's version: as a reference where the folder has the configuration, and this is its newest
	onlyTrue       // a switch: left out where it is off
)

// attribute is where an attribute's value stands in what the service returned. What isn't there, or is empty, is left out.
type attribute struct {
	name string
	from string // the members on the way; * stands for each element of a list
	form form
}

// block is a block with its attributes, or a resource.
type block struct {
	name       string
	attributes []attribute
	blocks     []block
}

// resource is the kind of resource that an object becomes.
type resource struct {
	block

	file      string
	label     string      // of the first one
	in        []attribute // for the IDs of the objects that it is in
	protected bool        // tofu destroy stops before it
	ignoreAll bool        // OpenTofu never plans a change of it
	apart     []string    // members of the answer that no attribute is for. Others mean that a plan would remove them; nil: unknown
}

const (
	oktaFile, genesysFile = "okta.tf", "genesys.tf"

	app           = "okta_app_oauth"
	configuration = "genesyscloud_webdeployments_configuration"
)

// kept are the members of a Messenger object that Genesys Cloud sets, or the provider computes.
var kept = []string{
	"id", "version", "status", "selfUri", "dateCreated", "dateModified", "datePublished", "lastModifiedUser", "createdUser", "publishedUser",
	"snippet", "supportedContent",
}

// resources are the kinds of objects that become resources.
var resources = map[guide.ObjectKind]resource{
	guide.KindApp: {file: oktaFile, label: "messenger", protected: true, block: block{name: app, attributes: []attribute{
		{"label", "label", plain},
		{"type", "settings.oauthClient.application_type", plain},
		{"grant_types", "settings.oauthClient.grant_types", plain},
		{"response_types", "settings.oauthClient.response_types", plain},
		{"redirect_uris", "settings.oauthClient.redirect_uris", plain},
		{"post_logout_redirect_uris", "settings.oauthClient.post_logout_redirect_uris", plain},
		{"token_endpoint_auth_method", "credentials.oauthClient.token_endpoint_auth_method", plain},
		{"pkce_required", "credentials.oauthClient.pkce_required", plain},
		{"consent_method", "settings.oauthClient.consent_method", plain},
		{"issuer_mode", "settings.oauthClient.issuer_mode", plain},
		{"login_mode", "settings.oauthClient.idp_initiated_login.mode", plain},
		{"wildcard_redirect", "settings.oauthClient.wildcard_redirect", plain},
		{"refresh_token_rotation", "settings.oauthClient.refresh_token.rotation_type", plain},
		{"hide_ios", "visibility.hide.iOS", plain},
		{"hide_web", "visibility.hide.web", plain},
		{"auto_submit_toolbar", "visibility.autoSubmitToolbar", plain},
		{"profile", "profile", asJSON},
		{"admin_note", "settings.notes.admin", plain},
		{"enduser_note", "settings.notes.enduser", plain},
	}}},
	guide.KindAssignment: {
		file: oktaFile, label: "messenger", in: []attribute{{name: "app_id", form: reference}},
		block: block{name: "okta_app_group_assignment", attributes: []attribute{{"group_id", "id", plain}}},
	},
	guide.KindOrigin: {file: oktaFile, label: "site", block: block{name: "okta_trusted_origin", attributes: []attribute{
		{"name", "name", plain}, {"origin", "origin", plain}, {"scopes", "scopes.*.type", plain},
	}}},
	guide.KindPolicy: {
		file: oktaFile, label: "messenger", in: []attribute{{name: "auth_server_id"}},
		block: block{name: "okta_auth_server_policy", attributes: []attribute{
			{"name", "name", plain},
			{"description", "description", plain},
			{"priority", "priority", plain},
			{"status", "status", plain},
			{"client_whitelist", "conditions.clients.include", reference},
		}},
	},
	guide.KindRule: {
		file: oktaFile, label: "messenger", in: []attribute{{name: "auth_server_id"}, {name: "policy_id", form: reference}},
		block: block{name: "okta_auth_server_policy_rule", attributes: []attribute{
			{"name", "name", plain},
			{"priority", "priority", plain},
			{"status", "status", plain},
			{"grant_type_whitelist", "conditions.grantTypes.include", plain},
			{"scope_whitelist", "conditions.scopes.include", plain},
			{"group_whitelist", "conditions.people.groups.include", plain},
			{"access_token_lifetime_minutes", "actions.token.accessTokenLifetimeMinutes", plain},
			{"refresh_token_lifetime_minutes", "actions.token.refreshTokenLifetimeMinutes", plain},
			{"refresh_token_window_minutes", "actions.token.refreshTokenWindowMinutes", plain},
		}},
	},
	guide.KindCredential: {
		file: genesysFile, label: "okta", protected: true, ignoreAll: true,
		block: block{name: "genesyscloud_integration_credential", attributes: []attribute{
			{"name", "name", plain}, {"credential_type_name", "type.name", plain},
		}},
	},
	guide.KindIntegration: {file: genesysFile, label: "oidc", protected: true, block: block{
		name: "genesyscloud_integration", attributes: []attribute{
			{"integration_type", "integrationType.id", plain}, {"intended_state", "intendedState", plain},
		},
		blocks: []block{{name: "config", attributes: []attribute{
			{"name", "config.name", plain},
			{"notes", "config.notes", plain},
			{"properties", "config.properties", asJSON},
			{"advanced", "config.advanced", asJSON},
			{"credentials", "config.credentials.*.id", reference},
		}}},
	}},
	guide.KindConfiguration: {file: genesysFile, label: "messenger", protected: true, apart: kept, block: block{
		name: configuration, attributes: []attribute{
			{"name", "name", plain}, {"description", "description", plain}, {"languages", "languages", plain}, {"default_language", "defaultLanguage", plain},
		},
		blocks: []block{
			{name: "position", attributes: []attribute{
				{"alignment", "position.alignment", plain}, {"side_space", "position.sideSpace", plain}, {"bottom_space", "position.bottomSpace", plain},
			}},
			{name: "messenger", attributes: []attribute{{"enabled", "messenger.enabled", plain}}, blocks: []block{
				{name: "launcher_button", attributes: []attribute{{"visibility", "messenger.launcherButton.visibility", plain}}},
				{name: "styles", attributes: []attribute{{"primary_color", "messenger.styles.primaryColor", plain}}},
				{name: "home_screen", attributes: []attribute{{"enabled", "messenger.homeScreen.enabled", plain}}},
				{name: "apps", blocks: []block{{
					name: "conversations", attributes: []attribute{
						{"enabled", "messenger.apps.conversations.enabled", plain},
						{"show_agent_typing_indicator", "messenger.apps.conversations.showAgentTypingIndicator", plain},
						{"show_user_typing_indicator", "messenger.apps.conversations.showUserTypingIndicator", plain},
						{"auto_start_enabled", "messenger.apps.conversations.autoStart.enabled", plain},
						{"markdown_enabled", "messenger.apps.conversations.markdown.enabled", plain},
						{"conversation_clear_enabled", "messenger.apps.conversations.conversationClear.enabled", plain},
					},
					blocks: []block{{name: "conversation_disconnect", attributes: []attribute{
						{"enabled", "messenger.apps.conversations.conversationDisconnect.enabled", plain},
						{"type", "messenger.apps.conversations.conversationDisconnect.type", plain},
					}}},
				}}},
			}},
			{name: "authentication_settings", attributes: []attribute{
				{"enabled", "authenticationSettings.enabled", plain},
				{"integration_id", "authenticationSettings.integrationId", reference},
				{"allow_session_upgrade", "authenticationSettings.allowSessionUpgrade", plain},
			}},
		},
	}},
	guide.KindDeployment: {file: genesysFile, label: "site", protected: true, apart: kept, block: block{
		name: "genesyscloud_webdeployments_deployment", attributes: []attribute{
			{"name", "name", plain},
			{"description", "description", plain},
			{"allow_all_domains", "allowAllDomains", onlyTrue},
			{"allowed_domains", "allowedDomains", plain},
			{"flow_id", "flow.id", plain},
		},
		blocks: []block{{name: "configuration", attributes: []attribute{
			{"id", "configuration.id", reference}, {"version", "configuration.version", version},
		}}},
	}},
}

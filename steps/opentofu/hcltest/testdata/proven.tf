# The file that was proven with the providers (contract opentofu-example.tf).
terraform {
  required_version = ">= 1.6"
  required_providers {
    okta         = { source = "okta/okta", version = "~> 6.12" }
    genesyscloud = { source = "mypurecloud/genesyscloud", version = "~> 1.82" }
  }
}

provider "okta" { # the token: OKTA_API_TOKEN in the environment, never here
  org_name   = "acme"
  base_url   = "okta.com"
  http_proxy = "http://127.0.0.1:18110"
}

provider "genesyscloud" { # GENESYSCLOUD_OAUTHCLIENT_ID, _OAUTHCLIENT_SECRET, _REGION (such as eu-central-1) in the environment
  token_pool_size = 1
  gateway {
    protocol = "http"
    host     = "127.0.0.1"
    port     = "18111"
  }
}

import {
  to = okta_app_oauth.messenger
  id = "0oauRcgv37kwWgtBTgJp"
}
resource "okta_app_oauth" "messenger" {
  label                      = "Genesys Cloud Messenger"
  type                       = "web"
  grant_types                = ["authorization_code", "refresh_token"]
  response_types             = ["code"]
  redirect_uris              = ["https://www.example.com/support"]
  post_logout_redirect_uris  = ["https://www.example.com/support"]
  token_endpoint_auth_method = "client_secret_basic"
  pkce_required              = false
  consent_method             = "TRUSTED"
  issuer_mode                = "ORG_URL"
  login_mode                 = "DISABLED"
  wildcard_redirect          = "DISABLED"
  refresh_token_rotation     = "STATIC"
  hide_ios                   = true
  hide_web                   = true
  auto_submit_toolbar        = false
  profile = jsonencode({
    "managedBy" = "msgsso-wizard"
  })
  admin_note = "Created by msgsso-wizard. Run 20261128-234330-uzoh."
  # Uncomment both before the first change to this app: otherwise the answer to that change puts the client secret
  # into the state. The next plan then shows one change, which sends the app as it is (and leeway = 0).
  # omit_secret                = true
  # skip_authentication_policy = true
  lifecycle {
    prevent_destroy = true
  }
}

import {
  to = okta_app_group_assignment.messenger
  id = "0oauRcgv37kwWgtBTgJp/00gWtAi2QhgbMff2PRvj"
}
resource "okta_app_group_assignment" "messenger" {
  app_id   = okta_app_oauth.messenger.id
  group_id = "00gWtAi2QhgbMff2PRvj"
  priority = 1
  profile  = "{}"
}

import {
  to = okta_trusted_origin.site
  id = "tosqfOPkSrKRWfMPQ4Sv"
}
resource "okta_trusted_origin" "site" {
  name   = "Genesys Messenger https://www.example.com"
  origin = "https://www.example.com"
  scopes = ["CORS", "REDIRECT"]
}

import {
  to = okta_auth_server_policy.messenger
  id = "auso51B1nDX17BpKB21I/00phesdMCcm6SMP8pCKq"
}
resource "okta_auth_server_policy" "messenger" {
  auth_server_id   = "auso51B1nDX17BpKB21I"
  name             = "Genesys Messenger"
  description      = "Created by msgsso-wizard"
  priority         = 1
  status           = "ACTIVE"
  client_whitelist = [okta_app_oauth.messenger.id]
}

import {
  to = okta_auth_server_policy_rule.messenger
  id = "auso51B1nDX17BpKB21I/00phesdMCcm6SMP8pCKq/0pretyFFZnCc9D5CMZ3g"
}
resource "okta_auth_server_policy_rule" "messenger" {
  auth_server_id                 = "auso51B1nDX17BpKB21I"
  policy_id                      = okta_auth_server_policy.messenger.id
  name                           = "Messenger sign-in"
  priority                       = 1
  status                         = "ACTIVE"
  grant_type_whitelist           = ["authorization_code"]
  scope_whitelist                = ["*"]
  group_whitelist                = ["EVERYONE"]
  access_token_lifetime_minutes  = 60
  refresh_token_lifetime_minutes = 0
  refresh_token_window_minutes   = 10080
}

import {
  to = genesyscloud_integration_credential.okta
  id = "e722396e-9977-4d46-8670-d3e15ceab30e"
}
resource "genesyscloud_integration_credential" "okta" {
  name                 = "Integration-106c889a-50bc-498e-99b0-ef4abb9d5e7b"
  credential_type_name = "oidcClientCredentialsV2"
  # No `fields`: they hold the secret and are never read back. `all`: without it every plan shows "+ fields".
  lifecycle {
    ignore_changes  = all
    prevent_destroy = true
  }
}

import {
  to = genesyscloud_integration.oidc
  id = "106c889a-50bc-498e-99b0-ef4abb9d5e7b"
}
resource "genesyscloud_integration" "oidc" {
  integration_type = "open-messaging-oauth-config-2022"
  intended_state   = "ENABLED"
  config {
    name  = "Messenger SSO (Okta)"
    notes = "Created by msgsso-wizard. Credential: client 0oauRcgv37kwWgtBTgJp of 127.0.0.1:18110."
    properties = jsonencode({
      "max_refresh_token_lifetime" = 86400
      "wellKnownUri"               = "http://127.0.0.1:18110/oauth2/default/.well-known/openid-configuration"
    })
    advanced    = jsonencode({})
    credentials = { webdeploymentsOAuthClient = genesyscloud_integration_credential.okta.id }
  }
  lifecycle {
    prevent_destroy = true
  }
}

import {
  to = genesyscloud_webdeployments_configuration.messenger
  id = "f6a1ce38-af1d-4814-a194-e074bf6c8d17"
}
resource "genesyscloud_webdeployments_configuration" "messenger" {
  name             = "Web SSO Messenger"
  description      = "Created by msgsso-wizard. Run 20261128-234330-uzoh."
  languages        = ["en-us"]
  default_language = "en-us"
  position {
    alignment    = "Auto"
    side_space   = 20
    bottom_space = 12
  }
  messenger {
    enabled = true
    launcher_button {
      visibility = "On"
    }
    styles {
      primary_color = "#0165A7"
    }
    home_screen {
      enabled = true
    }
    apps {
      conversations {
        enabled                     = true
        show_agent_typing_indicator = true
        show_user_typing_indicator  = true
        auto_start_enabled          = false
        markdown_enabled            = true
        conversation_clear_enabled  = true
        conversation_disconnect {
          enabled = true
          type    = "Send"
        }
      }
    }
  }
  authentication_settings {
    enabled               = true
    integration_id        = genesyscloud_integration.oidc.id
    allow_session_upgrade = false
  }
  lifecycle {
    prevent_destroy = true
  }
}

import {
  to = genesyscloud_webdeployments_deployment.site
  id = "a0877651-b991-455d-a560-0f5fded208af"
}
resource "genesyscloud_webdeployments_deployment" "site" {
  name            = "Web SSO"
  description     = "Created by msgsso-wizard. Run 20261128-234330-uzoh."
  allowed_domains = ["www.example.com"]
  flow_id         = "c9c0a0aa-389c-4766-96c4-616810c737d9"
  configuration {
    id      = genesyscloud_webdeployments_configuration.messenger.id
    version = genesyscloud_webdeployments_configuration.messenger.version
  }
  lifecycle {
    prevent_destroy = true
  }
}

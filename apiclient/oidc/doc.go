// Package oidc reads what an OpenID provider publishes about itself and checks that Genesys Cloud Messenger
// can work with it.
//
//	discovery URI ──> Document ──┐
//	                             ├──> Validate ──> one Finding a check
//	jwks_uri ───────> Keys ──────┘
package oidc

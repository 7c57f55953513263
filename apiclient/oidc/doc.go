// Package oidc reads what an OpenID provider publishes about itself and checks that Genesys Cloud Messenger
// can work with it. It also signs a user in, as Genesys Cloud would, to see whether that works.
//
//	discovery URI ──> Document ──┬──> Validate ──> one Finding a check
//	jwks_uri ───────> Keys ──────┤
//	                             └──> AuthorizeURL ──> browser ──> code ──> Redeem ──> VerifyIDToken
//	                                                                        Revoke     one Finding a check
package oidc

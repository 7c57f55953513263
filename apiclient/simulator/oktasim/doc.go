// Package oktasim stands in for one Okta org on loopback: real HTTP, real state, and the refusals of the
// real service. It is written from the contract alone and shares nothing with the client that it tests.
//
//	request -> rate limit -> errors of the path -> token, scope -> licence, role -> body -> handler -> JSON
//	                                                                                          `-> page, redirect
//
// A visitor signs in as at Okta, but for the password: the page that an authorize end point shows posts the one field
// "login" to its own address, query included, and the answer leads back to the app (authorize.go, session.go). The
// code is good for tokens (token_*.go), and everything is written down in the System Log (log*.go).
//
// The kinds of org are a table (profiles.go), the routes are one (route.go), the members of each request body
// are tables (app_fields.go, origins.go, policies.go), and so are the error codes (errors.go,
// oauth_errors.go), the scopes (scopes.go) and the rate limits (limits.go).
package oktasim

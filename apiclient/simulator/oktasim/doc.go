// Package oktasim stands in for one Okta org on loopback: real HTTP, real state, and the refusals of the
// real service. It is written from the contract alone and shares nothing with the client that it tests.
//
//	request -> rate limit -> errors of the path -> token, scope -> licence, role -> body -> handler -> JSON
//	                                                                                          `-> page, redirect
//
// The kinds of org are a table (profiles.go), the routes are one (route.go), the members of each request body
// are tables (app_fields.go, origins.go, policies.go), and so are the error codes (errors.go,
// oauth_errors.go), the scopes (scopes.go) and the rate limits (limits.go).
package oktasim

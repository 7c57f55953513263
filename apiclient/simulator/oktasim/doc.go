// Package oktasim stands in for one Okta org on loopback: real HTTP, real state, and the refusals of the
// real service. It is written from the contract alone and shares nothing with the client that it tests.
//
//	request -> errors of the path -> rate limit -> token -> licence, role -> body -> handler -> JSON
//
// The routes are one table (route.go), the members of each request body are tables (app_fields.go,
// origins.go, policies.go), and so are the error codes (errors.go) and the rate limits (limits.go).
package oktasim

// Package okta speaks to an Okta org: the part of its Management API that setting up a sign-in needs.
//
//	ParseOrg ──> Config ──> Client ──> apiclient.Client ──> https://acme.okta.com
//	             SignIn     one method an operation         /api/v1/...
//	                        page.go  follows Link: rel="next", never to another host
//	                        wire     decodes, cleans, names what is missing
//	                        errors.go  errorCode is what a caller branches on
//
// Each method names the operationId of Okta's definition and the section of the contract it was written from.
// A refusal and an answer that lacks what the caller needs are both an *apiclient.Error.
//
// Objects that are sent back whole (app integrations, trusted origins) keep what Okta sent, so that an
// update changes only what the caller changed.
package okta

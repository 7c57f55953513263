// Package signin has the ways of signing in to an Okta org that need an access token (contract okta.md 3):
// a service app with a private key, for machines, and the device grant, for a user with a browser.
//
//	ServiceApp ─ private_key_jwt ─┐
//	                              ├─> tokens ──> endpoint ──> POST {org}/oauth2/v1/token
//	Device ──── device code ──────┘   one for    DPoP proof, nonce, clock
//	                                  all calls
//
// Both are an okta.SignIn: calls get a token when they need one, all wait for the same request, and a token
// that has ended or is refused is replaced. A token may be bound to a key of the client's own (DPoP, RFC 9449):
// that key is made for the run, differs from the app's, and signs a proof for each try.
//
// ConfigFile reads the credentials that Okta's own tools keep.
package signin

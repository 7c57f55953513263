// Package genesys is a client of the parts of the Genesys Cloud Platform API that Messenger sign-in needs:
// integrations and their credentials, Messenger configurations, Messenger deployments, and what the public
// CDN shows of them. It is written from the contract (genesys.md); each method names the operation's id
// in the vendor's definition.
//
//	             Region
//	   ┌───────────┼────────────┐
//	login.…      api.…       api-cdn.…
//	/oauth/token /api/v2/…   /webdeployments/v1/…
//	   │           │            │
//	 tokens ──► Client      PublicConfig, PublicDomains
//
// Messenger is the other client: it calls what a visitor's browser calls, without an admin's credentials.
//
// A token is asked for once, kept in memory, and renewed once when the API refuses it. Where a user signs
// in, package signin gets the code for it.
package genesys

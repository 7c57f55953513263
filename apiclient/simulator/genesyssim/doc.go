// Package genesyssim stands in for Genesys Cloud on loopback: one base address serves the login, API, apps
// and CDN hosts of a region. It keeps state, refuses what the service is documented to refuse, and takes
// from its seed all that nobody can know beforehand, such as the id of the Messenger's OpenID Connect type.
//
//	GET /oauth/authorize ──code──┐
//	POST /oauth/token <──────────┘──> bearer ──> token ─> rate limit ─> scope ─> permission ─> body ─> operation
//	                                                                                                      │
//	  integration ── config/current ── credential          (intended / reported state)
//	  configuration ── DRAFT ──publish──> "1", "2", …      (Pending for Settle, then Active)
//	  deployment ──pins──> configuration version ──> public config.json and domains.json
//
// Each kind of object is a resource: a row that says where it is, who may call it, and what is its own. List, get,
// create, update, and delete stand once, in resource.go, and so does the life of an object: when reads see it, when
// a change has settled, and what was public before. What the vendor's JSON looks like is data: the shapes of requests
// (requests.json), the catalogue of types (catalogue.json), two Messengers (messengers.json), and the errors
// (errors.txt).
//
//	a visitor's page ──> genesys.min.js (stand_in.js) ──code──> exchange ──> deployment ─> integration ─> its provider
//	                                                 <──JWT──            <── ID token verified <── token end point (provider)
package genesyssim

// Package callback takes a browser from this computer to an OpenID provider and back, as often as asked, on the
// redirect URI that is registered there (RFC 8252). The pages have no script: this program drives the browser
// by redirects, so that no code stays in an address bar and nothing is stored but one cookie.
//
//	terminal ── Show ──► browser ──► /?start=KEY ──303──► provider, round trip 1
//	                                                           │
//	  Received ◄── code, state checked ◄── /?code=…&state=… ◄──┘
//	      └── 303 ──► provider, round trip 2 ── … ──► Received ── 303 ──► / : the result
//
// Others who reach the port know neither the key nor the state: they can end nothing and learn nothing.
// Where the program cannot listen at the redirect URI, the user pastes what the browser ended up with.
//
// Preview serves a page of ours at the same address, for trying it.
package callback

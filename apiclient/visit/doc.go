// Package visit walks a browser from this computer to an OpenID provider and back, as often as asked, on the
// redirect URI that is registered there (RFC 8252). The pages have no script: this program drives the browser
// by redirects, so that no code stays in an address bar and nothing is stored but one cookie.
//
//	terminal ── Show ──► browser ──► /?start=KEY ──303──► provider, leg 1
//	                                                        │
//	  Came ◄── code, state checked ◄── /?code=…&state=… ◄──┘
//	    └── 303 ──► provider, leg 2 ── … ──► Came ── 303 ──► / : the verdict
//
// Whoever else reaches the port knows neither the key nor the state: they can end nothing and learn nothing.
// Where nobody can listen at the redirect URI, the person pastes what the browser ended up with.
//
// Preview serves a page of ours at the same place, for trying it.
package visit

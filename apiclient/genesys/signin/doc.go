// Package signin asks a user to sign in with the browser and receives what the login service sends back:
// authorization code with PKCE (RFC 6749 4.1, RFC 7636) on a fixed loopback port (RFC 8252 7.3). It is
// written from the contract (genesys.md 6) and does not send the code anywhere: the caller exchanges it.
//
//	Ask ── Show ──►  user  ──► browser ──► login.…/oauth/authorize
//	 ▲                │           │
//	 │                │           ▼ redirect
//	 │◄── Paste ──────┘     127.0.0.1 and ::1, /callback
//	 │                            │
//	 └────────────────────────────┘  the first good answer wins
//
// Others who reach the port, a page in the same browser or another user of the computer, do not know
// the state and can neither end the attempt nor have anything of it shown.
package signin

// Package loopback is a small web server on this computer for one user's browser: for the redirect of a
// sign-in and for the pages around it (RFC 8252 7.3 and 8.3). It takes a fixed port in both families, answers
// only this computer's own names and its own pages, keeps nothing and logs nothing.
//
//	Listen ── both families, or the program that has the port is named    listen.go, owner.go
//	Serve  ── short times, small sizes, no request is logged     serve.go
//	Guard  ── Host, Origin, Sec-Fetch-*, GET only                guard.go
//	Page   ── a plain answer; Harden: its headers                page.go
//	Pasted ── where no browser can come back                     paste.go
package loopback

// Package site reads a page of the customer's website as a browser would, to tell whether Messenger can start and
// sign visitors in there. It runs no script and carries no credentials.
//
//	Fetch ──► redirects ──► HTML ──► scripts ──► Snippets, Plugins
//	                 └► headers, <meta> ──► policies ──► Allows, AllowsInline
package site

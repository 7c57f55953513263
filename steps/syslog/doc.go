// Package syslog puts Okta's refusals of a sign-in into the words of an admin: the events of its System Log, and
// the OAuth errors that a page gets, which are built from the same internal codes (contract okta.md 11).
//
//	explain.go   events of one app integration, or an OAuth error -> sentences
//	event.go     what an event is about: its code, who, which redirect URI
//	meaning.go   code -> what happened, the next step, the fix: one table
package syslog

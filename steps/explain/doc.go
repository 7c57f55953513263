// Package explain turns any error into the words of an admin: what happened, and the one next step.
//
//	explain.go          what a service said, by kind of refusal; reasons_*.go: what each vendor says first
//	answers.go          answers that are missing or cannot be used
//	conflicts.go        what a look finds in the way
//	error.go            an error, and what the program itself did wrong
package explain

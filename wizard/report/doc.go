// Package report writes results as plain text or JSON. All front ends use it at the end, so the result stays visible
// after the full screen closes.
//
//	progress.go  one line for each change during the run
//	prompt.go    tasks for the user, and manual setup
//	problem.go   errors: what happened, what exists, the fix
//	plan.go      planned changes and prerequisites
//	signintest.go  progress and result of the sign-in test
//	findings.go  what doctor found
//	chain.go     the sign-in chain in words
//	summary.go   a finished run: changes, credentials to revoke, undo
//	output.go    standard output
//	save.go      files
//	wrap.go      wraps lines at words
//
// It writes no escape sequences, so the text can be piped, logged, and read aloud.
package report

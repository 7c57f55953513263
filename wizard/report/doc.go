// Package report writes what a run did and what it came to, as plain text or as JSON. All front ends end
// in it, so that nothing is left on a screen that is gone.
//
//	progress.go  while the run goes on: one line for each change
//	prompt.go    what a person has to do: meanwhile, or by hand
//	problem.go   a run that stopped: what happened, what exists now, the next step
//	plan.go      what a run will do, and what it needs
//	signintest.go  the sign-in test, as it goes on and how it ended
//	findings.go  what doctor found
//	summary.go   a run that is done: what was made, what to revoke, how to undo
//	output.go    the snippet, page code or a document, on standard output
//	save.go      a file that holds them
//	wrap.go      lines that end at a word's end, for a terminal
//
// It writes no escape sequence: what it writes may be piped, logged and read aloud.
package report

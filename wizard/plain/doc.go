// Package plain is plain mode, line by line: for screen readers, for terminals that can't redraw, and for piped
// answers.
//
//	stops.go     sections and questions in order, and back
//	run.go       reads the orgs, shows the plan, confirms, applies
//	ask.go       one question: its default and source, its options, ? and back
//	input.go     lines from a terminal or a pipe; a secret without echo
//	block.go     a secret of several lines
//	prompt.go    what the user does while a step runs
//	revoke.go    the API token, at the end
//	errors.go    choices after an error
//
// Lines are only appended. Nothing is redrawn, no escape sequence is written, and the end of the input
// never stands for an answer.
package plain

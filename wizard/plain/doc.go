// Package plain is the guide as plain lines, one after the other: for screen readers, for terminals that
// cannot redraw, and for answers that come from a pipe.
//
//	stops.go     the way through: sections, questions, and back
//	run.go       the looks at the orgs, the plan, "Do it?", the work
//	ask.go       one question: its default and the default's source, its choices, ? and back
//	input.go     lines from a terminal or a pipe; a secret without echo
//	block.go     a secret of several lines
//	prompt.go    what a person has to do while a step is under way
//	revoke.go    the API token, at the end
//	trouble.go   what can be done about a problem
//
// Lines are only appended. Nothing is redrawn, no escape sequence is written, and the end of the input
// never stands for an answer.
package plain

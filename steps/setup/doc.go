// Package setup leads through the guide: it builds the graph of a run from the answers, plans and applies it, fixes what
// exists with the same resources, and undoes what a run made.
//
//	session.go  what a front end holds: answers, connections, journal, and what the runs came to
//	graph.go    the resources of a run and what they need of each other
//	plan.go     plans, also a fix, which is a part of the graph with its own answers, and applies what was planned
//	undo.go     the graph backwards, from the journal
package setup

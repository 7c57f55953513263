// Package engine plans, applies, resumes, stops, and undoes changes to objects at the services. It knows no service:
// a resource says how one kind of object is found, compared, created, and deleted, and the engine does the rest.
//
//	change.go    what a plan shows and a run reports
//	fields.go    fields of an object: compared, recorded with both values, restored
//	resource.go  what one kind of object has to offer
//	run.go       the graph: nodes in the guide's order
//	phase.go     one plan or one apply: its goroutines, its failures, its end, and what each computes once
//	node.go      plans one object: the journal first, then the services
//	apply.go     creates, updates, and waits until it is ready
//	young.go     objects that the services do not show yet
//	undo*.go     the same objects backwards, from the journal
//
// Asking is the only way to a value: a resource that needs another one asks its node, and so waits for it. Nothing else
// orders a run, so no delay of any call can change a plan or what comes of it.
package engine

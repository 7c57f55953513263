// Package guide is the guide as data: its sections, what each of them asks, and the answers. It reads and sends nothing.
//
//	sections.go       the sections, in the guide's order
//	questions*.go     what each section asks: one table, from which every front end draws
//	objects.go        the kinds of object that a run makes, and its steps
//	answers.go        the answers of one run; answersources.go: where they come from
//	prerequisites.go  what to have before the guide can be followed
//	manual.go         what an admin does who sets a section up in the console
package guide

// Package tui is the guide as a full-screen terminal program.
//
//	 key, paste, size ──► router ──► screen ──► action
//	                        ▲                     │ next, back, show, start, copy, open, quit
//	                        └──── answer ◄── command (all that takes time)
//
//	welcome ─ section ─ section ─ … ─ snippet      why and leave lie above the others
//
// There is one tea.Model, the router. A screen is a plain struct: it takes keys and answers, draws itself, and returns
// one action of a closed set. It never blocks: what it starts runs under a context that ends when the user leaves the
// screen, and an answer that comes later is dropped. All screens that run something embed a Task with its phase, keys,
// and error. Changes to an org are the exception: leaving never cuts them off, it only stops them after the current call.
//
// The screens are drawn from the guide's data in steps/guide. A new question or section needs no change here.
package tui

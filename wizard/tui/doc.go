// Package tui is the guide as a full-screen terminal program.
//
//	 key, paste, size ──► router ──► screen ──► action
//	                        ▲                     │ next, back, show, start, copy, open, quit
//	                        └──── answer ◄── command (all that takes time)
//
//	welcome ─ section ─ section ─ … ─ snippet      why and leave lie above the others
//
// There is one tea.Model, the router. A screen is a plain struct: it is told of keys and answers, draws
// itself, and answers with one action of a closed set. It does nothing that takes time. What it starts
// runs under a context that ends when the screen is left, and an answer that comes later is dropped. How far
// it has come, its keys, and its problem are a task's, which all screens that run anything share.
// The one exception is writing to an org: that is never cut off by leaving, only asked to stop after the
// call under way.
//
// The screens are drawn from the guide's data in steps/guide. A new question or section needs no change here.
package tui

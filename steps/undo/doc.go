// Package undo takes back what a run changed, from the journal that the run kept.
//
//	journal entries ──> Plan (only reads) ──> Items ──> Apply, in reverse order of the making
//	                                            ├ delete   the run created it, and nobody else uses it
//	                                            ├ restore  it was there before: only what the run changed goes back
//	                                            └ keep     others changed or use it since; Why says what
//
// Every act may be repeated: what is gone already counts as taken back.
package undo

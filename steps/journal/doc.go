// Package journal keeps what runs did, so that a run that was cut off can be continued and every run can be
// undone. It holds no secret.
//
//	<state folder>            0700, never a link, and like its files of the user who runs the program
//	├── lock                  held by the one process that writes; the system lets go of it with the process
//	└── <run>.json            0600, one a run, always replaced as a whole:
//	                          write aside, flush, rename for good
//
// A file that cannot be read, that a newer version wrote, or that is another user's, is kept and named; nothing is guessed
// from it.
package journal

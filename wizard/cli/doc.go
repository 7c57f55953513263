// Package cli is the command line: what may be given to the program, and which front end a run gets.
//
//	            flags, environment
//	                   │
//	guide ─────────► answers ──┬─ full screen   a terminal                      wizard
//	demo ── simulator ───┘     ├─ plain mode    --accessible, a simple terminal plain
//	simulator                  └─ unattended    --no-input, no terminal         plain
//	                                    │
//	                          result ───┴── standard output, exit code          report
//
// Standard output carries the snippet, or one JSON document, and nothing else. All the rest goes to
// standard error. The package imports no client: main.go hands it the simulator.
package cli

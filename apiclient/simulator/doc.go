// Package simulator is the loopback stand-in for both services: one listener each, both of them plain HTTP
// on a loopback address, both gone when Close returns.
//
//	          Host check -> test's wrapper -> latency -> faults -> oktasim
//	Start ---<
//	          Host check -> test's wrapper -> latency -> faults -> genesyssim
//
// It never talks to the real services and never imports the clients that it is there to test.
package simulator

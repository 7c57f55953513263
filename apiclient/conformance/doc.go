// Package conformance holds what the product sends, and what the simulator answers, against the vendors' own
// API definitions.
//
//	product ----> Recorder ----> simulator
//	                 |
//	              Checker: request and answer against the operation of the definition
//
// It is a module of its own, so that the library that reads the definitions is no dependency of the product.
// The definitions are not part of the repository: see Load. Without them its tests are skipped.
package conformance

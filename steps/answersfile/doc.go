// Package answersfile reads and writes the answers of a run as a file of YAML. The keys are those of the guide's
// questions. A file has no secret, and none is read from it.
package answersfile

// Package repeat says how many of their cases the tests run that do one thing in many conditions. The test command takes a
// sample, .ci/run more, and the Makefile's long forms all.
package repeat

import (
	"fmt"
	"hash/crc32"
	"os"
)

// form is what the variable MSGSSO_TESTS asks for.
func form() string { return os.Getenv("MSGSSO_TESTS") }

// Full reports whether all cases run.
func Full() bool { return form() == "full" }

// Every is n where one case in n runs: in the test command, and with MSGSSO_TESTS=more. MSGSSO_TESTS=full runs all.
func Every(sample, more int) int {
	switch form() {
	case "":
		return sample
	case "more":
		return more
	case "full":
		return 1
	default:
		panic(fmt.Sprintf("MSGSSO_TESTS is %q; it can be more or full", form()))
	}
}

// Skips reports whether a case of a table is not among them. Its name decides, so that each run has the same ones.
func Skips(name string, sample, more int) bool {
	return crc32.ChecksumIEEE([]byte(name))%uint32(Every(sample, more)) != 0 //nolint:gosec // a small number
}

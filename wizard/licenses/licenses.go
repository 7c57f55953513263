// Package licenses has the license of this program and the notices of what is linked into it.
package licenses

import _ "embed" // of the notices

// Text is all notices, as plain text. Its test writes it from the modules that the program links.
//
//go:embed notices.txt
var Text string

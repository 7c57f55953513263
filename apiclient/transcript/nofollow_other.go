//go:build !unix

package transcript

// noFollow is nothing here: a file that must be new is never opened through a link.
const noFollow = 0

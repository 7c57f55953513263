// This file is laid over package main where tests need a program with a bug: "breaks PLACE ARGS..." panics once, with an
// Okta API token in the panic's value, when the full screen comes to that point or that text is to be written.
package main

import (
	"context"
	"os"
	"strings"
	"sync"
)

func init() {
	f := &fault{point: os.Args[1]}
	p := program(os.Stdin, faulty{os.Stdout, f}, faulty{os.Stderr, f}, os.Environ())
	p.Trap = f.at
	os.Exit(p.Run(context.Background(), os.Args[2:]))
}

type fault struct {
	point string
	once  sync.Once
}

func (f *fault) at(point string) {
	if strings.Contains(point, f.point) {
		f.once.Do(func() { panic("it broke\x1b[2J and held " + os.Getenv("OKTA_CLIENT_TOKEN")) })
	}
}

type faulty struct {
	*os.File
	*fault
}

// Write writes, or panics.
func (f faulty) Write(p []byte) (int, error) {
	f.at(string(p))
	return f.File.Write(p)
}

// WriteString hides the file's own, which would bypass Write.
func (f faulty) WriteString(s string) (int, error) { return f.Write([]byte(s)) }

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"msgsso-wizard": main,
		"exits":         exits,
		"breaks":        breaks,
	})
}

// exits is "exits CODE msgsso-wizard ARGS...": it runs the program and succeeds if that ends with the code.
func exits() {
	want, err := strconv.Atoi(os.Args[1])
	if err != nil || os.Args[2] != "msgsso-wizard" {
		fmt.Fprintln(os.Stderr, "usage: exits CODE msgsso-wizard ARGS...")
		os.Exit(1)
	}
	if got := run(context.Background(), os.Args[3:], os.Stdin, os.Stdout, os.Stderr, os.Environ()); got != want {
		fmt.Fprintf(os.Stderr, "exit code %d, want %d\n", got, want)
		os.Exit(1)
	}
}

// breaks is "breaks PLACE msgsso-wizard ARGS...": the program with a fault of its own. Where the full screen comes to
// that place, or that text is to be written, it breaks once, with an Okta API token in the panic's value.
func breaks() {
	f := &fault{place: os.Args[1]}
	p := program(os.Stdin, faulty{os.Stdout, f}, faulty{os.Stderr, f}, os.Environ())
	p.Trap = f.at
	os.Exit(p.Run(context.Background(), os.Args[3:]))
}

type fault struct {
	place string
	once  sync.Once
}

func (f *fault) at(place string) {
	if strings.Contains(place, f.place) {
		f.once.Do(func() { panic("it broke\x1b[2J and held " + os.Getenv("OKTA_CLIENT_TOKEN")) })
	}
}

type faulty struct {
	*os.File
	*fault
}

// Write writes, or breaks.
func (f faulty) Write(p []byte) (int, error) {
	f.at(string(p))
	return f.File.Write(p)
}

// WriteString is Write, which the file's own would go round.
func (f faulty) WriteString(s string) (int, error) { return f.Write([]byte(s)) }

// TestScripts runs the program as its users do; see testdata/script.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "C.UTF-8")
			env.Setenv("XDG_STATE_HOME", filepath.Join(env.WorkDir, ".state"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"simulator": startSimulator,
			"json":      compareJSON,
			"proxy":     startProxy,
			"untouched": untouched,
		},
	})
}

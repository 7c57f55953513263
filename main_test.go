package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"msgsso-wizard": main,
		"exits":         exits,
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

//go:build unix

package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"

	"msgsso-wizard/steps/opentofu/hcltest"
	"msgsso-wizard/wizard/internal/document"
)

// startSimulator is "simulator ARGS...": it serves both services until the script ends, and puts what it
// prints into the script's environment.
func startSimulator(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: simulator ARGS...")
	}
	cmd := exec.CommandContext(context.Background(), filepath.Join(bin, "msgsso-wizard"), append([]string{"simulator"}, args...)...)
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	for range 5 {
		if !lines.Scan() {
			ts.Fatalf("the simulator ended early")
		}
		name, value, _ := strings.Cut(lines.Text(), "=")
		ts.Setenv(name, value)
	}
}

// compareJSON is "json FILE PATH VALUE" or, for two files with the same value, "json FILE PATH = FILE2".
// The file may be stdout; it has to be valid for the schema of a document. PATH is keys and indexes joined by dots; a missing one has the value null.
func compareJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 3 && (len(args) != 4 || args[2] != "=") {
		ts.Fatalf("usage: json FILE PATH (VALUE | = FILE2)")
	}
	got, want := valueAt(ts, args[0], args[1]), args[2]
	if len(args) == 4 {
		want = valueAt(ts, args[3], args[1])
	}
	if (got == want) == neg {
		ts.Fatalf("%s %s: %s, compared with %s", args[0], args[1], got, want)
	}
}

func valueAt(ts *testscript.TestScript, file, path string) string {
	var value any
	text := ts.ReadFile(file)
	ts.Check(json.Unmarshal([]byte(text), &value))
	_, err := document.Validate(text)
	ts.Check(err)
	for key := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[key]
		case []any:
			var i int
			_, err := fmt.Sscan(key, &i)
			ts.Check(err)
			value = v[i]
		default:
			value = nil
		}
	}
	if text, ok := value.(string); ok {
		return text
	}
	encoded, err := json.Marshal(value)
	ts.Check(err)
	return string(encoded)
}

// checkOpenTofu is "opentofu DIR COUNT": the files of a folder hold the providers' rules, import so many objects, and have no
// secret of the simulator.
func checkOpenTofu(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: opentofu DIR COUNT")
	}
	folder := ts.MkAbs(args[0])
	files := hcltest.Files{}
	ts.Check(filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(folder, path)
			files[name] = ts.ReadFile(path)
		}
		return err
	}))
	found := hcltest.Check(files, ts.Getenv("OKTA_CLIENT_TOKEN"), ts.Getenv("GENESYSCLOUD_OAUTHCLIENT_SECRET"))
	if len(found.Problems) > 0 {
		ts.Fatalf("%s", strings.Join(found.Problems, "\n"))
	}
	if fmt.Sprint(len(found.Imports)) != args[1] {
		ts.Fatalf("%d imports: %v", len(found.Imports), found.Imports)
	}
}

// touched counts what reached a script's proxy, by the proxy's address.
var touched sync.Map

// startProxy is "proxy": whatever the program sends off this computer goes to a proxy that only counts.
func startProxy(ts *testscript.TestScript, _ bool, _ []string) {
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	ts.Check(err)
	count := new(atomic.Int64)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			count.Add(1)
			_ = conn.Close()
		}
	}()
	ts.Defer(func() { _ = listener.Close(); <-done })
	address := "http://" + listener.Addr().String()
	touched.Store(address, count)
	ts.Setenv("HTTPS_PROXY", address)
	ts.Setenv("HTTP_PROXY", address)
}

// untouched is "[!] untouched": nothing reached the proxy.
func untouched(ts *testscript.TestScript, neg bool, _ []string) {
	count, ok := touched.Load(ts.Getenv("HTTPS_PROXY"))
	if !ok {
		ts.Fatalf("there is no proxy")
	}
	if n := count.(*atomic.Int64).Load(); (n == 0) == neg {
		ts.Fatalf("%d connections off this computer", n)
	}
}

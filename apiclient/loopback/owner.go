package loopback

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient"
)

// listening is the state of a socket in /proc/net/tcp that waits for connections.
const listening = "0A"

// tables are Linux's lists of sockets (proc(5)) and the addresses in them that keep a family's port from being
// taken: the address itself, the one that means all, and in IPv6's list those that stand for IPv4, too.
var tables = map[string][]struct {
	file      string
	addresses []string
}{
	"tcp4": {
		{"/proc/net/tcp", []string{"0100007F", "00000000"}},
		{"/proc/net/tcp6", []string{"0000000000000000FFFF00000100007F", strings.Repeat("0", 32)}},
	},
	"tcp6": {{"/proc/net/tcp6", []string{strings.Repeat("0", 24) + "01000000", strings.Repeat("0", 32)}}},
}

// owner names the other program that listens on a port. It is empty where that cannot be known: on other
// systems than Linux, and of other users' programs.
func owner(network string, port int) string {
	for _, table := range tables[network] {
		rows, err := os.ReadFile(table.file)
		if err != nil {
			continue
		}
		if inode := socket(string(rows), table.addresses, port); inode != "" {
			return program(inode)
		}
	}
	return ""
}

// socket finds the inode of the socket that listens on a port, or nothing.
func socket(rows string, addresses []string, port int) string {
	for row := range strings.Lines(rows) {
		fields := strings.Fields(row)
		if len(fields) < 10 || fields[3] != listening {
			continue
		}
		address, hex, _ := strings.Cut(fields[1], ":")
		if n, err := strconv.ParseUint(hex, 16, 16); err == nil && int(n) == port && slices.Contains(addresses, address) {
			return fields[9]
		}
	}
	return ""
}

// program names who has a socket open. This program itself is not named: "another program" would not be it.
func program(inode string) string {
	open, _ := filepath.Glob("/proc/[0-9]*/fd/*")
	for _, file := range open {
		if target, err := os.Readlink(file); err != nil || target != "socket:["+inode+"]" {
			continue
		}
		process := filepath.Dir(filepath.Dir(file))
		name, err := os.ReadFile(filepath.Join(process, "comm"))
		pid := filepath.Base(process)
		if err != nil || pid == strconv.Itoa(os.Getpid()) {
			return ""
		}
		return fmt.Sprintf("%s (process %s)", apiclient.Clean(strings.TrimSpace(string(name))), pid)
	}
	return ""
}

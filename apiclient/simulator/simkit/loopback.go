package simkit

import (
	"net/netip"
	"strings"
)

// IsLoopback reports whether a host, without its port, is this machine: localhost, 127.0.0.0/8 or ::1. No name
// is looked up.
func IsLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && ip.Unmap().IsLoopback()
}

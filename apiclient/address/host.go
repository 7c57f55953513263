package address

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// Host is a host as browsers and services compare it: ASCII, lower case, no root dot, and brackets around IPv6.
type Host struct{ name string }

// browsers maps names as the URL standard says (UTS 46, non-transitional). The characters of the result are checked here.
var browsers = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.BidiRule(), idna.StrictDomainName(false), idna.CheckHyphens(false))

var (
	label = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$`)
	// number is a last label that makes a browser read the whole host as an IPv4 address.
	number = regexp.MustCompile(`^([0-9]+|0x[0-9a-f]*)$`)
)

const (
	wordMarks = "·・׳״" // punctuation that international names may have (RFC 5892 A.3, A.5 to A.7)
	dots      = "。．｡"  // what browsers read as a dot (UTS 46)
)

// Longest names of the domain name system (RFC 1035 2.3.4).
const (
	maxLabel = 63
	maxHost  = 253
)

// noHosts are what becomes the host of a misspelled URL, the origin of a page that has none, and what templates and scripts
// write for a missing value.
var noHosts = []string{"http", "https", "null", "undefined", "true", "false", "none", "nil", "nan"}

// ParseHost reads a host as it stands in a URL. Its errors don't quote more than one character.
func ParseHost(text string) (Host, error) {
	if inner, ok := strings.CutPrefix(text, "["); ok {
		return parseIPv6(strings.TrimSuffix(inner, "]"), strings.HasSuffix(inner, "]"))
	}
	for _, r := range text {
		switch {
		case r == '%' || unicode.In(r, unicode.C) || unicode.IsSpace(r) || r == unicode.ReplacementChar:
			return Host{}, wrongLetter(r) // browsers decode, drop, or replace it
		case r > unicode.MaxASCII && unicode.IsPunct(r) && !strings.ContainsRune(wordMarks+dots, r):
			return Host{}, wrongLetter(r) // browsers take it, but it was pasted with the host: “www.example.com”
		}
	}
	name, err := strings.ToLower(text), error(nil)
	if strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) || strings.Contains(name, "xn--") {
		name, err = browsers.ToASCII(text)
		if err == nil { // it checks the direction of letters before it maps them
			name, err = browsers.ToASCII(name)
		}
	}
	if err != nil || strings.Contains(text, "ẞ") { // browsers disagree on the capital sharp s
		return Host{}, errors.New("the host has characters that a domain name can't have")
	}
	name = strings.TrimSuffix(name, ".")
	labels := strings.Split(name, ".")
	switch _, noIP := netip.ParseAddr(name); {
	case name == "":
		return Host{}, errors.New("the host is missing")
	case slices.Contains(labels, ""):
		return Host{}, errors.New("the host starts with a dot, or has two dots in a row")
	case slices.Contains(noHosts, name):
		return Host{}, fmt.Errorf("%q isn't a host", name)
	case number.MatchString(labels[len(labels)-1]) && noIP != nil:
		return Host{}, errors.New("the host ends in a number, but isn't an IP address")
	case len(name) > maxHost || slices.ContainsFunc(labels, func(l string) bool { return len(l) > maxLabel }):
		return Host{}, errors.New("the host is too long")
	}
	for _, l := range labels {
		if bad := strings.IndexFunc(l, func(r rune) bool { return r != '-' && !label.MatchString(string(r)) }); bad >= 0 {
			return Host{}, wrongLetter([]rune(l[bad:])[0])
		}
		if !label.MatchString(l) {
			return Host{}, errors.New("a part of the host starts or ends with a hyphen")
		}
	}
	return Host{name}, nil
}

func wrongLetter(r rune) error { return fmt.Errorf("the host contains %s", named(string(r))) }

// named is what an error calls the first character of a text.
func named(text string) string {
	switch r, _ := utf8.DecodeRuneInString(text); {
	case r == ' ':
		return "a space"
	case unicode.Is(unicode.Quotation_Mark, r):
		return "a quotation mark"
	default:
		return strconv.QuoteRune(r)
	}
}

// parseIPv6 refuses what has several spellings: browsers write an IPv4 address in one differently.
func parseIPv6(text string, closed bool) (Host, error) {
	ip, err := netip.ParseAddr(text)
	if err != nil || !closed || !ip.Is6() || ip.Is4In6() || ip.Zone() != "" {
		return Host{}, errors.New("the host isn't an IPv6 address in brackets")
	}
	return Host{"[" + ip.String() + "]"}, nil
}

// String returns the host as it stands in a URL.
func (h Host) String() string { return h.name }

// Unicode returns the host as users write it.
func (h Host) Unicode() string {
	if text, err := browsers.ToUnicode(h.name); err == nil {
		return text
	}
	return h.name
}

func (h Host) ip() (netip.Addr, bool) {
	ip, err := netip.ParseAddr(strings.Trim(h.name, "[]"))
	return ip, err == nil
}

// IsIP reports whether the host is an IP address.
func (h Host) IsIP() bool { _, ok := h.ip(); return ok }

// Local reports whether the host is this computer to a browser: a loopback address, localhost, or a name under it
// (RFC 6761 6.3).
func (h Host) Local() bool {
	ip, ok := h.ip()
	return ok && ip.IsLoopback() || strings.HasSuffix("."+h.name, ".localhost")
}

// Loopback is Local without the names under localhost, which a resolver may send to another computer.
func (h Host) Loopback() bool { return h.Local() && (h.IsIP() || h.name == "localhost") }

// Shared reports whether the host is a public suffix, such as com, co.uk, or github.io: below it are websites of many owners.
func (h Host) Shared() bool {
	suffix, registry := publicsuffix.PublicSuffix(h.name)
	return !h.IsIP() && h.name == suffix && (registry || strings.Contains(suffix, "."))
}

// Within reports whether a service that stored this text takes the host for it, or for a host below it.
func (h Host) Within(stored string) bool {
	start := len(h.name) - len(stored)
	return h.Is(stored) || stored != "" && start > 0 && h.name[start-1] == '.' && same(stored, h.name[start:])
}

// Is reports whether a service that stored this text compares it equal to the host: in ASCII, capital letters or not.
func (h Host) Is(stored string) bool {
	return h.name != "" && same(stored, h.name)
}

// same compares in ASCII. To EqualFold the Kelvin sign is a k, but it is longer.
func same(stored, name string) bool {
	return len(stored) == len(name) && strings.EqualFold(stored, name)
}

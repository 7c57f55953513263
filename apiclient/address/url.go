package address

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Origin is what browsers compare of two pages: scheme, host, and port. The zero Origin is no page's.
type Origin struct {
	Scheme string // http or https
	Host   Host
	Port   string // empty: the scheme's own
}

// URL is a web address. Its path and query stay as written, with non-ASCII letters escaped as browsers do.
type URL struct {
	Origin
	Rest string // everything after the port
}

// ErrUser doesn't quote the URL, which may hold a password.
var ErrUser = errors.New("the URL has a user name. Remove it")

var (
	schemed    = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*)://`)
	beforePort = regexp.MustCompile(`(?s)^(.*?)(?::[^\]:]*)?$`) // the host before a port
	ownPort    = map[string]string{"http": "80", "https": "443"}
)

// Parse reads a full URL of http or https. Its errors say what is wrong, and don't quote the URL.
func Parse(text string) (URL, error) {
	u, full, err := ParsePasted(text)
	switch first, _ := utf8.DecodeRuneInString(text); {
	case full || errors.Is(err, ErrUser):
		return u, err
	case unicode.Is(unicode.Quotation_Mark, first):
		return URL{}, fmt.Errorf("the URL contains %s", named(text))
	}
	return URL{}, errors.New("the URL must start with https://")
}

// ParsePasted also reads one without a scheme, as https. It reports whether there was one.
func ParsePasted(text string) (u URL, full bool, err error) {
	u, full, err = parse(strings.TrimSpace(text))
	if err != nil && strings.Contains(text, "@") {
		err = ErrUser // a password can have any letter
	}
	return u, full, err
}

func parse(text string) (u URL, full bool, err error) {
	rest := text
	u.Scheme = "https"
	if m := schemed.FindStringSubmatch(text); m != nil {
		u.Scheme, rest, full = strings.ToLower(m[1]), text[len(m[0]):], true
	}
	end := strings.IndexAny(rest+"/", "/?#")
	authority := rest[:end]
	u.Rest = rest[end:]
	m := beforePort.FindStringSubmatch(authority)
	switch {
	case !full && strings.HasPrefix(u.Rest, "//"), ownPort[strings.ToLower(strings.TrimSuffix(m[1], "."))] != "": // https//x, https:/x
		return URL{}, full, errors.New("the start of the URL is misspelled")
	case strings.Contains(authority, "@"):
		return URL{}, full, ErrUser
	case ownPort[u.Scheme] == "":
		return URL{}, full, errors.New("the URL must start with https://")
	}
	if bad := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune("\\\"<>^`{|} ", r) }); bad >= 0 {
		return URL{}, full, fmt.Errorf("the URL contains %s", named(text[bad:]))
	}
	if u.Host, err = ParseHost(m[1]); err != nil {
		return URL{}, full, err
	}
	if u.Port, err = parsePort(u.Scheme, authority[len(m[1]):]); err != nil {
		return URL{}, full, err
	}
	u.Rest = written(u.Rest)
	if _, err := url.Parse(u.String()); err != nil {
		return URL{}, full, errors.New("the URL has a % that starts no escape")
	}
	return u, full, nil
}

// parsePort reads what follows the host: nothing, or a colon and a number.
func parsePort(scheme, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	n, err := strconv.ParseUint(text[1:], 10, 16)
	if port := strconv.FormatUint(n, 10); err == nil && n > 0 && ":"+port == text {
		if port == ownPort[scheme] {
			return "", nil
		}
		return port, nil
	}
	return "", errors.New("the port isn't a number from 1 to 65535")
}

// written is what browsers send for what follows the port: the path without dot segments, and the rest escaped.
func written(rest string) string {
	path := rest[:strings.IndexAny(rest+"?", "?#")]
	tail, fragment, has := strings.Cut(rest[len(path):], "#")
	tail = strings.ReplaceAll(tail, "'", "%27")
	if has {
		tail += "#" + fragment
	}
	var kept []string
	parts := strings.Split(path, "/")
	for i, part := range parts {
		switch strings.ReplaceAll(strings.ToLower(part), "%2e", ".") {
		case ".":
		case "..":
			kept = kept[:max(1, len(kept)-1)]
		default:
			kept = append(kept, part)
			continue
		}
		if i == len(parts)-1 {
			kept = append(kept, "")
		}
	}
	return escape(strings.Join(kept, "/") + tail)
}

// escape writes letters outside of ASCII as browsers send them.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r > unicode.MaxASCII {
			b.WriteString(url.PathEscape(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// String returns the origin as browsers send it, or nothing for the zero Origin.
func (o Origin) String() string {
	if o == (Origin{}) {
		return ""
	}
	return o.Scheme + "://" + o.HostPort()
}

// HostPort returns the host, with its port unless it is the scheme's own.
func (o Origin) HostPort() string {
	if o.Port == "" {
		return o.Host.String()
	}
	return o.Host.String() + ":" + o.Port
}

// Is reports whether a service that stored this text lets the origin in.
func (o Origin) Is(stored string) bool { return o != Origin{} && same(stored, o.String()) }

// String returns the URL as browsers and services compare it.
func (u URL) String() string { return u.Origin.String() + u.Rest }

// URL returns its parts.
func (u URL) URL() *url.URL {
	parts, err := url.Parse(u.String())
	if err != nil { // Parse has refused it
		return &url.URL{}
	}
	return parts
}

// OriginOf returns the origin of a URL, or the zero Origin where it is none.
func OriginOf(text string) Origin {
	u, err := Parse(text)
	if err != nil {
		return Origin{}
	}
	return u.Origin
}

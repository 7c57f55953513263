package site

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"hash"
	"io"
	"net/url"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

// policy is one Content Security Policy (CSP Level 3): its directives by their names, in small letters.
type policy struct {
	self       *url.URL // the page
	from       int      // the offset on the page from which it counts
	length     int      // in bytes
	directives map[string][]string
}

// fallbacks are the directives that speak about a kind; the first that a policy has counts (CSP Level 3 6.8.3).
var fallbacks = map[Kind][]string{
	KindScript:  {"script-src-elem", "script-src", "default-src"},
	KindConnect: {"connect-src", "default-src"},
}

// policiesOf reads headers, each of which may hold several policies. Of a directive that comes twice the first counts.
func policiesOf(headers []string, self *url.URL) []policy {
	var policies []policy
	for text := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		p := policy{self: self, length: len(text), directives: map[string][]string{}}
		for directive := range strings.SplitSeq(text, ";") {
			words := strings.Fields(directive)
			if len(words) == 0 {
				continue
			}
			name := strings.ToLower(words[0])
			if _, twice := p.directives[name]; !twice {
				p.directives[name] = words[1:]
			}
		}
		if len(p.directives) > 0 {
			policies = append(policies, p)
		}
	}
	return policies
}

// Allows reports whether the page's Content Security Policies let it load url. Of a script it is asked whether another
// script may load it, as the snippet loads genesys.min.js. If not, directive is the one that forbids it, cleaned.
func (p *Page) Allows(kind Kind, address string) (ok bool, directive string) {
	u, err := url.Parse(address)
	return p.all(kind, func(each policy, sources []string) bool { return err == nil && each.allows(kind, sources, u) })
}

// AllowsInline reports whether the page's Content Security Policies let a script run that stands on the page itself; if
// not, directive is the one that forbids it, cleaned.
func (p *Page) AllowsInline(s Script) (ok bool, directive string) {
	sums := map[string]string{} // by algorithm, for all the hashes of all policies
	return p.all(KindScript, func(each policy, sources []string) bool { return s.Offset < each.from || inline(sources, s, sums) })
}

// all asks each policy that speaks about the kind.
func (p *Page) all(kind Kind, allows func(each policy, sources []string) bool) (ok bool, directive string) {
	for _, each := range p.policies {
		for _, name := range fallbacks[kind] {
			sources, found := each.directives[name]
			if !found {
				continue
			}
			if !allows(each, sources) {
				return false, apiclient.Clean(name + " " + strings.Join(sources, " "))
			}
			break
		}
	}
	return true, ""
}

// allows: with 'strict-dynamic' a script that may run may load any other, and the hosts in the list do not count (CSP
// Level 3 8.2).
func (p policy) allows(kind Kind, sources []string, u *url.URL) bool {
	if kind == KindScript && keyword(sources, "'strict-dynamic'") {
		return slices.ContainsFunc(sources, trusted)
	}
	return slices.ContainsFunc(sources, func(source string) bool { return p.matches(source, u) })
}

// inline: 'unsafe-inline' counts only without a nonce or hash in the same directive (CSP Level 3 6.7.3.2).
func inline(sources []string, s Script, sums map[string]string) bool {
	if !slices.ContainsFunc(sources, trusted) && !keyword(sources, "'strict-dynamic'") && keyword(sources, "'unsafe-inline'") {
		return true
	}
	if s.Nonce != "" && slices.Contains(sources, "'nonce-"+s.Nonce+"'") {
		return true
	}
	return slices.ContainsFunc(sources, func(source string) bool {
		algorithm, want, _ := strings.Cut(strings.Trim(source, "'"), "-")
		algorithm = strings.ToLower(algorithm)
		if hashes[algorithm] == nil {
			return false
		}
		if sums[algorithm] == "" {
			sum := hashes[algorithm]()
			_, _ = io.WriteString(sum, s.Text) // a hash takes everything
			sums[algorithm] = base64.StdEncoding.EncodeToString(sum.Sum(nil))
		}
		return sums[algorithm] == alphabet.Replace(want)
	})
}

// alphabet turns either alphabet of base64 into the one (CSP Level 3 2.3.1).
var alphabet = strings.NewReplacer("-", "+", "_", "/")

var hashes = map[string]func() hash.Hash{"sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New}

// trusted reports whether a source is a nonce or a hash.
func trusted(source string) bool {
	kind, _, found := strings.Cut(strings.ToLower(source), "-")
	kind, quoted := strings.CutPrefix(kind, "'")
	return found && quoted && (kind == "nonce" || hashes[kind] != nil)
}

func keyword(sources []string, word string) bool {
	return slices.ContainsFunc(sources, func(source string) bool { return strings.EqualFold(source, word) })
}

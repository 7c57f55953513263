package simkit

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"sync"
)

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// IDs makes identifiers from a seed: the same seed gives the same row of them.
type IDs struct {
	mu  sync.Mutex
	rnd *rand.Rand
}

// NewIDs starts a row of identifiers. Two rows of one seed differ by their stream.
func NewIDs(seed, stream uint64) *IDs {
	return &IDs{rnd: rand.New(rand.NewPCG(seed, stream))} //nolint:gosec // a stand-in's ids are meant to repeat
}

// Text returns n letters and digits.
func (g *IDs) Text(n int) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	out := make([]byte, n)
	for i := range out {
		out[i] = alphanumeric[g.rnd.IntN(len(alphanumeric))]
	}
	return string(out)
}

// UUID returns a version 4 UUID, the form of Genesys Cloud's ids.
func (g *IDs) UUID() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	var b [16]byte
	for i := range b {
		b[i] = byte(g.rnd.UintN(256))
	}
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// Pick returns one of the choices.
func (g *IDs) Pick(choices ...string) string { return choices[g.Below(len(choices))] }

// Below returns a number from 0 up to below n.
func (g *IDs) Below(n int) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.rnd.IntN(n)
}

// S256 is the hash of a text in the form of PKCE (RFC 7636, 4.2) and DPoP (RFC 9449, 4.2).
func S256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

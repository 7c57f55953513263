package eventually

import (
	"bytes"
	"sync"
	"testing"
)

// Output collects what others write. A test may read it while they do.
type Output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds a piece.
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

// String is what was written so far.
func (o *Output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// Clear forgets it.
func (o *Output) Clear() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Reset()
}

// Await waits until it has all of these texts.
func (o *Output) Await(t *testing.T, texts ...string) {
	t.Helper()
	Text(t, o.String, texts...)
}

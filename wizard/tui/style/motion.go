package style

import "time"

// LinkFrame is how long each link takes to light, and the pace of what moves once. SlowFrame is how late a frame may be.
const (
	LinkFrame = 80 * time.Millisecond
	SlowFrame = 100 * time.Millisecond
)

// Motion is what moves once: the links at the finish, and the line that closes the chain. A key or a slow terminal ends it.
type Motion struct {
	began time.Time
	lasts time.Duration
}

// Begin starts a motion in place of the one before.
func (m *Motion) Begin(lasts time.Duration) { m.began, m.lasts = time.Now(), lasts }

// End shows at once what comes after it.
func (m *Motion) End() { m.lasts = 0 }

// On reports whether anything moves.
func (m *Motion) On() bool { return time.Since(m.began) < m.lasts }

// Part is how many of so many parts have moved by now.
func (m *Motion) Part(of int) int {
	if !m.On() {
		return of
	}
	return int(time.Duration(of) * time.Since(m.began) / m.lasts)
}

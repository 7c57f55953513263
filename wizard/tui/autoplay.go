package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/wizard/tui/style"
)

// beat is one key press of a demo that plays by itself: made once the last line of the screen offers what it waits
// for, after a time to read.
type beat struct {
	offers string // what a key does, as the last line says it
	rest   time.Duration
	press  string
}

// tour shows what Enter alone does not: why a section is there, its questions, and what is beside the snippet.
var tour = []beat{
	{"start", 3500 * time.Millisecond, "enter"},
	{"review all", 3500 * time.Millisecond, "?"},
	{"back", 3 * time.Second, "esc"},
	{"review all", time.Second, "e"},
	{"next field", 1500 * time.Millisecond, "tab"},
	{"next field", time.Second, "tab"},
	{"next field", time.Second, "tab"},
	{"next field", 1500 * time.Millisecond, "esc"},
	{"apply", 4 * time.Second, "enter"},
	{"page code", 3 * time.Second, "p"},
	{"try it", 2 * time.Second, "pgdown"},
	{"try it", 2 * time.Second, "esc"},
	{"doctor", time.Second, "d"},
	{"again", 2500 * time.Millisecond, "esc"},
	{"done", 2500 * time.Millisecond, "q"},
}

const (
	onward = 1500 * time.Millisecond // before an Enter that no beat of the tour makes
	ending = 6 * time.Second         // before a problem is left
	glance = 50 * time.Millisecond
)

// player presses the keys of a demo that plays by itself. It sees the last line of the screen, as a person does.
type player struct {
	speed float64
	left  []beat
	next  beat      // what the screen asks for
	since time.Time // since when
	over  bool      // a problem came up: it is shown, and then left
}

// playing has the player look again.
type playing struct{}

func newPlayer(speed float64) *player {
	if speed == 0 {
		return nil
	}
	return &player{speed: speed, left: tour}
}

// watching comes back in a moment, as long as nobody has taken over.
func (p *player) watching() tea.Cmd {
	if p == nil {
		return nil
	}
	return tea.Tick(glance, func(time.Time) tea.Msg { return playing{} })
}

// look returns the key that is due, if one is.
func (p *player) look(hints []style.Hint, now time.Time) (key string, due bool) {
	b, wanted := p.choose(hints)
	if b != p.next {
		p.next, p.since = b, now
	}
	if !wanted || now.Sub(p.since) < time.Duration(float64(b.rest)/p.speed) {
		return "", false
	}
	p.next = beat{}
	if len(p.left) > 0 && b == p.left[0] {
		p.left = p.left[1:]
	}
	return b.press, true
}

// choose finds what a screen with these hints asks for: the next beat of the tour, else the Enter that it offers.
func (p *player) choose(hints []style.Hint) (beat, bool) {
	offered := func(does string) bool {
		return slices.ContainsFunc(hints, func(h style.Hint) bool { return h.Does == does })
	}
	p.over = p.over || offered("retry")
	if p.over {
		return beat{"quit", ending, "q"}, offered("quit") || offered("leave")
	}
	if len(p.left) > 0 && offered(p.left[0].offers) {
		return p.left[0], true
	}
	for _, h := range hints {
		if h.Key == "enter" {
			return beat{h.Does, onward, "enter"}, true
		}
	}
	return beat{}, false
}

// played are the keys that the tour presses, besides those that stand for themselves.
var played = map[string]tea.Key{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "pgdown": {Code: tea.KeyPgDown},
}

// play presses the key that is due, as if a person had.
func (r *router) play() tea.Cmd {
	if r.player == nil {
		return nil
	}
	name, due := r.player.look(r.top().Hints(), time.Now())
	if !due {
		return r.player.watching()
	}
	pressed, special := played[name]
	if !special {
		pressed = tea.Key{Code: rune(name[0]), Text: name}
	}
	return tea.Batch(r.Key(tea.KeyPressMsg(pressed)), r.player.watching())
}

// takeOver ends the playing at the first key of a person, which does nothing else; ctrl+c leaves in any case.
func (r *router) takeOver(msg tea.KeyPressMsg) (taken bool) {
	if r.player == nil {
		return false
	}
	r.player = nil
	if msg.String() == "ctrl+c" {
		return false
	}
	r.note = "You have the keys now. Continue from here."
	return true
}

package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// beat is one key press of a demo that plays by itself: made once the last line of the screen offers what it waits
// for, after a time to read.
type beat struct {
	offers string // what a key does, as the last line says it
	rest   time.Duration
	press  string
}

// played shows what Enter alone does not: the purpose of a section, its questions, and the screens around the snippet.
var played = []beat{
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
	{"open preview", 2 * time.Second, "pgdown"},
	{"open preview", 2 * time.Second, "esc"},
	{"doctor", time.Second, "d"},
	{"check again", 2500 * time.Millisecond, "esc"},
}

// fixes are the answers that take the place of those that a fault made wrong. The simulator accepts any other token,
// secret, or free name.
var fixes = map[guide.Key]string{
	guide.OktaToken: "00another-token-of-the-demo", guide.GenesysClientSecret: "another-secret-of-the-demo",
	guide.AppName: "Messenger sign-in", guide.MessengerConfig: "Messenger with sign-in",
}

const (
	onward  = 1500 * time.Millisecond // before an Enter that no beat makes
	reread  = 6 * time.Second         // before a problem is fixed
	typed   = 60 * time.Millisecond   // before the next character
	glance  = 50 * time.Millisecond
	glances = 3 // at a screen before a key, so that it is drawn on a busy machine, too
)

// player presses the keys of a demo that plays itself. It sees only the last line of the screen, as a user does.
type player struct {
	speed   float64
	left    []beat
	next    beat      // what the screen asks for
	since   time.Time // since when
	glanced int       // how often it was seen since then
	types   []beat    // the answer that fixes a problem
	fixed   string    // what was fixed so
	only    bool      // it presses nothing else
}

// playing has the player look again.
type playing struct{}

func newPlayer(speed float64) *player {
	if speed == 0 {
		return nil
	}
	return &player{speed: speed, left: played}
}

// watching returns in a moment, unless the user has taken over.
func (p *player) watching() tea.Cmd {
	if p == nil {
		return nil
	}
	return tea.Tick(glance, func(time.Time) tea.Msg { return playing{} })
}

// dueKey returns the key that is due, if one is.
func (p *player) dueKey(hints []style.Hint, now time.Time) (key string, due bool) {
	b, wanted := p.choose(hints)
	if b != p.next {
		p.next, p.since, p.glanced = b, now, 0
	}
	p.glanced++
	if !wanted || now.Sub(p.since) < time.Duration(float64(b.rest)/p.speed) || p.glanced <= glances && b.rest > typed {
		return "", false
	}
	p.next = beat{}
	switch {
	case len(p.types) > 0:
		p.types = p.types[1:]
	case len(p.left) > 0 && b == p.left[0]:
		p.left = p.left[1:]
	case b.rest == reread:
		p.fix(b.offers)
	}
	return b.press, true
}

// fix types the answer that the screen asks for next.
func (p *player) fix(edit string) {
	p.fixed = edit
	p.types = []beat{{"", onward, "ctrl+u"}}
	for _, c := range fixes[fixable(edit)] {
		p.types = append(p.types, beat{"", typed, string(c)})
	}
	p.types = append(p.types, beat{"", onward, "enter"})
}

// fixable is the question that a key edits; empty: the player has no answer to it.
func fixable(edit string) guide.Key {
	for key := range fixes {
		if q, _ := guide.QuestionFor(key); edit == screen.Edit(q) {
			return key
		}
	}
	return ""
}

// stays reports whether nothing is left to press on a screen with these hints: at the end, and at a problem that a new
// answer doesn't fix. note says so.
func (p *player) stays(hints []style.Hint) (note string, stays bool) {
	offered := offers(hints)
	for offered("done") && len(p.left) > 0 && !offered(p.left[0].offers) {
		p.left = p.left[1:] // a fault led past it
	}
	switch {
	case len(p.types) > 0:
	case p.only:
		return "", true
	case offered("done") && len(p.left) == 0:
		return "The demo ends here. Try the keys below, or press q.", true
	case offered("retry") && (fixable(hints[0].Does) == "" || hints[0].Does == p.fixed):
		return "The demo stops here. Do what the text says, or press q.", true
	}
	return "", false
}

// offers returns what reports whether one of the keys does that.
func offers(hints []style.Hint) func(string) bool {
	return func(does string) bool {
		return slices.ContainsFunc(hints, func(h style.Hint) bool { return h.Does == does })
	}
}

// choose finds what a screen with these hints asks for: the rest of an answer, the next beat, or the Enter that it offers.
func (p *player) choose(hints []style.Hint) (beat, bool) {
	offered := offers(hints)
	switch {
	case len(p.types) > 0:
		return p.types[0], true
	case offered("retry"):
		return beat{hints[0].Does, reread, hints[0].Key}, true
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

// playedKeys are the keys that don't stand for themselves.
var playedKeys = map[string]tea.Key{
	"ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
	"enter":  {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "pgdown": {Code: tea.KeyPgDown},
}

// play presses the key that is due, as a user does.
func (r *router) play() tea.Cmd {
	if r.player == nil {
		return nil
	}
	hints := r.top().Hints()
	if note, stays := r.player.stays(hints); stays {
		r.player, r.note = nil, note
		return nil
	}
	name, due := r.player.dueKey(hints, time.Now())
	if !due {
		return r.player.watching()
	}
	pressed, named := playedKeys[name]
	if !named {
		pressed = tea.Key{Code: rune(name[0]), Text: name}
	}
	return tea.Batch(r.Key(tea.KeyPressMsg(pressed)), r.player.watching())
}

// takeOver ends the playback at the first key of the user. That key does nothing else, except that ctrl+c always quits.
func (r *router) takeOver(msg tea.KeyPressMsg) (taken bool) {
	switch {
	case r.player == nil:
		return false
	case r.player.only && msg.String() == "enter": // pressed twice: the tour needs no other key
		return true
	}
	r.player = nil
	if msg.String() == "ctrl+c" {
		return false
	}
	r.note = "You have the keys now. Continue from here."
	return true
}

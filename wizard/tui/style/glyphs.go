package style

import (
	"runtime"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"

	"msgsso-wizard/wizard/report"
)

// Glyphs is every sign that is drawn, in one table.
type Glyphs struct {
	Logo                         string
	done, here, Ahead, stuck     string // the stepper and the chain
	unseen                       string
	create, Update, reuse        string // what becomes of an object
	Delete, Wait                 string
	OK, Bad, Warning             string
	Cursor, On, Off, Check, None string // lists
	More, Dot, Up, Down, Arrows  string
	Bullet                       rune
	running                      []string
	ASCII                        bool // each sign is replaced by one that every terminal has
}

// UnicodeGlyphs are for terminals with UTF-8.
var UnicodeGlyphs = Glyphs{
	Logo: "◆",
	done: "●", here: "◉", Ahead: "○", stuck: "✗", unseen: "◌",
	create: "+", Update: "~", reuse: "=", Delete: "−", Wait: "…",
	OK: "✓", Bad: "✗", Warning: "!",
	Cursor: "›", On: "(•)", Off: "( )", Check: "[x]", None: "[ ]",
	More: "…", Dot: " · ", Up: "↑", Down: "↓", Arrows: "↑↓",
	Bullet:  '•',
	running: []string{"◐", "◓", "◑", "◒"},
}

// ASCIIGlyphs are for all other terminals.
var ASCIIGlyphs = func() Glyphs {
	g := UnicodeGlyphs
	g.ASCII = true
	return g
}()

// ChooseGlyphs picks the signs that the terminal can show.
func ChooseGlyphs(env uv.Environ) Glyphs {
	if term := env.Getenv("TERM"); term == "linux" || term == "dumb" || !report.UTF8(env.LookupEnv, runtime.GOOS) {
		return ASCIIGlyphs
	}
	return UnicodeGlyphs
}

// asciiOf has the likeness of each sign that is drawn or comes in the guide's sentences, as wide as what it stands for.
var asciiOf = map[rune]rune{
	'●': '*', '◉': '@', '○': 'o', '✗': 'X', '◌': '?', '◐': '/', '◓': '-', '◑': '\\', '◒': '|', '✓': 'v', '−': '-', '›': '>', '◆': '#',
	'━': '=', '╌': '-', '─': '-', '┃': '|', '│': '|', '╎': ':', '╮': '.', '┓': '.', '╯': '\'', '┛': '\'', '╰': '`', '┗': '`', '╭': '.', '┌': '+', '┐': '+', '└': '+', '┘': '+', '┬': '+',
	'┴': '+', '←': '<', '→': '>', '↑': '^', '↓': 'v', '·': '-', '…': '.', '•': '*', '–': '-', '—': '-', '“': '"', '”': '"', '‘': '\'', '’': '\'',
}

// Spell replaces what a terminal without Unicode cannot show.
func (g Glyphs) Spell(text string) string {
	if !g.ASCII {
		return text
	}
	return strings.Map(func(r rune) rune {
		if r < 0x80 {
			return r
		}
		if a, ok := asciiOf[r]; ok {
			return a
		}
		return '?'
	}, text)
}

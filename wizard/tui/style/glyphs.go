package style

import (
	"cmp"
	"runtime"
	"strings"
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

// ChooseGlyphs picks the signs that the terminal can show (POSIX: LC_ALL goes before LC_CTYPE before LANG).
func ChooseGlyphs(env Environ) Glyphs {
	term, locale := env.get("TERM"), strings.ToLower(cmp.Or(env.get("LC_ALL"), env.get("LC_CTYPE"), env.get("LANG")))
	utf8 := strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8") || locale == "" && runtime.GOOS == "windows"
	if term == "linux" || term == "dumb" || !utf8 {
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

// Environ is an environment in the form of os.Environ.
type Environ []string

// get returns the variable's value; of several the last counts, as in os/exec.
func (e Environ) get(name string) string {
	value := ""
	for _, entry := range e {
		if rest, ok := strings.CutPrefix(entry, name+"="); ok {
			value = rest
		}
	}
	return value
}

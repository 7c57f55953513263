package style

import (
	"runtime"
	"strings"
)

// Glyphs is every sign that is drawn, in one table.
type Glyphs struct {
	done, here, Ahead, stuck     string // the stepper
	create, Update, reuse, Wait  string // what will become of a thing
	OK, Bad, Look                string
	Cursor, On, Off, Check, None string // lists
	More, Dot, Up, Down, Arrows  string
	Bullet                       rune
	spinner                      []string
	ASCII                        bool
}

// UnicodeGlyphs are for terminals with UTF-8.
var UnicodeGlyphs = Glyphs{
	done: "●", here: "◉", Ahead: "○", stuck: "✗",
	create: "+", Update: "~", reuse: "=", Wait: "…",
	OK: "✓", Bad: "✗", Look: "!",
	Cursor: "›", On: "(•)", Off: "( )", Check: "[x]", None: "[ ]",
	More: "…", Dot: " · ", Up: "↑", Down: "↓", Arrows: "↑↓",
	Bullet:  '•',
	spinner: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
}

// ASCIIGlyphs are for all other terminals.
var ASCIIGlyphs = Glyphs{
	done: "x", here: ">", Ahead: ".", stuck: "!",
	create: "+", Update: "~", reuse: "=", Wait: ".",
	OK: "ok", Bad: "x", Look: "!",
	Cursor: ">", On: "(*)", Off: "( )", Check: "[x]", None: "[ ]",
	More: "..", Dot: " - ", Up: "^", Down: "v", Arrows: "up/down",
	Bullet:  '*',
	spinner: []string{"|", "/", "-", `\`},
	ASCII:   true,
}

// ChooseGlyphs picks the signs that the terminal can show (POSIX: LC_ALL goes before LC_CTYPE before LANG).
func ChooseGlyphs(env Environ) Glyphs {
	if term := env.get("TERM"); term == "linux" || term == "dumb" {
		return ASCIIGlyphs
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(env.get(name)); locale != "" {
			if strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8") {
				return UnicodeGlyphs
			}
			return ASCIIGlyphs
		}
	}
	if runtime.GOOS == "windows" {
		return UnicodeGlyphs
	}
	return ASCIIGlyphs
}

// asciiOf has the likeness of signs that come in the guide's sentences, each as wide as what it stands for.
var asciiOf = map[rune]rune{
	'…': '.', '·': '-', '→': '>', '–': '-', '—': '-', '•': '*', '“': '"', '”': '"', '‘': '\'', '’': '\'', '✓': '+', '✗': 'x',
	'←': '<', '↑': '^', '↓': 'v', '─': '-', '│': '|', '┌': '+', '┐': '+', '└': '+', '┘': '+', '┬': '+', '┴': '+',
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

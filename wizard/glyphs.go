package wizard

import (
	"runtime"
	"strings"
)

// glyphs is every sign that is drawn, in one table.
type glyphs struct {
	done, here, ahead, stuck     string // the stepper
	create, update, reuse, wait  string // what will become of a thing
	ok, bad, look                string
	cursor, on, off, check, none string // lists
	more, dot, up, down, arrows  string
	bullet                       rune
	spinner                      []string
	ascii                        bool
}

var unicodeGlyphs = glyphs{
	done: "●", here: "◉", ahead: "○", stuck: "✗",
	create: "+", update: "~", reuse: "=", wait: "…",
	ok: "✓", bad: "✗", look: "!",
	cursor: "›", on: "(•)", off: "( )", check: "[x]", none: "[ ]",
	more: "…", dot: " · ", up: "↑", down: "↓", arrows: "↑↓",
	bullet:  '•',
	spinner: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
}

var asciiGlyphs = glyphs{
	done: "x", here: ">", ahead: ".", stuck: "!",
	create: "+", update: "~", reuse: "=", wait: ".",
	ok: "ok", bad: "x", look: "!",
	cursor: ">", on: "(*)", off: "( )", check: "[x]", none: "[ ]",
	more: "..", dot: " - ", up: "^", down: "v", arrows: "up/down",
	bullet:  '*',
	spinner: []string{"|", "/", "-", `\`},
	ascii:   true,
}

// chooseGlyphs picks the signs that the terminal can show (POSIX: LC_ALL goes before LC_CTYPE before LANG).
func chooseGlyphs(env environ) glyphs {
	if term := env.get("TERM"); term == "linux" || term == "dumb" {
		return asciiGlyphs
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(env.get(name)); locale != "" {
			if strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8") {
				return unicodeGlyphs
			}
			return asciiGlyphs
		}
	}
	if runtime.GOOS == "windows" {
		return unicodeGlyphs
	}
	return asciiGlyphs
}

// asciiOf has the likeness of signs that come in the guide's sentences, each as wide as what it stands for.
var asciiOf = map[rune]rune{
	'…': '.', '·': '-', '→': '>', '–': '-', '—': '-', '•': '*', '“': '"', '”': '"', '‘': '\'', '’': '\'', '✓': '+', '✗': 'x',
	'←': '<', '↑': '^', '↓': 'v', '─': '-', '│': '|', '┌': '+', '┐': '+', '└': '+', '┘': '+', '┬': '+', '┴': '+',
}

// spell replaces what a terminal without Unicode cannot show.
func (g glyphs) spell(text string) string {
	if !g.ascii {
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

// environ is an environment in the form of os.Environ.
type environ []string

// get returns the variable's value; of several the last counts, as in os/exec.
func (e environ) get(name string) string {
	value := ""
	for _, entry := range e {
		if rest, ok := strings.CutPrefix(entry, name+"="); ok {
			value = rest
		}
	}
	return value
}

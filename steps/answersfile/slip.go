package answersfile

import (
	"regexp"
	"strings"
)

// slip is where a file that isn't YAML is wrong, counted from 1, and what to do. The parser names the line at which it gave
// up, or at which the list around it begins.
type slip struct {
	line, column int
	why, fix     string
}

const (
	fixIndent = "Indent with spaces. Keys that belong together begin in the same column."
	fixQuotes = "Put the value in quotation marks."
)

// level is a column in which keys, or the hyphens of a list, begin.
type level struct {
	indent int
	list   bool
}

// slips looks for the common ones, line by line.
type slips struct {
	lines  []string
	at     int
	levels []level
	open   bool // a key without a value, or a hyphen, came before: its value may be indented
	plain  bool // a value without quotation marks came before: it may go on
	block  int  // the indentation of the key whose value is a block (|); -1: none
	found  *slip
}

// findSlip returns the first one; nil: it is none of these.
func findSlip(text string) *slip {
	s := &slips{lines: strings.Split(text, "\n"), block: -1}
	for ; s.at < len(s.lines) && s.found == nil; s.at++ {
		s.lines[s.at] = strings.TrimSuffix(s.lines[s.at], "\r")
		s.line(s.lines[s.at])
	}
	return s.found
}

func (s *slips) refuse(column int, why, fix string) {
	if s.found == nil {
		s.found = &slip{s.at + 1, column + 1, why, fix}
	}
}

// keyed fits a line that begins a key.
var keyed = regexp.MustCompile(`^ *(- +)*[A-Za-z][A-Za-z0-9_-]*:( |$)`)

func (s *slips) line(line string) {
	content := strings.TrimLeft(line, " ")
	column := len(line) - len(content)
	switch {
	case strings.TrimSpace(content) == "", content[0] == '#', column == 0 && (strings.HasPrefix(line, "---") || line[0] == '%'):
		return
	case s.block >= 0 && column > s.block:
		return
	case content[0] == '\t':
		s.refuse(column, "a tab stands in front of the text", fixIndent)
		return
	}
	s.block = -1
	item := false
	for content == "-" || strings.HasPrefix(content, "- ") {
		s.indent(column, true)
		rest := strings.TrimLeft(content[1:], " ")
		column, content, item, s.open, s.plain = column+len(content)-len(rest), rest, true, true, false
	}
	colon := colonIn(content)
	switch {
	case content == "":
	case colon >= 0:
		s.indent(column, false)
		rest := strings.TrimLeft(content[colon+1:], " ")
		s.value(rest, column+len(content)-len(rest), column)
	case item:
		s.value(content, column, column)
	case s.plain && column > s.levels[len(s.levels)-1].indent: // it goes on
	case s.open && len(s.levels) > 0 && column > s.levels[len(s.levels)-1].indent:
		s.value(content, column, column)
	case strings.Contains(content, ":"):
		s.refuse(column+strings.Index(content, ":")+1, "there is no space after the colon", "Write a key, a colon, a space, and the value.")
	default:
		s.refuse(column, "there is no colon", "Write a key, a colon, a space, and the value.")
	}
}

// colonIn is where the key of a line ends; -1: it has none.
func colonIn(content string) int {
	if strings.ContainsAny(content[:min(1, len(content))], `"'[{`) {
		return -1
	}
	for i := range len(content) {
		switch {
		case content[i] == '#' && i > 0 && content[i-1] == ' ':
			return -1
		case content[i] == ':' && (i+1 == len(content) || content[i+1] == ' ' || content[i+1] == '\t'):
			return i
		}
	}
	return -1
}

// indent checks the column in which a key or a hyphen begins.
func (s *slips) indent(column int, list bool) {
	top := func() level { return s.levels[len(s.levels)-1] }
	for len(s.levels) > 0 && (top().indent > column || top().indent == column && top().list && !list) {
		s.levels = s.levels[:len(s.levels)-1]
		s.open = false
	}
	switch {
	case len(s.levels) == 0 && s.at > 0 && s.open, len(s.levels) > 0 && top().indent < column && !s.open:
		s.refuse(column, "the indentation fits no line above", fixIndent)
	case len(s.levels) > 0 && top() == level{column, list}:
	case len(s.levels) > 0 && top().indent == column && !s.open:
		s.refuse(column, "a list begins without its key", "Write the key in the line above, without a value.")
	default:
		s.levels = append(s.levels, level{column, list})
	}
}

// value checks the value of a key, or of an item, that begins in a column.
func (s *slips) value(text string, column, key int) {
	s.open, s.plain = text == "" || text[0] == '#', false
	if s.open {
		return
	}
	switch text[0] {
	case '"', '\'':
		s.span(column, "a quotation mark isn't closed", "Close it in the same line.", quoteEnd)
	case '[', '{':
		s.span(column, "a list isn't closed", "Close it, or write a line with a hyphen for each value.", listEnd)
	case '|', '>':
		s.block = key
	case '@', '`', '%', ',', ']', '}':
		s.refuse(column, "a value can't begin with this character", fixQuotes)
	case '*':
		s.refuse(column, "an answers file has no aliases (*)", "Write the value itself, or put it in quotation marks.")
	default:
		if s.plain = true; colonIn(text) >= 0 && text[0] != '&' && text[0] != '!' {
			s.refuse(column+colonIn(text), "a value has another colon", fixQuotes)
		}
	}
}

// span goes to the end of what begins in a column. It isn't meant to reach over a line with another key.
func (s *slips) span(column int, why, fix string, end func(text string) (end, bad int)) {
	text := s.lines[s.at][column:]
	for next := s.at + 1; ; next++ {
		stop, bad := end(text)
		switch {
		case bad >= 0 && next == s.at+1:
			s.refuse(column+bad, "a backslash stands before a character that needs none", "Use single quotation marks, or write the backslash twice.")
			return
		case stop >= 0:
			rest := strings.TrimLeft(text[stop:], " \t\r")
			if s.at = next - 1; rest != "" && rest[0] != '#' {
				s.refuse(len(s.lines[s.at])-len(strings.TrimLeft(rest, "\n")), "there is text after the closing mark", fixQuotes)
			}
			return
		case next == len(s.lines) || keyed.MatchString(s.lines[next]):
			s.refuse(column, why, fix)
			return
		}
		text += "\n" + s.lines[next]
	}
}

// quoteEnd is after the closing quotation mark; -1: there is none. bad is where an escape isn't one.
func quoteEnd(text string) (end, bad int) {
	for i := 1; i < len(text); i++ {
		switch {
		case text[0] == '"' && text[i] == '\\':
			if i++; i < len(text) && !strings.ContainsRune("0abt\tnvfre \"/\\N_LPxuU\n", rune(text[i])) {
				return -1, i - 1
			}
		case text[0] == '\'' && strings.HasPrefix(text[i:], "''"):
			i++
		case text[i] == text[0]:
			return i + 1, -1
		}
	}
	return -1, -1
}

// listEnd is after the bracket that closes the first one; -1: there is none.
func listEnd(text string) (end, bad int) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1, -1
			}
		case '"', '\'':
			if strings.ContainsRune("[{, \n", rune(text[i-1])) {
				stop, _ := quoteEnd(text[i:])
				if stop < 0 {
					return -1, -1
				}
				i += stop - 1
			}
		}
	}
	return -1, -1
}

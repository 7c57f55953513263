package guide

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient"
)

func (a *Answers) setSecret(q Question, from Source, raw string) error {
	clean := apiclient.ReadInput
	if q.Lines {
		clean = apiclient.ReadLines
	}
	text, note, err := clean(raw)
	if token, ok := q.withoutScheme(text); ok {
		text, note = token, strings.TrimSpace(note+" Removed before it: "+q.Scheme+".")
	}
	fault := q.miscopied(text)
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case text == "":
		delete(a.secrets, q.Key)
		delete(a.given, q.Key)
		return nil
	case fault != "" && err == nil:
		return fmt.Errorf("%s %s", q.Label, fault)
	case !q.Lines && strings.ContainsAny(text, " \r\n"):
		return fmt.Errorf("%s has a space or a line break inside. Paste it again in one piece", q.Label)
	case err != nil:
		return fmt.Errorf("%s %w inside. Copy it again", q.Label, err)
	}
	a.secrets[q.Key] = NewSecret(text)
	a.given[q.Key] = Answer{Value: NewSecret(text).String(), From: from, Note: note, Given: true}
	return nil
}

// withoutScheme reads a secret that was copied with the HTTP header that sends it.
func (q Question) withoutScheme(text string) (token string, ok bool) {
	words := strings.Fields(text)
	n := len(words)
	if q.Scheme == "" || n < 2 || !strings.EqualFold(words[n-2], q.Scheme) || n > 2 && !strings.EqualFold(words[n-3], "Authorization:") {
		return "", false
	}
	return words[n-1], n <= 3
}

const varName = `[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+`

var (
	assigned = regexp.MustCompile(`^(?:export |set |\$env:)?["']?` + varName + `["']? ?[=:] ?[^=]`)
	variable = regexp.MustCompile(`^(?:\$\{?|\$env:|%)` + varName + `[}%]?$`)
	header   = regexp.MustCompile(`(?i)^(?:authorization: *)?(bearer|ssws|basic|dpop) +\S+$`)
	missing  = regexp.MustCompile(`(?i)^(?:null|undefined|none|nil|true|false|nan|\*+)$`)
	wrapped  = regexp.MustCompile(`^(?:<.*>|\{.*\}|\[.*\])$`)
	unsent   = regexp.MustCompile(`[^!-~]`)              // not in any credential (RFC 6749 A.1 and A.2)
	notToken = regexp.MustCompile(`[^A-Za-z0-9._~+/=-]`) // not in a token that a header carries (RFC 9110 11.2)
)

// miscopied says what is wrong with a credential that was copied with what stands around it, or whose variable was empty.
// It quotes no more than one character.
func miscopied(word string, letters *regexp.Regexp) string {
	switch end := word[max(0, len(word)-1):]; {
	case assigned.MatchString(word):
		return "begins with the name of a variable. Enter its value only"
	case variable.MatchString(word):
		return "is the name of a variable. Enter its value"
	case missing.MatchString(word):
		return "is a word for a missing value. Copy it again"
	case header.MatchString(word):
		return "has " + header.FindStringSubmatch(word)[1] + " before it. Enter what follows"
	case wrapped.MatchString(word):
		return "is in brackets. Enter what is between them"
	case end == "," || end == ";":
		return fmt.Sprintf("ends with '%s'. Remove it", end)
	case !strings.ContainsAny(word, " \r\n"):
		if letter := letters.FindString(word); letter != "" {
			return "contains " + strconv.QuoteRune([]rune(letter)[0]) + ". Copy it again"
		}
	}
	return ""
}

// miscopied is that of a secret. What an integration type names can be any text, and a key has its own parser.
func (q Question) miscopied(text string) string {
	group, _ := q.Key.parts()
	_, named := groups[group]
	switch {
	case named, q.Lines && !assigned.MatchString(text):
		return ""
	case q.Scheme != "":
		return miscopied(text, notToken)
	default:
		return miscopied(text, unsent)
	}
}

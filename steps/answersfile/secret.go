package answersfile

import (
	"regexp"
	"unicode"

	"msgsso-wizard/steps/guide"
)

// secretForms are the forms that only secrets have: Okta's API tokens, JSON Web Tokens and what begins like one, the value of
// an Authorization header, and private keys.
var secretForms = regexp.MustCompile(`(^|[^\w-])00[\w-]{40}([^\w-]|$)|eyJ[\w-]{10,}|(?i:\b(bearer|ssws|basic) +[\w.~+/-]{16,})|-----BEGIN [A-Z ]*PRIVATE KEY|"d" *: *"`)

// random are the texts that may be a client secret or an access token: Okta's have 40 or 64 characters, Genesys Cloud's 43 or
// more.
var random = regexp.MustCompile(`[\w-]{40,}`)

// secret reports whether a value has the form of a secret. The ID of a key is as random as one.
func secret(key guide.Key, value string) bool {
	if secretForms.MatchString(value) {
		return true
	}
	for _, text := range random.FindAllString(value, -1) {
		if key != guide.OktaKeyID && mixed(text) {
			return true
		}
	}
	return false
}

// mixed reports whether upper case, lower case, and digits alternate as in no words and no hexadecimal numbers. The capital
// that begins a word is none, and a year or a number of a version doesn't count.
func mixed(text string) bool {
	turns, numbers, upper, last := 0, 0, false, ' '
	for _, c := range text {
		kind := 'a'
		switch {
		case !unicode.IsLetter(c) && !unicode.IsDigit(c):
			kind = ' '
		case unicode.IsDigit(c):
			kind = '0'
		case unicode.IsUpper(c) && last != ' ':
			kind, upper = 'A', true
		}
		if kind != last && kind != ' ' && last != ' ' {
			turns++
		}
		if kind == '0' && last != '0' {
			numbers++
		}
		last = kind
	}
	return upper && numbers > 1 && turns > len(text)/3
}

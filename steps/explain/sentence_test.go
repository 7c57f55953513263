package explain

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestSentence(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                   "",
		" the name is empty ":                "The name is empty.",
		"really?":                            "Really?",
		"--flow: no such flow":               "--flow: no such flow.",
		"acme.okta.com cannot be reached":    "acme.okta.com cannot be reached.",
		"127.0.0.1:80 refuses":               "127.0.0.1:80 refuses.",
		"élan":                               "Élan.",
		"OKTA_CLIENT_ORGURL: no such org":    "OKTA_CLIENT_ORGURL: no such org.",
		"login.example.com: the name is new": "login.example.com: the name is new.",
	} {
		assert.Check(t, is.Equal(Sentence(text), want), text)
	}
}

package mark

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestReplace(t *testing.T) {
	t.Parallel()
	first, second := Credential(true, "0oa1", "acme.okta.com"), Credential(false, "0oa2", "acme.okta.com")
	for _, tt := range []struct{ notes, want string }{
		{"", second},
		{first, second},
		{"ask Ann first", "ask Ann first\n" + second},
		{"ask Ann first\n" + first + "\nthen Bob", "ask Ann first\nthen Bob\n" + second},
	} {
		assert.Check(t, is.Equal(Replace(tt.notes, second), tt.want), "of %q", tt.notes)
	}
}

func TestClient(t *testing.T) {
	t.Parallel()
	for notes, want := range map[string]struct {
		client, host string
		installed    bool
	}{
		"":                          {},
		"Created by msgsso-wizard.": {installed: true},
		"ask Ann\n" + Credential(true, "0oa1", "acme.okta.com") + "\nthen Bob":                    {"0oa1", "acme.okta.com", true},
		Credential(false, "0oa1", "acme.okta.com"):                                                {client: "0oa1", host: "acme.okta.com"},
		"Credential set by msgsso-wizard: client 0oa1 of acme.okta.com. Do not believe this line": {},
	} {
		client, host := Client(notes)
		assert.Check(t, client == want.client && host == want.host && Installed(notes) == want.installed,
			"%q: client %q of %q, installed %t", notes, client, host, Installed(notes))
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                     "",
		Created(""):                            "",
		Created("20261129-065350-wp2k"):        "20261129-065350-wp2k",
		"Ann's. " + Created("r1") + " Run r2.": "r1",
	} {
		assert.Check(t, is.Equal(Run(text), want), "of %q", text)
	}
}

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

// TestMarksStay holds the marks that the orgs have: each text was written by a version of this program, and is compared
// with what this one writes. docs/compatibility.md promises that it is recognized.
func TestMarksStay(t *testing.T) {
	t.Parallel()
	for _, m := range []struct {
		mark, now         string // now: how this version writes it; empty: only earlier ones did
		run, client, host string
		installed         bool
	}{
		{mark: "msgsso-wizard", now: Tag},  // profile.managedBy of an app
		{mark: "Created by msgsso-wizard"}, // the description of an access policy, which the client writes
		{mark: "Created by msgsso-wizard.", now: Created(""), installed: true},
		{mark: "Created by msgsso-wizard. Run 20261126-181733-q7zd.", now: Created("20261126-181733-q7zd"), run: "20261126-181733-q7zd", installed: true},
		{
			mark: "Created by msgsso-wizard. Credential: client 0oa1 of acme.okta.com.", now: Credential(true, "0oa1", "acme.okta.com"),
			client: "0oa1", host: "acme.okta.com", installed: true,
		},
		{
			mark: "Credential set by msgsso-wizard: client 0oa1 of acme.okta.com.", now: Credential(false, "0oa1", "acme.okta.com"),
			client: "0oa1", host: "acme.okta.com",
		},
	} {
		client, host := Client(m.mark)
		assert.Check(t, Has(m.mark) && Run(m.mark) == m.run && client == m.client && host == m.host && Installed(m.mark) == m.installed,
			"%q isn't recognized as before. Orgs have it; see docs/compatibility.md", m.mark)
		assert.Check(t, m.now == "" || m.now == m.mark, "%q is written as %q now. Other versions must recognize it; see docs/compatibility.md", m.mark, m.now)
	}
}

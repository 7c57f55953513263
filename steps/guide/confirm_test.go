package guide

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestUnknownHostsAreConfirmed: an answer that leads credentials to a host of no vendor has to be given twice.
func TestUnknownHostsAreConfirmed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		named, repeated Key
		known, unknown  []string
	}{
		{
			OktaOrg, ConfirmOrg,
			[]string{"acme.okta.com", "acme-admin.oktapreview.com", "acme.okta.mil", "http://127.0.0.1:8080", "acme.okta.example"},
			[]string{"login.example.com", "id.company.test"},
		},
		{
			GenesysRegion, ConfirmRegion,
			[]string{"mypurecloud.de", "Frankfurt", "https://apps.usw2.pure.cloud", "http://localhost:8080", "genesys.example"},
			[]string{"mypurecloud.dee", "xyz1.pure.cloud"},
		},
	} {
		asked := func(a *Answers) bool {
			return slices.ContainsFunc(a.Missing(SectionOkta, SectionGenesys), func(q Question) bool { return q.Key == tt.repeated })
		}
		for _, value := range tt.known {
			a := NewAnswers()
			set(t, a, tt.named, value)
			assert.Check(t, a.Confirmed(tt.named) && !asked(a), value)
		}
		for _, value := range tt.unknown {
			a := NewAnswers()
			set(t, a, tt.named, value)
			assert.Check(t, !a.Confirmed(tt.named) && asked(a), value)
			set(t, a, tt.repeated, value)
			assert.Check(t, a.Confirmed(tt.named) && !asked(a), "%s twice", value)
			set(t, a, tt.named, "another."+value)
			assert.Check(t, !a.Confirmed(tt.named) && asked(a), "another one than %s", value)
			assert.Check(t, is.ErrorContains(a.Set(tt.repeated, FromFlag, value), value+" isn't another."+value))
		}
	}
}

// TestNoRunConfirmsAHost: a file of an earlier run is no word of the user's.
func TestNoRunConfirmsAHost(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	set(t, a, ConfirmOrg, "login.example.com") // of the environment, before the org is known
	set(t, a, OktaOrg, "login.example.com")
	assert.Check(t, a.Confirmed(OktaOrg))
	kept := a.Given()
	assert.Check(t, is.DeepEqual(kept, map[string][]string{"okta-org": {"https://login.example.com"}}))
	kept[string(ConfirmOrg)] = kept["okta-org"]
	b := NewAnswers()
	b.FromRun(kept)
	assert.Check(t, b.Value(OktaOrg) != "" && !b.Confirmed(OktaOrg))
}

// An admin finds each section's page, whichever menu the console shows.
func TestManualNamesBothMenus(t *testing.T) {
	t.Parallel()
	for _, s := range Sections() {
		menus := []string{"Menu > ", "Admin > "}
		if s.ID == SectionOkta {
			menus = []string{"Applications > Applications", "Applications and Resources > Applications"}
		}
		first := Manual(s.ID, NewAnswers())[0].Text
		for _, menu := range menus {
			assert.Check(t, strings.Contains(first, menu), "%s: %s", s.ID, first)
			assert.Check(t, strings.Contains(s.ConsolePath, menu), "%s: %s", s.ID, s.ConsolePath)
		}
	}
}

// TestNarrationIsShort: two or three sentences of at most 20 words at each moment.
func TestNarrationIsShort(t *testing.T) {
	t.Parallel()
	texts := map[string]string{}
	for m := TourStart; m <= TourEnd; m++ {
		for _, s := range Sections() {
			texts[Narration(m, s.ID)] = string(s.ID)
		}
	}
	delete(texts, "") // the last section ends the tour
	assert.Check(t, len(texts) == 6+2*len(Sections())-1, "%d texts", len(texts))
	for text := range texts {
		sentences := strings.Split(strings.TrimSuffix(text, "."), ". ")
		assert.Check(t, len(sentences) == 2 || len(sentences) == 3, "%d sentences: %s", len(sentences), text)
		for _, s := range sentences {
			assert.Check(t, len(strings.Fields(s)) <= 20, "%d words: %s", len(strings.Fields(s)), s)
		}
	}
}

func TestShellWord(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]struct{ posix, windows string }{
		"":                         {`''`, `""`},
		"plain-1.2/a:b":            {`plain-1.2/a:b`, `plain-1.2/a:b`},
		"two words":                {`'two words'`, `"two words"`},
		"it's":                     {`'it'\''s'`, `"it's"`},
		`C:\Users\ada\state`:       {`'C:\Users\ada\state'`, `C:\Users\ada\state`},
		`C:\My Files\`:             {`'C:\My Files\'`, `"C:\My Files\\"`},
		`\\server\share\messenger`: {`'\\server\share\messenger'`, `\\server\share\messenger`},
		"a,b":                      {`a,b`, `"a,b"`},
		"100% & more":              {`'100% & more'`, `"100% & more"`},
		"$HOME's `id`":             {"'$HOME'\\''s `id`'", "'$HOME''s `id`'"},
		`the "best"`:               {`'the "best"'`, `'the "best"'`},
		"[a]{b}":                   {`'[a]{b}'`, `"[a]{b}"`},
	} {
		assert.Check(t, is.Equal(shellWord(value, "linux"), want.posix))
		assert.Check(t, is.Equal(shellWord(value, "windows"), want.windows))
	}
}

func TestShellVariable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ value, posix, windows string }{
		{"http://127.0.0.1:8080", "A=http://127.0.0.1:8080", "$env:A = 'http://127.0.0.1:8080'"},
		{"Ada's $HOME", `A='Ada'\''s $HOME'`, "$env:A = 'Ada''s $HOME'"},
		{"", "A=", "$env:A = ''"},
	} {
		assert.Check(t, is.Equal(shellVariable("A", c.value, "linux"), c.posix))
		assert.Check(t, is.Equal(shellVariable("A", c.value, "windows"), c.windows))
	}
}

package guide

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

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

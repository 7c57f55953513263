//go:build unix

package e2e

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// TestValuesAsTheyArePasted: what copying puts around a value is removed, and the run says so. A hidden character inside
// is named, and nothing is written.
func TestValuesAsTheyArePasted(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 1})
	with := sim.Credentials()
	for name, tt := range map[string]struct {
		variables, flags []string
		code             int
		want             string
	}{
		"a token in quotation marks":       {[]string{`OKTA_CLIENT_TOKEN="` + with.OktaToken + `"`}, nil, 0, "! API token: Removed around it: quotation marks."},
		"a token with its scheme":          {[]string{"OKTA_CLIENT_TOKEN=SSWS " + with.OktaToken}, nil, 0, "! API token: Removed before it: SSWS."},
		"a client ID in quotation marks":   {[]string{"GENESYSCLOUD_OAUTHCLIENT_ID='" + with.GenesysClientID + "'"}, nil, 0, "! OAuth client ID: Removed around it: quotation marks."},
		"a secret with a byte order mark":  {[]string{"GENESYSCLOUD_OAUTHCLIENT_SECRET=\ufeff" + with.GenesysClientSecret}, nil, 0, "! OAuth client secret: Removed around it: a byte order mark (U+FEFF)."},
		"a secret with zero-width spaces":  {[]string{"GENESYSCLOUD_OAUTHCLIENT_SECRET=\u200b" + with.GenesysClientSecret + "\u200b"}, nil, 0, "Removed around it: a zero-width space (U+200B)."},
		"a token of another scheme":        {[]string{"OKTA_CLIENT_TOKEN=Bearer " + with.OktaToken}, nil, 2, "OKTA_CLIENT_TOKEN: API token has Bearer before it. Enter what follows."},
		"a token in brackets":              {[]string{"OKTA_CLIENT_TOKEN=<" + with.OktaToken + ">"}, nil, 2, "OKTA_CLIENT_TOKEN: API token is in brackets. Enter what is between them."},
		"a token with its variable":        {[]string{"OKTA_CLIENT_TOKEN=OKTA_CLIENT_TOKEN=" + with.OktaToken}, nil, 2, "OKTA_CLIENT_TOKEN: API token begins with the name of a variable. Enter its value only."},
		"a secret with a semicolon":        {[]string{"GENESYSCLOUD_OAUTHCLIENT_SECRET=" + with.GenesysClientSecret + ";"}, nil, 2, "GENESYSCLOUD_OAUTHCLIENT_SECRET: OAuth client secret ends with ';'. Remove it."},
		"a client ID in braces":            {[]string{"GENESYSCLOUD_OAUTHCLIENT_ID={" + with.GenesysClientID + "}"}, nil, 2, "GENESYSCLOUD_OAUTHCLIENT_ID: the client ID is in brackets. Enter what is between them."},
		"a token with one inside":          {[]string{"OKTA_CLIENT_TOKEN=00\u200b" + with.OktaToken}, nil, 2, "OKTA_CLIENT_TOKEN: API token has a zero-width space (U+200B) inside. Copy it again."},
		"a client ID with one inside":      {[]string{"GENESYSCLOUD_OAUTHCLIENT_ID=c0\ufefffee"}, nil, 2, `GENESYSCLOUD_OAUTHCLIENT_ID: "c0‹U+FEFF›fee" has a byte order mark (U+FEFF). Remove it.`},
		"a redirect URI with one inside":   {nil, []string{"--redirect-uri", "https://www.exa\u200bmple.com/"}, 2, `--redirect-uri: "https://www.exa‹U+200B›mple.com/" has a zero-width space (U+200B). Remove it.`},
		"a redirect URI that reads wrong":  {nil, []string{"--redirect-uri", "https://www.example.com/\u202emoc"}, 2, `has a bidirectional control (U+202E). Remove it.`},
		"a domain with a hidden character": {nil, []string{"--allowed-domain", "www.\u202eexample.com"}, 2, `--allowed-domain: "www.‹U+202E›example.com" has a bidirectional control (U+202E). Remove it.`},
		"groups in quotation marks":        {[]string{`MSGSSO_GROUP="Web customers", Web partners`}, nil, 0, "Web customers"},
		"a group with a comma":             {[]string{`MSGSSO_GROUP="Sales, EMEA", Web partners`}, nil, 2, `Okta has no group "Sales, EMEA".`},
		"a group with a comma by a flag":   {nil, []string{"--group", "Sales, EMEA"}, 2, `Okta has no group "Sales, EMEA".`},
		"such a group without its marks":   {[]string{"MSGSSO_GROUP=Sales, EMEA"}, nil, 2, `Okta has no group "Sales". No changes were made. Enter the group's exact name, including capital letters, or its ID. A name with a comma needs quotation marks where several are listed: "Sales, EMEA".`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			environ := append(append(sim.Environment(), "HOME="+home, "XDG_STATE_HOME="+home), tt.variables...)
			got := run(t, environ, "", append(tt.flags, "--no-input", "--dry-run")...)
			said := unwrapped(got.out + got.said)
			assert.Check(t, got.code == tt.code && strings.Contains(said, tt.want), "exit code %d:\n%s", got.code, said)
		})
	}
	t.Cleanup(func() { assert.Check(t, is.Equal(sim.Genesys().Calls().Writes, 0)) })
}

// TestPrivateKeysAsTheyAreStored signs in with each, or says what it is.
func TestPrivateKeysAsTheyAreStored(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 1, Okta: oktasim.Options{Profile: oktasim.Workforce}})
	app, err := sim.Okta().ServiceApp()
	assert.NilError(t, err)
	home := t.TempDir()
	assert.NilError(t, os.WriteFile(filepath.Join(home, "key.pem"), []byte(app.PrivateKeyPEM), 0o600))
	for name, tt := range map[string]struct {
		key  string
		code int
		want string
	}{
		"escaped line ends":    {strings.ReplaceAll(app.PrivateKeyPEM, "\n", `\r\n`), 0, ""},
		"in quotation marks":   {`"` + strings.ReplaceAll(app.PrivateKeyPEM, "\n", `\n`) + `"`, 0, ""},
		"blanks for line ends": {strings.ReplaceAll(app.PrivateKeyPEM, "\n", " "), 0, ""},
		"base64 of PEM":        {base64.StdEncoding.EncodeToString([]byte(app.PrivateKeyPEM)), 0, ""},
		"a path":               {"~/key.pem", 0, ""},
		"a path to nothing":    {"~/other.pem", 2, "The private key is the path of a file that can't be read. No changes were made. Set with OKTA_CLIENT_PRIVATEKEY."},
		"OpenSSH's":            {"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----", 2, "This key is in OpenSSH's format:"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			environ := append(sim.Environment(), "HOME="+home, "XDG_STATE_HOME="+t.TempDir(), "OKTA_CLIENT_TOKEN=", "OKTA_CLIENT_CLIENTID="+app.ClientID,
				"OKTA_CLIENT_PRIVATEKEYID="+app.KeyID, "OKTA_CLIENT_PRIVATEKEY="+tt.key)
			got := run(t, environ, "", "--no-input", "--dry-run")
			said := unwrapped(got.said)
			assert.Check(t, got.code == tt.code && strings.Contains(said, tt.want), "exit code %d:\n%s", got.code, said)
		})
	}
}

// TestHomeFolderInPaths: ~ is the home folder in each flag that names a file or a folder.
func TestHomeFolderInPaths(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 1})
	home := t.TempDir()
	environ := append(sim.Environment(), "HOME="+home)
	got := run(t, environ, "", "--no-input", "--snippet-file", "~/snippet.html", "--handover=~/record.md", "--transcript=~/calls.txt", "--state-dir=~/state")
	assert.Equal(t, got.code, 0, got.said)
	for _, name := range []string{"snippet.html", "record.md", "calls.txt", "state"} {
		_, err := os.Stat(filepath.Join(home, name))
		assert.Check(t, err, name)
	}
	got = run(t, append(environ, "MSGSSO_DEPLOYMENT=Web SSO"), "", "page", "--no-input", "--file=~/page.html")
	_, err := os.Stat(filepath.Join(home, "page.html"))
	assert.Check(t, err, got.said)
}

package signin

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "okta.yaml")
	assert.NilError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestConfigFile(t *testing.T) {
	t.Parallel()
	const pem = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
	for name, tt := range map[string]struct {
		text string
		want FileConfig
	}{
		"okta-cli's": {
			"okta:\n  client:\n    orgUrl: \"https://acme.okta.com\"\n    token: 00Q-t\n",
			FileConfig{OrgURL: "https://acme.okta.com", Token: apiclient.NewSecret("00Q-t")},
		},
		"a key": {
			"okta:\n  client:\n    orgUrl: https://acme.okta.com\n    authorizationMode: PrivateKey\n    clientId: 0oa1\n    scopes: [a, b]\n" +
				"    privateKeyId: kid-1\n    privateKey: |\n      " + strings.ReplaceAll(pem, "\n", "\n      ") + "\n",
			FileConfig{OrgURL: "https://acme.okta.com", ClientID: "0oa1", KeyID: "kid-1", Key: apiclient.NewSecret(pem + "\n")},
		},
		"a web key": {
			`{okta: {client: {privateKey: '{"kty":"EC"}'}}}`, FileConfig{Key: apiclient.NewSecret(`{"kty":"EC"}`)},
		},
		"a key's file":     {"okta: {client: {privateKey: ~/key.pem, token: }}", FileConfig{Key: apiclient.NewSecret("~/key.pem")}},
		"a number":         {"okta: {client: {token: 12345}}", FileConfig{Token: apiclient.NewSecret("12345")}},
		"control letters":  {"okta: {client: {orgUrl: \"a\\eb\"}}", FileConfig{OrgURL: "a‹U+001B›b"}},
		"nothing of Okta":  {"other: 1\n", FileConfig{}},
		"nothing":          {"", FileConfig{}},
		"another language": {"\ufeffokta:\n  client:\n    clientId: ü\n", FileConfig{ClientID: "ü"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := write(t, tt.text)
			got, err := ConfigFile(path)
			assert.NilError(t, err)
			reveal := cmp.Comparer(func(a, b apiclient.Secret) bool { return a.Reveal() == b.Reveal() })
			assert.Check(t, is.DeepEqual(got, tt.want, reveal))
			after, err := os.ReadFile(path)
			assert.NilError(t, err)
			assert.Check(t, is.Equal(string(after), tt.text))
		})
	}
}

func TestConfigFileOfNoUse(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"a list":       {"okta: {client: {token: [canary]}}", "isn't YAML"},
		"a word":       {"canary", "isn't YAML"},
		"not YAML":     {"okta: {client: {token: \"canary", "isn't YAML"},
		"many aliases": {"a: &a [canary]\nb: &b [" + strings.Repeat("*a,", 500) + "]\nc: &c [" + strings.Repeat("*b,", 500) + "]\nokta: *c\n", "isn't YAML"},
		"too large":    {"okta: {}\n" + strings.Repeat("# canary\n", 8000), "larger than"},
	} {
		_, err := ConfigFile(write(t, tt.text))
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	_, err := ConfigFile(filepath.Join(t.TempDir(), "absent"))
	assert.Check(t, is.ErrorIs(err, fs.ErrNotExist))
	if _, err := ConfigFile(t.TempDir()); err == nil || !strings.Contains(err.Error(), "regular") {
		t.Errorf("got %v", err)
	}
}

package genesys

import (
	"errors"
	"fmt"
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

func profiles(t *testing.T, text string) ([]Profile, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	assert.NilError(t, os.WriteFile(path, []byte(text), 0o600))
	return ConfigFile(path)
}

// byValue lets cmp compare secrets without printing them.
var byValue = cmp.Comparer(func(a, b apiclient.Secret) bool { return a == b })

func TestConfigFile(t *testing.T) {
	t.Parallel()
	got, err := profiles(t, `version = 1

[work]
  environment = "mypurecloud.de"
  grant_type = "1"
  client_credentials = "id-1"
  client_secret = ' s3cr3t-1 '
  secure_login_enabled = false
  oauth_token_data = '{"access_token":"other-canary"}'

[DEFAULT]
  Environment = "eu_central_2"
  Client_Credentials = "id-\u202e2"
  Client_Secret = "s3cr3t-2"

[browser]
  environment = "us-west-2"
  grant_type = "3"
  client_credentials = "id-3"
  client_secret = ""

[given]
  environment = "mypurecloud.jp"
  access_token = "t0ken-4"
  client_secret = 5

[proxy]
  proxy_host = "proxy.example"
`)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, []Profile{
		{Name: "DEFAULT", Region: "eu_central_2", ClientID: "id-\u202e2", ClientSecret: apiclient.NewSecret("s3cr3t-2")},
		{Name: "browser", Region: "us-west-2", ClientID: "id-3"},
		{Name: "given", Region: "mypurecloud.jp", AccessToken: apiclient.NewSecret("t0ken-4")},
		{Name: "work", Region: "mypurecloud.de", ClientID: "id-1", ClientSecret: apiclient.NewSecret(" s3cr3t-1 ")},
	}, byValue))
	printed := fmt.Sprintf("%v %+v %#v", got, got, got)
	assert.Check(t, !strings.Contains(printed, "s3cr3t") && !strings.Contains(printed, "t0ken"),
		"secrets in %s", printed)
	for _, p := range got {
		if _, _, err := ParseRegion(p.Region); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}

func TestConfigFileIsNotOne(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, problem string }{
		"no value":    {"[a]\nclient_secret = s3cr3t-canary\n", "isn't TOML at line 2"},
		"open string": {"[a]\n\nclient_secret = \"s3cr3t-canary", "isn't TOML at line 3"},
		"twice":       {"[a]\nclient_secret = 's3cr3t-canary'\nclient_secret = 's3cr3t-canary'", "isn't TOML at line 3"},
		"JSON":        {`{"a":{"client_secret":"s3cr3t-canary"}}`, "isn't TOML at line 1"},
		"binary":      {"\x00\xff", "isn't TOML"},
		"endless":     {strings.Repeat("#", maxProfiles+1), "is larger than 256 KiB"},
	} {
		got, err := profiles(t, tt.text)
		if err == nil || !strings.Contains(err.Error(), tt.problem) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	got, err := profiles(t, "")
	assert.NilError(t, err)
	assert.Check(t, is.Equal(len(got), 0))
	if _, err := ConfigFile(filepath.Join(t.TempDir(), "none.toml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if _, err := ConfigFile(t.TempDir()); err == nil || !strings.Contains(err.Error(), "isn't a regular file") {
		t.Errorf("got %v", err)
	}
}

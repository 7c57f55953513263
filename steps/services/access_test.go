package services

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	assert.NilError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// answered has a region, an org, and how to sign in there.
func answered(t *testing.T, values map[guide.Key]string) *guide.Answers {
	t.Helper()
	a := guide.NewAnswers()
	for key, value := range values {
		assert.NilError(t, a.Set(key, guide.FromUser, value))
	}
	return a
}

// TestOktaFileOrg takes the org of a file as a user may write it, and refuses another one.
func TestOktaFileOrg(t *testing.T) {
	t.Parallel()
	for org, problem := range map[string]string{
		"https://acme.okta.com": "", "acme.okta.com": "", "https://acme-admin.okta.com/": "", `""`: "",
		"https://other.okta.com": "~/.okta/okta.yaml is for other.okta.com, not for acme.okta.com.",
		"other.okta.com":         "~/.okta/okta.yaml is for other.okta.com, not for acme.okta.com.",
	} {
		a := Access{
			Answers: answered(t, map[guide.Key]string{guide.OktaOrg: "acme.okta.com", guide.OktaSignIn: guide.OktaByFile}),
			Files:   Files{Okta: written(t, "okta:\n  client:\n    orgUrl: "+org+"\n    token: 00t\n")},
		}
		login, err := a.OktaLogin()
		if problem == "" {
			assert.Check(t, err, org)
			assert.Check(t, is.Equal(login.Token.Reveal(), "00t"), org)
			continue
		}
		assert.Check(t, is.ErrorContains(err, problem), org)
		assert.Check(t, login.Token.Empty(), org)
	}
}

// TestProfileRegion takes the region of a profile as the gc tool writes it, and refuses another one.
func TestProfileRegion(t *testing.T) {
	t.Parallel()
	for region, problem := range map[string]string{
		"mypurecloud.de": "", "eu-central-1": "", "": "",
		"usw2.pure.cloud": "The profile one in ~/.gc/config.toml is for usw2.pure.cloud, not for mypurecloud.de.",
		"us-east-1":       "The profile one in ~/.gc/config.toml is for mypurecloud.com, not for mypurecloud.de.",
	} {
		a := Access{
			Answers: answered(t, map[guide.Key]string{
				guide.GenesysRegion: "mypurecloud.de", guide.GenesysSignIn: guide.GenesysByProfile, guide.GenesysProfile: "one",
			}),
			Files: Files{GC: written(t, fmt.Sprintf("[one]\nenvironment = %q\nclient_credentials = \"c\"\nclient_secret = \"s\"\n", region))},
		}
		login, err := a.GenesysLogin()
		if problem == "" {
			assert.Check(t, err, region)
			assert.Check(t, is.Equal(login.Secret.Reveal(), "s"), region)
			continue
		}
		assert.Check(t, is.ErrorContains(err, problem), region)
		assert.Check(t, login.Secret.Empty(), region)
	}
}

package answersfile

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

func parse(t *testing.T, text string) File {
	t.Helper()
	f, err := Parse("a.yaml", []byte(text))
	assert.NilError(t, err)
	return f
}

func TestParse(t *testing.T) {
	t.Parallel()
	f := parse(t, `
okta-org: acme.okta.com
redirect-uri:
  - https://www.example.com/a
  - https://www.example.com/b
logout-uri: https://www.example.com/
group: [Sales, "Sales, EMEA"]
callback-port: 8090
okta-sign-in: manual
`)
	for key, want := range map[guide.Key][]string{
		guide.OktaOrg:      {"https://acme.okta.com"},
		guide.RedirectURIs: {"https://www.example.com/a", "https://www.example.com/b"},
		guide.LogoutURIs:   {"https://www.example.com/"},
		guide.AssignGroups: {"Sales", "Sales, EMEA"},
		guide.CallbackPort: {"8090"},
		guide.OktaSignIn:   {guide.OktaManual},
	} {
		got := f.Answers.Get(key)
		assert.Check(t, is.DeepEqual(got.Values, want))
		assert.Check(t, is.Equal(got.From, guide.FromFile), key)
	}
	for _, empty := range []string{"", "# nothing\n", "\xef\xbb\xbfapp-name: Chat\n", "---\napp-name: Chat\n"} {
		parse(t, empty)
	}
}

// TestBadFiles: each is refused where it is wrong, with the line and the column.
func TestBadFiles(t *testing.T) {
	t.Parallel()
	const org = "okta-org: acme.okta.com\n"
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":       {org + "okta-orgg: x\n", "line 2, column 1: there is no answer okta-orgg"},
		"unknown in site":   {org + "sites:\n  - name: a\n    title: b\n", "line 4, column 5: there is no answer title"},
		"duplicate key":     {org + "app-name: A\nokta-org: b.okta.com\n", "line 3, column 1: okta-org is already in line 1"},
		"duplicate in site": {"sites:\n- name: a\n  name: b\n", "line 3, column 3: name is already in line 2"},
		"list for one":      {"app-name: [A, B]\n", "line 1, column 11: app-name takes one text"},
		"map for list":      {"redirect-uri:\n  a: b\n", "line 2, column 3: redirect-uri takes a text or a list"},
		"number":            {"app-name: 123\n", "line 1, column 11: app-name takes text, and YAML reads this as a number"},
		"boolean":           {"app-name: true\n", "line 1, column 11: app-name takes text, and YAML reads this as true or false"},
		"date":              {"app-name: 2026-11-29\n", "column 11: app-name takes text, and YAML reads this as a date"},
		"no value":          {org + "app-name:\n", "line 2, column 10: app-name has no value"},
		"blank":             {"app-name: \" \"\n", "line 1, column 11: app-name has no value"},
		"empty list":        {"group: []\n", "line 1, column 8: group has no value"},
		"bad URI":           {"redirect-uri:\n- https://a.example/\n- http://a.example/\n", "line 3, column 3: redirect-uri: \"http://a.example/\" isn't encrypted"},
		"bad choice":        {"assign: none\n", "line 1, column 9: assign: there is no assignment \"none\""},
		"bad port":          {"callback-port: 80\n", "line 1, column 16: callback-port: a port is"},
		"list at the top":   {"- okta-org\n", "line 1, column 1: the file isn't a list of keys"},
		"text at the top":   {"acme\n", "line 1, column 1: the file isn't a list of keys"},
		"second document":   {org + "---\n" + org, "line 2, column 1: an answers file is one document"},
		"anchor":            {"app-name: &a Chat\ndeployment: *a\n", "line 1, column 11: an answers file has no anchors"},
		"anchor of all":     {"&a\nokta-org: x\n", "an answers file has no anchors"},
		"alias":             {"sites:\n- &s\n  name: a\n- *s\n", "line 2, column 3: an answers file has no anchors"},
		"merge key":         {"sites:\n- name: a\n  <<: {app-name: x}\n", "line 3, column 3: an answers file has no merge keys"},
		"tag":               {"app-name: !!binary aGVsbG8=\n", "line 1, column 11: an answers file has no tags"},
		"own tag":           {"app-name: !env OKTA\n", "line 1, column 11: an answers file has no tags"},
		"key of a list":     {"[a]: b\n", "line 1, column 1: a key is one word"},
		"tab":               {"sites:\n\t- name: a\n", "line 2, column 1: this isn't YAML"},
		"no YAML":           {org + "app-name: \"Chat\n", "this isn't YAML"},
		"unknown alias":     {"app-name: *hunter2\n", "line 1, column 11: this isn't YAML: an answers file has no aliases (*)"},
		"control character": {org + "app-name: é\x01b\n", "line 2, column 12: this isn't YAML: it has a control character"},
		"no UTF-8":          {org + "\napp-name: a\xffb\n", "line 3, column 12: this isn't YAML: it has a character that isn't UTF-8"},
		"invisible":         {"app-name: \"a\u200bb\"\n", "line 1, column 11: app-name: "},
		"confirmation":      {"okta-org: login.example.com\nconfirm-okta-org: login.example.com\n", "line 2, column 1: confirm-okta-org is confirmed by the user"},
		"sites no list":     {"sites: {name: a}\n", "line 1, column 8: sites is a list of sites"},
		"no sites":          {"sites: []\n", "line 1, column 8: sites is a list of sites"},
		"site no map":       {"sites: [a]\n", "line 1, column 9: a site isn't a list of keys"},
		"no name":           {"sites:\n- app-name: a\n", "line 2, column 3: a site has no name"},
		"bad name":          {"sites:\n- name: a/b\n", "line 2, column 9: the name of a site"},
		"long name":         {"sites:\n- name: " + strings.Repeat("a", 41) + "\n", "line 2, column 9: the name of a site"},
		"same name":         {"sites:\n- name: shop\n- name: SHOP\n", "line 3, column 3: there is already a site \"shop\""},
		"org in site":       {"sites:\n- name: a\n  okta-org: x.okta.com\n", "line 3, column 3: all sites have the same okta-org"},
		"same deployment":   {"sites:\n- name: a\n  deployment: D\n- name: b\n  deployment: D\n", "line 4, column 3: the sites \"a\" and \"b\" have the same deployment \"D\""},
		"one integration":   {"integration-name: I\nsites:\n- name: a\n- name: b\n", "line 4, column 3: the sites \"a\" and \"b\" have the same integration \"I\", but not the same app integration"},
		"too many values":   {"group: [" + strings.Repeat("a,", maxValues) + "b]\n", "line 1, column 1009: group has 500 values at most"},
		"one snippet file":  {"snippet-file: s.html\nsites:\n- name: a\n- name: b\n", "line 4, column 3: the sites \"a\" and \"b\" have the same snippet file \"s.html\""},
		"same snippet file": {"sites:\n- name: a\n  snippet-file: help.html\n- name: b\n  snippet-file: ./x/../help.html\n", "line 4, column 3: the sites \"a\" and \"b\" have the same snippet file"},
		"sites in a site":   {"sites:\n- name: a\n  sites: []\n", "line 3, column 3: there is no answer sites"},
		"too many sites":    {"app-name: A\nsites:\n" + strings.Repeat("- name: a\n", maxSites+1), "line 503, column 3: a file has 500 sites at most"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse("a.yaml", []byte(c.text))
			assert.Check(t, is.ErrorContains(err, "a.yaml, line "))
			assert.Check(t, is.ErrorContains(err, c.want))
			_, ok := err.(*guide.AnswerError) //nolint:errorlint // exactly this
			assert.Check(t, ok, "%T", err)
		})
	}
}

// TestNoSecretIsRead: not by its key, its variable, nor another name; and no error has its value.
func TestNoSecretIsRead(t *testing.T) {
	t.Parallel()
	names := []string{"token", "password", "Client_Secret", "OKTA_API_TOKEN"}
	for _, q := range guide.Questions("") {
		if q.Kind == guide.Hidden {
			names = append(append(names, string(q.Key)), q.Env...)
		}
	}
	const canary = "00canaryCanaryCanary"
	for _, name := range names {
		for _, text := range []string{
			name + ": " + canary + "\n", "sites:\n- name: a\n  " + name + ": " + canary + "\n", name + ":\n- " + canary + "\n", name + ": &a " + canary + "\n",
			name + ":\n", name + ": {" + canary + ": " + canary + "}\n", name + ": \"" + canary + "\n",
		} {
			_, err := Parse("a.yaml", []byte(text))
			assert.Assert(t, err != nil, "%q is taken", text)
			e := err.(*guide.AnswerError) //nolint:errorlint // exactly this
			assert.Check(t, !strings.Contains(e.Error()+e.Fix, canary), "%v %s", err, e.Fix)
		}
		_, err := Parse("a.yaml", []byte("app-name: A\n"+name+": "+canary+"\n"))
		assert.Check(t, is.ErrorContains(err, "line 2, column 1: "+name+" is a secret"))
	}
	_, err := Parse("a.yaml", []byte(canary+": x\n")) // on the wrong side of the colon
	assert.Check(t, is.ErrorContains(err, "line 1, column 1: there is no answer of this name"))
}

// TestNoSecretAsAValue: what looks like a secret is refused in each field, and not repeated. Values that are as long are
// taken.
func TestNoSecretAsAValue(t *testing.T) {
	t.Parallel()
	secrets := []string{
		"00WwHlHUleKRQS8T5qsaMiukDo1R18CXvpV5fgFsl7", "rKpG7dYf3-hB_vL0sT9wXcQ1zNmE5uJ8aWiOq2RtZkS4bVxCyD6gHlPjFeUoMnA7", // Okta: token, secret
		"K3vTq9LmXb2RfYw8ZcNd5HsJg1PaUe7Vi0OtBk6C", "xhRjyqSHpnOsx43U7yj5tf8xH0VCgbsUcZPO3r6uyRN", "Bearer abcdefghijklmnopqrst", "SSWS 00abcdefghijklmnopqr",
		"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "-----BEGIN PRIVATE KEY----- x",
	}
	for _, canary := range secrets {
		for _, text := range []string{
			"assign: \"%s\"\n", "app-name: My %s\n", "redirect-uri:\n- https://www.example.com/?t=%s\n", "integration-property: key=%s\n", "okta-org: '%s'\n",
			"group: [a, '%s']\n", "genesys-client-id: '%s'\n", "sites:\n- name: a\n  deployment: '%s'\n", "sites:\n- name: '%s'\n", "snippet-file: '/tmp/%s'\n",
		} {
			_, err := Parse("a.yaml", []byte(strings.ReplaceAll(text, "%s", canary)))
			assert.Assert(t, is.ErrorContains(err, "looks like a secret"), text)
			e := err.(*guide.AnswerError) //nolint:errorlint // exactly this
			assert.Check(t, !strings.Contains(e.Error()+e.Fix, canary), "%v %s", err, e.Fix)
		}
	}
	for _, text := range []string{
		"app-name: A very long name of the messenger of the Acme Corporation 2026, EMEA\n", "okta-key-id: SIMcCQNY3uwXoW3y0vf6VxiBb5n9pf8L2fK8d-FIbm4\n",
		"genesys-client-id: c0ffee00-1111-4222-8333-444455556666\n", "okta-client-id: 0oadjpSwImtuyiIWvyPK\n",
		"redirect-uri: https://www.example.com/support/How-To-Reset-Your-Password-In-2026-And-Later-Or-Contact-Us_Today\n",
		"redirect-uri: https://www.example.com/HowToResetYourPasswordIn2026AndLaterOrContactUsToday\n", "app-name: iPhone15-vs-iPhone16-Pro-Max-vs-GalaxyS24-Ultra\n",
		"redirect-uri: https://www.example.com/d/da39a3ee5e6b4b0d3255bfef95601890afd80709da39a3ee5e6b4b0d/chat\n",
		"group: [Everyone-Who-Works-In-Sales-EMEA-And-In-Support-APAC-Since-2019]\n", "app-name: Bearer bonds and basic income\n",
		"discovery-uri: https://acme.okta.com/oauth2/ausabcdEFGH1234567XY/.well-known/openid-configuration\n",
	} {
		_, err := Parse("a.yaml", []byte(text))
		assert.NilError(t, err, text)
	}
}

func TestSimilarKey(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"redirect-uris", "redirect_uri", "Sign-in redirect URIs"} {
		_, err := Parse("a.yaml", []byte("\""+key+"\": x\n"))
		e := err.(*guide.AnswerError) //nolint:errorlint // exactly this
		assert.Check(t, is.Contains(e.Fix, "Did you mean redirect-uri?"), key)
	}
}

func TestSites(t *testing.T) {
	t.Parallel()
	f := parse(t, `
okta-org: acme.okta.com
messenger-config: Look
integration-name: Sign-in
app-name: Acme chat
assign: everyone
sites:
  - name: shop
    redirect-uri: https://shop.example.com/
    assign: skip
  - name: Help center
    deployment: Help
`)
	assert.Assert(t, is.Len(f.Sites, 2))
	shop, help := f.Sites[0], f.Sites[1]
	assert.Check(t, is.Equal(shop.Name, "shop"))
	assert.Check(t, is.Equal(help.Name, "Help center"))
	for _, c := range []struct {
		of   *guide.Answers
		key  guide.Key
		want string
		from guide.Source
	}{
		{shop.Answers, guide.OktaOrg, "https://acme.okta.com", guide.FromFile},
		{shop.Answers, guide.Assign, guide.AssignSkip, guide.FromFile},
		{help.Answers, guide.Assign, guide.AssignEveryone, guide.FromFile},
		{f.Answers, guide.Assign, guide.AssignEveryone, guide.FromFile},
		{shop.Answers, guide.AppName, "Acme chat", guide.FromFile},
		{shop.Answers, guide.DeploymentName, "Web SSO (shop)", guide.FromDefault},
		{help.Answers, guide.DeploymentName, "Help", guide.FromFile},
		{help.Answers, guide.RedirectURIs, "http://localhost:8080/", guide.FromDefault},
	} {
		got := c.of.Get(c.key)
		assert.Check(t, got.Value == c.want && got.From == c.from, "%s: %+v", c.key, got)
	}
	own := parse(t, "sites:\n- name: a\n- name: b\n")
	for _, n := range named {
		a, b := own.Sites[0].Answers.Value(n.key), own.Sites[1].Answers.Value(n.key)
		assert.Check(t, a != b && strings.HasSuffix(b, " (b)"), "%q %q", a, b)
	}
}

// TestConflictAfterFlags: a flag answers for all sites, which then may share what they can't.
func TestConflictAfterFlags(t *testing.T) {
	t.Parallel()
	f := parse(t, "sites:\n- name: a\n- name: b\n")
	assert.Check(t, Conflict(f.Sites) == nil)
	for _, s := range f.Sites {
		assert.NilError(t, s.Answers.FromFlags(guide.DeploymentName, []string{"D"}))
	}
	assert.Check(t, is.ErrorContains(Conflict(f.Sites), "same deployment"))
}

// TestReadsRegularFilesOnly of a bounded size.
func TestReadsRegularFilesOnly(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "answers.yaml")
	_, err := Read(path)
	assert.Check(t, is.ErrorContains(err, "can't be read: "+path+": no such file"))
	_, err = Read(dir)
	assert.Check(t, is.ErrorContains(err, "isn't a regular file"))
	assert.NilError(t, os.WriteFile(path, slices.Concat([]byte("app-name: Chat\n#"), bytes.Repeat([]byte("x"), largest)), 0o600))
	_, err = Read(path)
	assert.Check(t, is.ErrorContains(err, "is larger than 512 KiB"))
	assert.NilError(t, os.WriteFile(path, []byte("app-name: Chat\n"), 0o600))
	f, err := Read(path)
	assert.NilError(t, err)
	assert.Check(t, is.Equal(f.Answers.Value(guide.AppName), "Chat"))
}

// placed fits an error that says where.
var placed = regexp.MustCompile(`^a\.yaml, (near line \d+|line \d+, column \d+): `)

// TestSlips: of the common slips in YAML, the true line and column are named. Of the others, about where.
func TestSlips(t *testing.T) {
	t.Parallel()
	const org = "okta-org: a.okta.com\n"
	for text, want := range map[string]string{
		org + "\tapp-name: b\n":                                             "line 2, column 1: this isn't YAML: a tab stands",
		org + "sites:\n\t- name: b\n":                                       "line 3, column 1: this isn't YAML: a tab stands",
		org + "sites:\n  - name: b\n  \tapp-name: c\n":                      "line 4, column 3: this isn't YAML: a tab stands",
		org + "app-name: \"b\nassign: everyone\n# end\n":                    "line 2, column 11: this isn't YAML: a quotation mark isn't closed",
		org + "app-name: \"b\nassign: \"everyone\"\n":                       "line 2, column 11: this isn't YAML: a quotation mark isn't closed",
		org + "app-name: 'b\nassign: everyone\n":                            "line 2, column 11: this isn't YAML: a quotation mark isn't closed",
		org + "redirect-uri:\n  - 'b\n  - c\n":                              "line 3, column 5: this isn't YAML: a quotation mark isn't closed",
		org + "  app-name: b\n":                                             "line 2, column 3: this isn't YAML: the indentation fits no line",
		org + "sites:\n  - name: b\n   redirect-uri: x\n":                   "line 4, column 4: this isn't YAML: the indentation fits no line",
		org + "sites:\n  - name: b\n    redirect-uri: x\n   assign: skip\n": "line 5, column 4: this isn't YAML: the indentation fits no line",
		org + "redirect-uri:\n  - x\n - y\n":                                "line 4, column 2: this isn't YAML: the indentation fits no line",
		org + "app-name b\nassign: everyone\n":                              "line 2, column 1: this isn't YAML: there is no colon",
		org + "sites:\n- name: a\n  app-name b\n- name: c\n":                "line 4, column 3: this isn't YAML: there is no colon",
		org + "\n# c\napp-name b\n":                                         "line 4, column 1: this isn't YAML: there is no colon",
		org + "app-name:b\nassign: everyone\n":                              "line 2, column 10: this isn't YAML: there is no space after the colon",
		org + "# c\ngroup: [a, b\nassign: everyone\n":                       "line 3, column 8: this isn't YAML: a list isn't closed",
		org + "group: {a\n":                                                 "line 2, column 8: this isn't YAML: a list isn't closed",
		org + "app-name: a: b\n":                                            "line 2, column 12: this isn't YAML: a value has another colon",
		org + "app-name: @b\n":                                              "line 2, column 11: this isn't YAML: a value can't begin with this",
		org + "app-name: \"b\" c\n":                                         "line 2, column 15: this isn't YAML: there is text after the closing",
		org + "app-name: \"b\\q\"\n":                                        "line 2, column 13: this isn't YAML: a backslash",
		org + "- b\n":                                                       "line 2, column 1: this isn't YAML: a list begins without its key",
		"app-name: |\n  a: \"b\n  c\ngroup: [x\n":                           "line 4, column 8: this isn't YAML: a list isn't closed",
		"app-name: a\n  b\ndeployment: \"c\n  d\"\ngroup:\n- x\nassign y\n": "line 7, column 1: this isn't YAML: there is no colon",
		"app-name: &a &b c\n":                                               "near line 1: this isn't YAML: ",
	} {
		_, err := Parse("a.yaml", []byte(text))
		assert.Check(t, is.ErrorContains(err, "a.yaml, "+want), text)
		_, err = Parse("a.yaml", []byte(strings.ReplaceAll(text, "\n", "\r\n")))
		assert.Check(t, is.ErrorContains(err, "a.yaml, "+want), "with carriage returns: %s", text)
	}
}

// FuzzParse: what is refused is refused in words, at a line.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"okta-org: a\n", "sites:\n- name: a\n", "a: &a [*a]\n", "? [a]\n: b\n", "- -", "{", "\t", "a: |\n  b\n", "%YAML 1.1\n---\na: b", "!!map {a: b}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Parse("a.yaml", data); err != nil && !placed.MatchString(err.Error()) {
			t.Error(err)
		}
	})
}

package guide

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/cases"
)

func environment(vars map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := vars[name]; return v, ok }
}

func set(t *testing.T, a *Answers, key Key, values ...string) {
	t.Helper()
	assert.NilError(t, a.Set(key, FromUser, values...))
}

func TestQuestionTable(t *testing.T) {
	t.Parallel()
	keys, flags, names := map[Key]bool{}, map[string]bool{}, map[string]bool{}
	for _, q := range Questions("") {
		assert.Check(t, !keys[q.Key] && (q.Flag == "" || !flags[q.Flag]), "%s or its flag is there twice", q.Key)
		keys[q.Key], flags[q.Flag] = true, true
		for _, name := range q.Env {
			assert.Check(t, !names[name], "%s answers two questions", name)
			names[name] = true
		}
		assert.Check(t, q.Flag != "" || len(q.Env) > 0, string(q.Key)+" can be answered without being asked")
		assert.Check(t, is.Equal(q.Flag == "" && q.Key != GenesysClientID, q.Kind == Hidden), string(q.Key)+" is hidden and has no flag")
		assert.Check(t, slices.ContainsFunc(sections, func(s Section) bool { return s.ID == q.Section }), string(q.Key)+" has its section")
		assert.Check(t, q.Label != "" && strings.HasSuffix(q.Help, "."), "%s has no label or help", q.Key)
		picker := q.Kind == Pick || q.Kind == PickMany
		assert.Check(t, is.Equal(picker, q.Typed != ""), "%s says what a picker takes", q.Key)
		assert.Check(t, is.Equal(picker && q.Optional(), q.Empty != ""), "%s says what a picker without an answer means", q.Key)
		assert.Check(t, !q.Optional() || q.Unanswered().Label != "", "%s says what no answer means", q.Key)
		a := NewAnswers()
		def := a.Get(q.Key)
		err := a.Set(q.Key, FromUser, def.Values...)
		assert.Check(t, err == nil && slices.Equal(a.Get(q.Key).Values, def.Values) && a.Get(q.Key).Note == "", "the default %q of %s: %v %+v", def.Values, q.Key, err, a.Get(q.Key))
		assert.Check(t, !q.Needed || !def.Given, string(q.Key)+" has a default or is needed, or may be left out")
	}
	_, ok := QuestionFor("nothing")
	assert.Check(t, !ok, "a question that isn't there")
	assert.Check(t, is.Equal(fmt.Sprint(NewAnswers().Set("nothing", FromUser, "x")), "there is no question \"nothing\""), "an answer to it")
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	for key, want := range map[Key][]string{
		AppName: {"Genesys Cloud Messenger"}, GrantTypes: {"authorization_code", "refresh_token"}, RedirectURIs: {"http://localhost:8080/"},
		LogoutURIs: {"http://localhost:8080/"}, Assign: {"everyone"}, AllowedDomains: {"localhost"}, IntegrationName: {"Messenger SSO (Okta)"},
		MessengerConfig: {"Web SSO Messenger"}, DeploymentName: {"Web SSO"},
	} {
		assert.Check(t, is.DeepEqual(a.Get(key), Answer{Value: want[0], Values: want, From: FromDefault, Given: true}), string(key))
	}
	for _, key := range []Key{OktaOrg, OktaToken, DiscoveryURI, MessageFlow, SnippetFile, AssignGroups} {
		assert.Check(t, is.DeepEqual(a.Get(key), Answer{}), string(key))
	}
}

func TestAnswersThatFollow(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	set(t, a, RedirectURIs, "https://a.example/x", "https://b.example:8443/")
	assert.Check(t, is.DeepEqual(a.Get(LogoutURIs).Values, []string{"https://a.example/x", "https://b.example:8443/"}), "sign-out")
	assert.Check(t, is.DeepEqual(a.Get(AllowedDomains).Values, []string{"a.example", "b.example"}), "domains")
	set(t, a, LogoutURIs, "https://a.example/bye")
	assert.Check(t, is.DeepEqual(a.Get(LogoutURIs).Values, []string{"https://a.example/bye"}), "sign-out that was given")
	set(t, a, LogoutURIs)
	assert.Check(t, is.DeepEqual(a.Get(LogoutURIs).Values, []string{"https://a.example/x", "https://b.example:8443/"}), "sign-out that was taken back")
	set(t, a, AppName, "Mine")
	assert.Check(t, a.Set(AppName, FromUser, "") != nil, "a bad name")
	assert.Check(t, is.Equal(a.Value(AppName), "Mine"), "stays what it was")

	a.Found(DiscoveryURI, "https://one.example")
	a.Found(DiscoveryURI, "https://two.example")
	assert.Check(t, is.DeepEqual(a.Get(DiscoveryURI), Answer{Value: "https://two.example", Values: []string{"https://two.example"}, From: FromOrg, Given: true}), "what was found last")
	set(t, a, DiscoveryURI, "https://acme.okta.com/.well-known/openid-configuration")
	a.Found(DiscoveryURI, "https://three.example")
	assert.Check(t, is.Equal(a.Value(DiscoveryURI), "https://acme.okta.com/.well-known/openid-configuration"), "what was given")
}

func TestSources(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	assert.NilError(t, a.FromEnvironment(environment(map[string]string{"MSGSSO_APP_NAME": "Env", "MSGSSO_DEPLOYMENT": "Env"})))
	assert.NilError(t, a.FromFlags(DeploymentName, []string{"Flag"}))
	assert.NilError(t, a.Set(MessengerConfig, FromUser, "You"))
	a.Found(MessageFlow, "Found")
	got := map[Key]string{}
	for _, key := range []Key{AppName, DeploymentName, MessengerConfig, MessageFlow, IntegrationName} {
		got[key] = a.Get(key).Value + " by " + a.Get(key).From.String()
	}
	assert.Check(t, is.DeepEqual(got, map[Key]string{
		AppName: "Env by environment", DeploymentName: "Flag by flag", MessengerConfig: "You by you", MessageFlow: "Found by found",
		IntegrationName: "Messenger SSO (Okta) by default",
	}), "sources")
}

func TestSecretsStayHidden(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	assert.NilError(t, a.FromEnvironment(environment(map[string]string{"OKTA_API_TOKEN": " 00canary\n", "GENESYSCLOUD_OAUTHCLIENT_SECRET": "canary"})))
	assert.Check(t, is.Equal(a.Secret(OktaToken).Reveal(), "00canary"), "token")
	assert.Check(t, is.DeepEqual(a.Get(OktaToken), Answer{Value: "••••••••", From: FromEnv, Note: "Removed around it: line breaks, spaces.", Given: true}), "its answer")
	assert.Check(t, is.Equal(a.Get(GenesysClientSecret).Note, ""), "a secret without blanks around")
	printed := fmt.Sprintf("%v %+v %#v %+v", a, a, a, a.Get(OktaToken))
	data, _ := json.Marshal(a.Get(OktaToken))
	assert.Check(t, !strings.Contains(printed+string(data), "canary"), "a secret is printed: %s", printed)
	assert.Check(t, is.Equal(fmt.Sprint(a.Set(OktaToken, FromUser, "can ary")), "API token has a space or a line break inside. Paste it again in one piece"), "an inner blank")
	assert.Check(t, is.Equal(a.Secret(OktaToken).Reveal(), "00canary"), "the token stays")
	const odd = "a\"b'\\$(x)%20+/=;|"
	assert.NilError(t, a.Set(GenesysClientSecret, FromUser, "\t"+odd+" \r\n"))
	assert.Check(t, is.Equal(a.Secret(GenesysClientSecret).Reveal(), odd), "an odd one, to the byte")
	assert.NilError(t, a.Set(OktaToken, FromUser, " "))
	assert.Check(t, a.Secret(OktaToken).Empty() && !a.Get(OktaToken).Given, "the token is forgotten")
}

// TestSecretsAsTheyAreCopied: what copying puts around a secret is removed, and a note says so.
func TestSecretsAsTheyAreCopied(t *testing.T) {
	t.Parallel()
	cases.Check(t, "secrets.txt", func(in ...string) string {
		a, key := NewAnswers(), Key(in[0])
		if err := a.Set(key, FromUser, in[1]); err != nil {
			assert.Check(t, !a.Get(key).Given && !strings.Contains(err.Error(), "canary"), "%q", in)
			return "✗ " + err.Error()
		}
		return strconv.Quote(a.Secret(key).Reveal()) + " " + a.Get(key).Note
	})
}

// TestFoundSecretStays: a demo finds its token, which is shown hidden and not as empty.
func TestFoundSecretStays(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	assert.NilError(t, a.Set(OktaToken, FromOrg, "canary"))
	assert.Check(t, is.DeepEqual(a.WithFound(a.Clone()).Get(OktaToken), a.Get(OktaToken)))
	assert.Check(t, is.Equal(a.Get(OktaToken).Value, "••••••••"))
}

func TestSplitAndJoin(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		key  Key
		line string
		want []string
		join string
	}{
		{RedirectURIs, "  https://a.example/,  https://b.example/ ", []string{"https://a.example/", "https://b.example/"}, "https://a.example/ https://b.example/"},
		{AssignGroups, "Web customers,Web partners, ", []string{"Web customers", "Web partners"}, "Web customers, Web partners"},
		{GrantTypes, "authorization_code , refresh_token", []string{"authorization_code", "refresh_token"}, "authorization_code, refresh_token"},
		{AssignGroups, `"Sales, EMEA", Support,"The ""A"", team"`, []string{"Sales, EMEA", "Support", `The "A", team`}, `"Sales, EMEA", Support, "The ""A"", team"`},
		{AssignGroups, `"Sales" team, "half`, []string{`"Sales" team`, `"half`}, `"Sales" team, "half`},
		{AppName, " Chat, and more ", []string{"Chat, and more"}, "Chat, and more"},
		{AssignGroups, " , ", []string{}, ""},
	} {
		q, _ := QuestionFor(tt.key)
		assert.Check(t, is.DeepEqual(q.Split(tt.line), tt.want), "split")
		assert.Check(t, is.Equal(q.Join(tt.want), tt.join), "joined")
		assert.Check(t, is.Equal(q.Several(), tt.key != AppName), "several")
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	missing := func(sections ...SectionID) (keys []Key) {
		for _, q := range a.Missing(sections...) {
			keys = append(keys, q.Key)
		}
		return keys
	}
	assert.Check(t, is.DeepEqual(missing(SectionOkta), []Key{OktaOrg, OktaToken}), "Okta")
	set(t, a, Assign, AssignSelected)
	assert.Check(t, is.DeepEqual(missing(SectionOkta), []Key{OktaOrg, OktaToken, AssignGroups}), "Okta with groups")
	assert.Check(t, is.DeepEqual(missing(SectionConfiguration, SectionSnippet), []Key(nil)), "nothing")
}

// TestLockedOptionStays: no front end can leave it out, and what was cleared with it stays cleared.
func TestLockedOptionStays(t *testing.T) {
	t.Parallel()
	const code, refresh = "authorization_code", "refresh_token"
	for name, tt := range map[string]struct {
		give func(*Answers) error
		want []string
	}{
		"only the other": {func(a *Answers) error { return a.FromFlags(GrantTypes, []string{refresh}) }, []string{code, refresh}},
		"environment": {func(a *Answers) error {
			return a.FromEnvironment(environment(map[string]string{"MSGSSO_GRANT_TYPE": refresh}))
		}, []string{code, refresh}},
		"cleared": {func(a *Answers) error { return a.Set(GrantTypes, FromUser, code) }, []string{code}},
		"cleared, resumed": {func(a *Answers) error {
			before := NewAnswers()
			err := before.Set(GrantTypes, FromUser, code)
			a.FromRun(before.Given())
			return err
		}, []string{code}},
		"resumed from a run without it": {func(a *Answers) error {
			a.FromRun(map[string][]string{string(GrantTypes): {refresh}})
			return nil
		}, []string{code, refresh}},
		"found without it": {func(a *Answers) error {
			a.Found(GrantTypes, refresh)
			return nil
		}, []string{code, refresh}},
		"restored": {func(a *Answers) error { return a.Set(GrantTypes, FromUser) }, []string{code, refresh}},
	} {
		a := NewAnswers()
		assert.NilError(t, tt.give(a), name)
		assert.Check(t, is.DeepEqual(a.Get(GrantTypes).Values, tt.want), name)
	}
}

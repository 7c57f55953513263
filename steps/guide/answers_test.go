package guide

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

func environment(vars map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := vars[name]; return v, ok }
}

func TestQuestionTable(t *testing.T) {
	t.Parallel()
	keys, flags, names := map[Key]bool{}, map[string]bool{}, map[string]bool{}
	for _, q := range Questions("") {
		if keys[q.Key] || q.Flag != "" && flags[q.Flag] {
			t.Errorf("%s or its flag is there twice", q.Key)
		}
		keys[q.Key], flags[q.Flag] = true, true
		for _, name := range q.Env {
			if names[name] {
				t.Errorf("%s answers two questions", name)
			}
			names[name] = true
		}
		same(t, string(q.Key)+" can be answered without being asked", true, q.Flag != "" || len(q.Env) > 0)
		same(t, string(q.Key)+" is hidden and has no flag", q.Kind == Hidden, q.Flag == "" && q.Key != GenesysClientID)
		same(t, string(q.Key)+" has its section", true, slices.ContainsFunc(sections, func(s Section) bool { return s.ID == q.Section }))
		if q.Label == "" || q.Help == "" || !strings.HasSuffix(q.Help, ".") && !strings.HasSuffix(q.Help, "can.") {
			t.Errorf("%s has no label or help", q.Key)
		}
		a := NewAnswers()
		def := a.Get(q.Key)
		for _, value := range def.Values {
			if err := a.Set(q.Key, FromUser, value); err != nil || a.Value(q.Key) != value || a.Get(q.Key).Note != "" {
				t.Errorf("the default %q of %s: %v %+v", value, q.Key, err, a.Get(q.Key))
			}
		}
		same(t, string(q.Key)+" has a default or is needed, or may be left out", false, q.Needed && def.Given)
	}
	same(t, "questions of the sections", len(Questions("")), func() (n int) {
		for _, s := range Sections() {
			n += len(Questions(s.ID))
		}
		return n
	}())
	_, ok := QuestionFor("nothing")
	same(t, "a question that is not there", false, ok)
	same(t, "an answer to it", "there is no question \"nothing\"", fmt.Sprint(NewAnswers().Set("nothing", FromUser, "x")))
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	for key, want := range map[Key][]string{
		AppName: {"Genesys Cloud Messenger"}, GrantTypes: {"authorization_code", "refresh_token"}, RedirectURIs: {"http://localhost:8080/"},
		LogoutURIs: {"http://localhost:8080/"}, Assign: {"everyone"}, AllowedDomains: {"localhost"}, IntegrationName: {"Messenger SSO (Okta)"},
		MessengerConfig: {"Web SSO Messenger"}, DeploymentName: {"Web SSO"},
	} {
		same(t, string(key), Answer{Value: want[0], Values: want, From: FromDefault, Given: true}, a.Get(key))
	}
	for _, key := range []Key{OktaOrg, OktaToken, DiscoveryURI, MessageFlow, SnippetFile, AssignGroups} {
		same(t, string(key), Answer{}, a.Get(key))
	}
}

func TestAnswersThatFollow(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	set(t, a, RedirectURIs, "https://a.example/x", "https://b.example:8443/")
	same(t, "sign-out", []string{"https://a.example/x", "https://b.example:8443/"}, a.Get(LogoutURIs).Values)
	same(t, "domains", []string{"a.example", "b.example"}, a.Get(AllowedDomains).Values)
	set(t, a, LogoutURIs, "https://a.example/bye")
	same(t, "sign-out that was given", []string{"https://a.example/bye"}, a.Get(LogoutURIs).Values)
	set(t, a, LogoutURIs)
	same(t, "sign-out that was taken back", []string{"https://a.example/x", "https://b.example:8443/"}, a.Get(LogoutURIs).Values)
	set(t, a, AppName, "Mine")
	same(t, "a bad name", true, a.Set(AppName, FromUser, "") != nil)
	same(t, "stays what it was", "Mine", a.Value(AppName))

	a.Found(DiscoveryURI, "https://one.example")
	a.Found(DiscoveryURI, "https://two.example")
	same(t, "what was found last", Answer{Value: "https://two.example", Values: []string{"https://two.example"}, From: FromOrg, Given: true}, a.Get(DiscoveryURI))
	set(t, a, DiscoveryURI, "https://acme.okta.com/.well-known/openid-configuration")
	a.Found(DiscoveryURI, "https://three.example")
	same(t, "what was given", "https://acme.okta.com/.well-known/openid-configuration", a.Value(DiscoveryURI))
}

func TestSources(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	noError(t, a.FromEnvironment(environment(map[string]string{"MSGSSO_APP_NAME": "Env", "MSGSSO_DEPLOYMENT": "Env"})))
	noError(t, a.FromFlags(DeploymentName, []string{"Flag"}))
	noError(t, a.Set(MessengerConfig, FromUser, "You"))
	a.Found(MessageFlow, "Found")
	got := map[Key]string{}
	for _, key := range []Key{AppName, DeploymentName, MessengerConfig, MessageFlow, IntegrationName} {
		got[key] = a.Get(key).Value + " by " + a.Get(key).From.String()
	}
	same(t, "sources", map[Key]string{
		AppName: "Env by environment", DeploymentName: "Flag by flag", MessengerConfig: "You by you", MessageFlow: "Found by found",
		IntegrationName: "Messenger SSO (Okta) by default",
	}, got)
}

func TestSecretsStayHidden(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	noError(t, a.FromEnvironment(environment(map[string]string{"OKTA_API_TOKEN": " 00canary\n", "GENESYSCLOUD_OAUTHCLIENT_SECRET": "canary"})))
	same(t, "token", "00canary", a.Secret(OktaToken).Reveal())
	same(t, "its answer", Answer{Value: "••••••••", From: FromEnv, Note: "Blanks around it were removed.", Given: true}, a.Get(OktaToken))
	same(t, "a secret without blanks around", "", a.Get(GenesysClientSecret).Note)
	printed := fmt.Sprintf("%v %+v %#v %+v", a, a, a, a.Get(OktaToken))
	data, _ := json.Marshal(a.Get(OktaToken))
	if strings.Contains(printed+string(data), "canary") {
		t.Errorf("a secret is printed: %s", printed)
	}
	same(t, "an inner blank", "API token has a blank or a line break inside; paste it again, in one piece", fmt.Sprint(a.Set(OktaToken, FromUser, "can ary")))
	same(t, "the token stays", "00canary", a.Secret(OktaToken).Reveal())
	const odd = "a\"b'\\$(x)%20é\u00a7+/=‚|"
	noError(t, a.Set(GenesysClientSecret, FromUser, "\t"+odd+" \r\n"))
	same(t, "an odd one, to the byte", odd, a.Secret(GenesysClientSecret).Reveal())
	noError(t, a.Set(OktaToken, FromUser, " "))
	same(t, "the token is forgotten", true, a.Secret(OktaToken).Empty() && !a.Get(OktaToken).Given)
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
		{AppName, " Chat, and more ", []string{"Chat, and more"}, "Chat, and more"},
		{AssignGroups, " , ", []string{}, ""},
	} {
		q, _ := QuestionFor(tt.key)
		same(t, "split", tt.want, q.Split(tt.line))
		same(t, "joined", tt.join, q.Join(tt.want))
		same(t, "several", tt.key != AppName, q.Several())
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	missing := func(sections ...SectionID) []Key {
		keys := map[Key]bool{}
		for _, q := range a.Missing(sections...) {
			keys[q.Key] = true
		}
		return slices.Sorted(maps.Keys(keys))
	}
	same(t, "Okta", []Key{OktaOrg, OktaToken}, missing(SectionOkta))
	set(t, a, Assign, AssignSelected)
	same(t, "Okta with groups", []Key{AssignGroups, OktaOrg, OktaToken}, missing(SectionOkta))
	same(t, "nothing", nil, missing(SectionConfiguration, SectionSnippet))
}

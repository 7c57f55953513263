package steps

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
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
		same(t, string(q.Key)+" has its section", true, slices.ContainsFunc(guide, func(s Section) bool { return s.ID == q.Section }))
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
		for _, s := range Guide() {
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
	env := &Env{Answers: NewAnswers()}
	set(t, env, RedirectURIs, "https://a.example/x", "https://b.example:8443/")
	same(t, "sign-out", []string{"https://a.example/x", "https://b.example:8443/"}, env.Answers.Get(LogoutURIs).Values)
	same(t, "domains", []string{"a.example", "b.example"}, env.Answers.Get(AllowedDomains).Values)
	set(t, env, LogoutURIs, "https://a.example/bye")
	same(t, "sign-out that was given", []string{"https://a.example/bye"}, env.Answers.Get(LogoutURIs).Values)
	set(t, env, LogoutURIs)
	same(t, "sign-out that was taken back", []string{"https://a.example/x", "https://b.example:8443/"}, env.Answers.Get(LogoutURIs).Values)
	set(t, env, AppName, "Mine")
	same(t, "a bad name", true, env.Answers.Set(AppName, FromUser, "") != nil)
	same(t, "stays what it was", "Mine", env.Answers.Value(AppName))

	env.Answers.found(DiscoveryURI, "https://one.example")
	env.Answers.found(DiscoveryURI, "https://two.example")
	same(t, "what was found last", Answer{Value: "https://two.example", Values: []string{"https://two.example"}, From: FromOrg, Given: true}, env.Answers.Get(DiscoveryURI))
	set(t, env, DiscoveryURI, "https://acme.okta.com/.well-known/openid-configuration")
	env.Answers.found(DiscoveryURI, "https://three.example")
	same(t, "what was given", "https://acme.okta.com/.well-known/openid-configuration", env.Answers.Value(DiscoveryURI))
}

func TestSources(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	noError(t, a.FromEnvironment(environment(map[string]string{"MSGSSO_APP_NAME": "Env", "MSGSSO_DEPLOYMENT": "Env"})))
	noError(t, a.FromFlags(DeploymentName, []string{"Flag"}))
	noError(t, a.Set(MessengerConfig, FromUser, "You"))
	a.found(MessageFlow, "Found")
	got := map[Key]string{}
	for _, key := range []Key{AppName, DeploymentName, MessengerConfig, MessageFlow, IntegrationName} {
		got[key] = a.Get(key).Value + " by " + a.Get(key).From.String()
	}
	same(t, "sources", map[Key]string{
		AppName: "Env by environment", DeploymentName: "Flag by flag", MessengerConfig: "You by you", MessageFlow: "Found by found",
		IntegrationName: "Messenger SSO (Okta) by default",
	}, got)
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		vars map[string]string
		want map[Key][]string
		err  string
	}{
		"the vendors' names": {
			vars: map[string]string{"OKTA_CLIENT_ORGURL": "https://acme.okta.com/", "GENESYSCLOUD_REGION": "eu-central-1", "GENESYSCLOUD_OAUTHCLIENT_ID": "id"},
			want: map[Key][]string{OktaOrg: {"https://acme.okta.com"}, GenesysRegion: {"mypurecloud.de"}, GenesysClientID: {"id"}},
		},
		"the vendor's name first": {
			vars: map[string]string{"OKTA_CLIENT_ORGURL": "one.okta.com", "MSGSSO_OKTA_ORG": "two.okta.com"},
			want: map[Key][]string{OktaOrg: {"https://one.okta.com"}},
		},
		"an empty one is none": {
			vars: map[string]string{"OKTA_CLIENT_ORGURL": "", "MSGSSO_OKTA_ORG": "two.okta.com"},
			want: map[Key][]string{OktaOrg: {"https://two.okta.com"}},
		},
		"name and base":     {vars: map[string]string{"OKTA_ORG_NAME": "acme", "OKTA_BASE_URL": "oktapreview.com"}, want: map[Key][]string{OktaOrg: {"https://acme.oktapreview.com"}}},
		"name without base": {vars: map[string]string{"OKTA_ORG_NAME": "acme"}, want: map[Key][]string{OktaOrg: {"https://acme.okta.com"}}},
		"base without name": {vars: map[string]string{"OKTA_BASE_URL": "okta.com"}, want: map[Key][]string{OktaOrg: nil}},
		"the URL before the name": {
			vars: map[string]string{"OKTA_ORG_NAME": "other", "OKTA_CLIENT_ORGURL": "acme.okta.com"},
			want: map[Key][]string{OktaOrg: {"https://acme.okta.com"}},
		},
		"several values": {
			vars: map[string]string{
				"MSGSSO_REDIRECT_URI": "https://a.example/ https://b.example/", "MSGSSO_GROUP": "Web customers, Web partners",
				"MSGSSO_GRANT_TYPE": "authorization_code", "MSGSSO_ALLOWED_DOMAIN": "a.example  b.example",
			},
			want: map[Key][]string{
				RedirectURIs: {"https://a.example/", "https://b.example/"}, AssignGroups: {"Web customers", "Web partners"},
				GrantTypes: {"authorization_code"}, AllowedDomains: {"a.example", "b.example"},
			},
		},
		"a bad value":    {vars: map[string]string{"GENESYSCLOUD_REGION": "10.0.0.1"}, err: "GENESYSCLOUD_REGION: 10.0.0.1 is an IP address and not a domain: sign in to Genesys Cloud and copy the browser's address, such as https://apps.mypurecloud.de."},
		"a bad name":     {vars: map[string]string{"OKTA_ORG_NAME": "a b"}, err: "OKTA_ORG_NAME and OKTA_BASE_URL: the address contains a blank: give the host alone, such as acme.okta.com."},
		"a broken token": {vars: map[string]string{"OKTA_CLIENT_TOKEN": "can ary"}, err: "OKTA_CLIENT_TOKEN: API token has a blank or a line break inside; paste it again, in one piece."},
	} {
		a := NewAnswers()
		err := a.FromEnvironment(environment(tt.vars))
		if tt.err != "" {
			same(t, name, tt.err, asError(t, err).Error())
			same(t, name, 2, ExitCode(err))
			continue
		}
		noError(t, err)
		for key, want := range tt.want {
			same(t, name+": "+string(key), want, a.Get(key).Values)
		}
	}
	err := NewAnswers().FromFlags(Assign, []string{"all"})
	same(t, "a bad flag", `--assign: there is no assignment "all"; choose everyone, groups, skip.`, asError(t, err).Error())
	same(t, "its question", Assign, asError(t, err).Question)
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
	env := &Env{Answers: NewAnswers()}
	missing := func(sections ...SectionID) []Key {
		keys := map[Key]bool{}
		for _, q := range env.Answers.Missing(sections...) {
			keys[q.Key] = true
		}
		return slices.Sorted(maps.Keys(keys))
	}
	same(t, "Okta", []Key{OktaOrg, OktaToken}, missing(SectionOkta))
	set(t, env, Assign, AssignSelected)
	same(t, "Okta with groups", []Key{AssignGroups, OktaOrg, OktaToken}, missing(SectionOkta))
	same(t, "nothing", nil, missing(SectionConfiguration, SectionSnippet))
	e := asError(t, MissingError(env.Answers.Missing(SectionOkta)))
	same(t, "problem", "Not answered: Okta org (--okta-org or OKTA_CLIENT_ORGURL or MSGSSO_OKTA_ORG); API token (OKTA_CLIENT_TOKEN or OKTA_API_TOKEN); Groups (--group or MSGSSO_GROUP).", e.Problem)
	same(t, "question", OktaOrg, e.Question)
	same(t, "exit code", 2, ExitCode(e))
}

func TestOptions(t *testing.T) {
	t.Parallel()
	sim, env := world(t, simulator.Options{Seed: 1})
	options := func(env *Env, key Key, filter string) []Option {
		q, _ := QuestionFor(key)
		return must(q.Options(t.Context(), env, filter))(t)
	}
	same(t, "groups before the plan", []Option{{"Web customers", "Web customers", "People with an account on the web site"}}, options(env, AssignGroups, "Web c"))
	same(t, "configurations before the plan", nil, options(env, MessengerConfig, ""))
	must(MakePlan(t.Context(), env))(t)
	same(t, "configurations", []Option{{"Main website", "Main website", "used by 1 deployment"}, {"Help centre", "Help centre", "used by no deployment"}}, options(env, MessengerConfig, ""))
	same(t, "configurations filtered", []Option{{"Help centre", "Help centre", "used by no deployment"}}, options(env, MessengerConfig, "HELP"))
	same(t, "deployments", []Option{{"Main website", "Main website", "pins version 1, serves www.acmecc.example, shop.acmecc.example"}}, options(env, DeploymentName, ""))
	same(t, "flows", []Option{{"none", "No flow yet", "messages reach nobody"}, {"Web chat", "Web chat", "published"}}, options(env, MessageFlow, ""))
	same(t, "ways to assign", 3, len(options(env, Assign, "")))
	same(t, "writes", 0, writes(sim))
}

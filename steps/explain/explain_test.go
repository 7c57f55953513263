package explain

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"gotest.tools/v3/golden"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/guide"
)

const (
	atOkta    = apiclient.Okta
	atGenesys = apiclient.GenesysCloud
)

// failures are one for each row of reasons, in its order.
var failures = []apiclient.Error{
	{Service: atOkta, Op: "oauthKeys", Status: 401, Code: "E0000011", OAuth: "invalid_token"},
	{Service: atGenesys, Op: "config.json", Status: 403},
	{Service: atOkta, Status: 401, Code: "E0000011", OAuth: "invalid_token"},
	{Service: atOkta, Status: 401, Code: "invalid_client", OAuth: "invalid_client", Summary: "Invalid value for 'client_id' parameter."},
	{Service: atOkta, Status: 400, Code: "unauthorized_client", OAuth: "unauthorized_client", Summary: "Configured grant types: [implicit]."},
	{Service: atOkta, Status: 400, Code: "invalid_scope", OAuth: "invalid_scope", Summary: "No."},
	{Service: atOkta, Status: 403, Code: "insufficient_scope", OAuth: "insufficient_scope", Summary: "No."},
	{Service: atOkta, Status: 401, Code: "E0000011"},
	{Service: atOkta, Op: "createApplication", Status: 400, Code: "E0000001", Causes: []string{"label: An object with this field already exists."}},
	{Service: atOkta, Op: "createAuthorizationServerPolicy", Status: 403, Code: "E0000006", Summary: "No."},
	{Service: atOkta, Status: 401, Code: "E0000015", Summary: "You do not have permission to access the feature."},
	{Service: atGenesys, Op: "getOauthAuthorize", Code: "access_denied", Summary: "the sign-in was cancelled"},
	{Service: atGenesys, Status: 400, Code: "invalid_grant", Summary: "the code is too old"},
	{Service: atGenesys, Status: 400, Code: "invalid_request", Summary: "rate limit exceeded; try again in a minute"},
	{Service: atGenesys, Status: 401, Code: "invalid_client", Summary: "authentication failed"},
	{Service: atGenesys, Status: 401, Code: "ip.not.authorized", Summary: "Not from [192.0.2.1]"},
	{Service: atGenesys, Status: 403, Code: "app.not.authorized.for.scope", Summary: "App not authorized to use scope integrations"},
	{Service: atGenesys, Status: 403, Code: "authz.policy.denied", Summary: "Policy ID(s): [p1]"},
	{Service: atGenesys, Status: 403, Code: "missing.permissions", Summary: "You are missing [integrations:integration:add, integrations:integration:edit]"},
	{Service: atGenesys, Status: 400, Code: "bad.request", Causes: []string{"authenticationSettings: feature is not yet implemented"}},
	{Service: atGenesys, Status: 400, Code: "max.integrations.reached", Summary: "At most 10."},
	{Service: atGenesys, Status: 400, Code: "resource.limit.exceeded", Causes: []string{"limit deployments.max: 5"}},
	{Service: atGenesys, Status: 400, Code: "bad.flow.id", Summary: "Not eligible."},
	{Service: atGenesys, Status: 408, Code: "client.timeout", Summary: "Too slow."},
	{Service: atGenesys, Status: 409, Code: "version.conflict", Summary: "Conflict."},
	{Service: atOkta, Status: 403, Code: "E0000006", Summary: "No."},
	{Service: atOkta, Status: 409, Code: "E0000195", Summary: "Api validation failed due to conflict: label"},
	{Service: atOkta, Status: 423, Code: "E0000239", Summary: "Policy priorities are being reconciled."},
	{Service: atGenesys, Status: 403, Summary: "Not in this division."},
	{Service: atGenesys, Status: 401, Code: "bad.credentials", Summary: "Invalid login credentials."},
	{Service: atOkta, Status: 404, Code: "E0000007", Summary: "Not found: 0oa1 (AppInstance)"},
	{Service: atGenesys, Status: 429, Summary: "Retry the request in [90] seconds"},
	{Service: atOkta, Status: 400, Code: "E0000001", Summary: "Api validation failed: label", Causes: []string{"label: too long.", "name: too long."}},
	{Service: atGenesys, Status: 503, Summary: "not told"},
	{Service: atOkta, Err: apiclient.ErrUnreachable, Summary: "no such host"},
	{Service: atOkta, Err: apiclient.ErrTimeout, Maybe: true},
	{Service: atOkta, Err: apiclient.ErrTLS, Summary: "it is for another host"},
	{Service: atGenesys, Status: 301, Err: apiclient.ErrRedirect, Summary: "login.acme.com"},
	{Service: atOkta, Status: 302, Err: apiclient.ErrRedirect, Summary: "login.acme.com"},
	{Service: atOkta, Status: 403, Err: apiclient.ErrNotAPI},
	{Service: atOkta, Err: apiclient.ErrIncompleteList, Summary: "its next page was read already"},
	{Service: atGenesys, Status: 200, Err: apiclient.ErrMalformed, Summary: "it has no id"},
}

// silent are of services that refuse without a word.
var silent = []apiclient.Error{
	{Service: atOkta, Status: 403},
	{Service: atGenesys, Status: 403},
	{Service: atGenesys, Status: 400},
	{Service: atOkta, Status: 409},
	{Service: atGenesys, Status: 400, Code: "invalid_client"},
	{Service: atOkta, Err: apiclient.ErrUnreachable},
	{Service: atOkta, Err: apiclient.ErrTLS},
}

// TestExplain has a step that wants to store the credentials fail in each way.
func TestExplain(t *testing.T) {
	t.Parallel()
	assert.Check(t, is.Equal(len(failures), len(reasons)), "every reason has its failure")
	var said strings.Builder
	for i, fail := range slices.Concat(failures, silent) {
		fail.Host, fail.RequestID = "the.host", "r1"
		at := slices.IndexFunc(reasons, func(r reason) bool { return r.fits(&fail) })
		assert.Check(t, at == i || i >= len(reasons), "reason %d for %v", at, fail.Error())
		err := fmt.Errorf("wrapped: %w", &fail)
		e, ok := errors.AsType[*Error](Explain("credential", err))
		assert.Assert(t, ok && errors.Is(e.Err, err) && e.Step == "credential" && e.RequestID == "r1", "%+v", e)
		fmt.Fprintf(&said, "%v\n\t%s\n\t%s\n\tclass %d, answer %q, again %t, page %q\n", &fail, e.Problem, e.Fix, e.Class, e.Question, e.Retry, e.DocURL)
	}
	golden.Assert(t, said.String(), "reasons.golden")
}

// TestLongAnswersAreCut: a service can't push what happened off the screen, neither with a long sentence nor with many.
func TestLongAnswersAreCut(t *testing.T) {
	t.Parallel()
	for _, fail := range []apiclient.Error{
		{Service: apiclient.Okta, Status: 429, Summary: strings.Repeat("ö", 2000)},
		{Service: apiclient.Okta, Status: 400, Causes: slices.Repeat([]string{"wordy"}, 1000)},
	} {
		e, ok := errors.AsType[*Error](Explain("app", &fail))
		assert.Assert(t, ok)
		assert.Check(t, utf8.RuneCountInString(e.Problem) < 700 && strings.HasSuffix(e.Problem, "…."), "%s", e.Problem)
	}
}

func TestExplainKeepsWhatIsSaidAlready(t *testing.T) {
	t.Parallel()
	known := &Error{Problem: "It rains.", Class: ClassConflict}
	for _, step := range []guide.StepID{"app", "origins"} { // the first one counts
		e, _ := errors.AsType[*Error](Explain(step, fmt.Errorf("wrapped: %w", known)))
		assert.Check(t, is.DeepEqual(*e, Error{Step: "app", Problem: "It rains.", Class: ClassConflict}))
		assert.Check(t, is.Error(e, "It rains."))
	}
	err := Explain("app", errors.New("ödd"))
	assert.Check(t, is.Error(err, "Ödd."))
	assert.Check(t, is.Equal(ExitCode(err), 1))
}

func TestExitCode(t *testing.T) {
	t.Parallel()
	for want, err := range map[int]error{
		0: nil, 1: errors.New("any"), 2: &Error{Class: ClassUsage}, 3: fmt.Errorf("wrapped: %w", &Error{Class: ClassSignIn}),
		4: &Error{Class: ClassPermission}, 5: &Error{Class: ClassConflict}, 6: &Error{Class: ClassNetwork},
	} {
		assert.Check(t, is.Equal(ExitCode(err), want), fmt.Sprint(err))
	}
	assert.Check(t, is.Equal(ExitCode(&Error{}), 1), "an Error without a class")
}

func TestSentence(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                   "",
		" the name is empty ":                "The name is empty.",
		"really?":                            "Really?",
		"--flow: no such flow":               "--flow: no such flow.",
		"acme.okta.com can't be reached":     "acme.okta.com can't be reached.",
		"127.0.0.1:80 refuses":               "127.0.0.1:80 refuses.",
		"élan":                               "Élan.",
		"https_proxy can't be read":          "https_proxy can't be read.",
		"OKTA_CLIENT_ORGURL: no such org":    "OKTA_CLIENT_ORGURL: no such org.",
		"login.example.com: the name is new": "login.example.com: the name is new.",
	} {
		assert.Check(t, is.Equal(Sentence(text), want), text)
	}
}

// A pause is named only where the service asked for one.
func TestRateLimitPause(t *testing.T) {
	t.Parallel()
	for pause, want := range map[time.Duration]string{
		0:                "Okta's rate limit was reached. Retry in a few minutes.",
		time.Second:      "Okta's rate limit was reached. Retry in 1 minute.",
		15 * time.Minute: "Okta's rate limit was reached. Retry in 15 minutes.",
	} {
		e := &apiclient.Error{Service: atOkta, Status: 429, RetryAfter: pause}
		assert.Check(t, is.Equal(InWords("create the app", e).Problem, want), "%s", pause)
		e.Summary = "Too many calls."
		assert.Check(t, is.Equal(InWords("create the app", e).Problem, want+" Okta says: Too many calls."), "%s", pause)
	}
}

func TestMomentsDiffer(t *testing.T) {
	at := time.Date(2026, 11, 29, 16, 18, 5, 0, time.UTC)
	for name, tt := range map[string]struct {
		later       time.Duration
		first, last string
	}{
		"within a second": {20 * time.Millisecond, "2026-11-29 16:18:05.000 UTC", "2026-11-29 16:18:05.020 UTC"},
		"within a minute": {20 * time.Second, "2026-11-29 16:18:05 UTC", "2026-11-29 16:18:25 UTC"},
		"an hour apart":   {time.Hour, "2026-11-29 16:18 UTC", "2026-11-29 17:18 UTC"},
	} {
		t.Run(name, func(t *testing.T) {
			first, last := Moments(at, at.Add(tt.later))
			assert.Check(t, is.Equal(first, tt.first))
			assert.Check(t, is.Equal(last, tt.last))
		})
	}
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		vars map[string]string
		want map[guide.Key][]string
		err  string
	}{
		"the vendors' names": {
			vars: map[string]string{"OKTA_CLIENT_ORGURL": "https://acme.okta.com/", "GENESYSCLOUD_REGION": "eu-central-1", "GENESYSCLOUD_OAUTHCLIENT_ID": "id"},
			want: map[guide.Key][]string{guide.OktaOrg: {"https://acme.okta.com"}, guide.GenesysRegion: {"mypurecloud.de"}, guide.GenesysClientID: {"id"}},
		},
		"the vendor's name first": {
			vars: map[string]string{"OKTA_CLIENT_ORGURL": "one.okta.com", "MSGSSO_OKTA_ORG": "two.okta.com"},
			want: map[guide.Key][]string{guide.OktaOrg: {"https://one.okta.com"}},
		},
		"an empty one is none": {
			vars: map[string]string{"OKTA_CLIENT_ORGURL": "", "MSGSSO_OKTA_ORG": "two.okta.com"},
			want: map[guide.Key][]string{guide.OktaOrg: {"https://two.okta.com"}},
		},
		"name and base":     {vars: map[string]string{"OKTA_ORG_NAME": "acme", "OKTA_BASE_URL": "oktapreview.com"}, want: map[guide.Key][]string{guide.OktaOrg: {"https://acme.oktapreview.com"}}},
		"name without base": {vars: map[string]string{"OKTA_ORG_NAME": "acme"}, want: map[guide.Key][]string{guide.OktaOrg: {"https://acme.okta.com"}}},
		"base without name": {vars: map[string]string{"OKTA_BASE_URL": "okta.com"}, want: map[guide.Key][]string{guide.OktaOrg: nil}},
		"the URL before the name": {
			vars: map[string]string{"OKTA_ORG_NAME": "other", "OKTA_CLIENT_ORGURL": "acme.okta.com"},
			want: map[guide.Key][]string{guide.OktaOrg: {"https://acme.okta.com"}},
		},
		"several values": {
			vars: map[string]string{
				"MSGSSO_REDIRECT_URI": "https://a.example/ https://b.example/", "MSGSSO_GROUP": "Web customers, Web partners",
				"MSGSSO_GRANT_TYPE": "authorization_code", "MSGSSO_ALLOWED_DOMAIN": "a.example  b.example",
			},
			want: map[guide.Key][]string{
				guide.RedirectURIs: {"https://a.example/", "https://b.example/"}, guide.AssignGroups: {"Web customers", "Web partners"},
				guide.GrantTypes: {"authorization_code"}, guide.AllowedDomains: {"a.example", "b.example"},
			},
		},
		"a bad value":    {vars: map[string]string{"GENESYSCLOUD_REGION": "10.0.0.1"}, err: "GENESYSCLOUD_REGION: 10.0.0.1 is an IP address and not a domain: sign in to Genesys Cloud and copy the browser's URL, such as https://apps.mypurecloud.de."},
		"a bad name":     {vars: map[string]string{"OKTA_ORG_NAME": "a b"}, err: "OKTA_ORG_NAME and OKTA_BASE_URL: the URL contains a space. Enter the host only, such as acme.okta.com."},
		"a broken token": {vars: map[string]string{"OKTA_CLIENT_TOKEN": "can ary"}, err: "OKTA_CLIENT_TOKEN: API token has a space or a line break inside. Paste it again in one piece."},
	} {
		a := guide.NewAnswers()
		err := a.FromEnvironment(func(name string) (string, bool) { v, ok := tt.vars[name]; return v, ok })
		if tt.err != "" {
			assert.Check(t, is.Error(Explain("", err), tt.err), name)
			assert.Check(t, is.Equal(ExitCode(Explain("", err)), 2), name)
			continue
		}
		assert.NilError(t, err)
		for key, want := range tt.want {
			assert.Check(t, is.DeepEqual(a.Get(key).Values, want), name+": "+string(key))
		}
	}
	err := guide.NewAnswers().FromFlags(guide.Assign, []string{"all"})
	assert.Check(t, is.Error(Explain("", err), `--assign: there is no assignment "all". Choose everyone, groups, skip.`), "a bad flag")
	e, _ := errors.AsType[*Error](Explain("", err))
	assert.Check(t, is.Equal(e.Question, guide.Assign))
}

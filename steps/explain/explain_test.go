package explain

import (
	"errors"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/guide"
)

// explained has one failure for each row of reasons, in its order, of a step that wants to store the credentials.
var explained = []struct {
	fail    apiclient.Error
	problem string
	class   Class
	key     guide.Key
	retry   bool
}{
	{apiclient.Error{Service: apiclient.Okta, Status: 401, Code: "E0000011", OAuth: "invalid_token"}, "the.host does not accept the access token any more.", ClassSignIn, guide.OktaSignIn, true},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 401, Code: "invalid_client", OAuth: "invalid_client", Summary: "Invalid value for 'client_id' parameter."},
		"the.host does not accept the app that the wizard signs in with. Okta says: Invalid value for 'client_id' parameter.", ClassSignIn, guide.OktaClientID, false,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 400, Code: "unauthorized_client", OAuth: "unauthorized_client", Summary: "Configured grant types: [implicit]."},
		"The app may not sign in this way. Okta says: Configured grant types: [implicit].", ClassSignIn, guide.OktaSignIn, false,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 400, Code: "invalid_scope", OAuth: "invalid_scope", Summary: "No."},
		"The app has not got every scope that the wizard needs. Okta says: No.", ClassPermission, guide.OktaClientID, false,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 403, Code: "insufficient_scope", OAuth: "insufficient_scope", Summary: "No."},
		"Okta did not let the app store the client credentials. Okta says: No.", ClassPermission, guide.OktaClientID, false,
	},
	{apiclient.Error{Service: apiclient.Okta, Status: 401, Code: "E0000011"}, "the.host does not accept the API token.", ClassSignIn, guide.OktaToken, false},
	{
		apiclient.Error{Service: apiclient.Okta, Op: "createApplication", Status: 400, Code: "E0000001", Causes: []string{"label: An object with this field already exists."}},
		"Okta already has an app integration of that name: label: An object with this field already exists.", ClassConflict, guide.AppName, false,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 401, Code: "E0000015", Summary: "You do not have permission to access the feature."},
		"Okta could not store the client credentials: this org does not have the feature. Okta says: You do not have permission to access the feature.", ClassPermission, "", false,
	},

	{
		apiclient.Error{Service: apiclient.GenesysCloud, Op: "getOauthAuthorize", Code: "access_denied", Summary: "the sign-in was cancelled"},
		"Nobody was signed in to Genesys Cloud by the browser. Genesys Cloud says: the sign-in was cancelled.", ClassSignIn, guide.GenesysSignIn, true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 400, Code: "invalid_grant", Summary: "the code is too old"},
		"the.host does not take what the browser brought back. Genesys Cloud says: the code is too old.", ClassSignIn, guide.GenesysSignIn, true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 400, Code: "invalid_request", Summary: "rate limit exceeded; try again in a minute"},
		"the.host is asked for access tokens too often: rate limit exceeded; try again in a minute.", ClassFault, "", true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 401, Code: "invalid_client", Summary: "authentication failed"},
		"the.host does not accept the OAuth client. Genesys Cloud says: authentication failed.", ClassSignIn, guide.GenesysClientSecret, false,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 401, Code: "ip.not.authorized", Summary: "Not from [192.0.2.1]"},
		"the.host does not let this computer in: Not from [192.0.2.1].", ClassPermission, "", true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 403, Code: "app.not.authorized.for.scope", Summary: "App not authorized to use scope integrations"},
		"The OAuth client lacks a scope that the wizard needs to store the client credentials: App not authorized to use scope integrations.", ClassPermission, "", false,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 403, Code: "authz.policy.denied", Summary: "Policy ID(s): [p1]"},
		"A security policy of your organization did not let the wizard store the client credentials: Policy ID(s): [p1].", ClassPermission, "", true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 403, Code: "missing.permissions", Summary: "You are missing [integrations:integration:add, integrations:integration:edit]"},
		"Genesys Cloud did not let the wizard store the client credentials: the roles of whoever signed in lack integrations:integration:add, integrations:integration:edit.", ClassPermission, "", true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 400, Code: "bad.request", Causes: []string{"authenticationSettings: feature is not yet implemented"}},
		"This organization lacks a feature that the wizard needs to store the client credentials: authenticationSettings: feature is not yet implemented.", ClassPermission, "", false,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 400, Code: "max.integrations.reached", Summary: "At most 10."},
		"Genesys Cloud installs no further integration of this type: At most 10.", ClassConflict, guide.IntegrationName, false,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 400, Code: "resource.limit.exceeded", Causes: []string{"limit deployments.max: 5"}},
		"Genesys Cloud has as many as your organization may have, and could not store the client credentials: limit deployments.max: 5.", ClassConflict, "", false,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 400, Code: "bad.flow.id", Summary: "Not eligible."},
		"Genesys Cloud does not take the inbound message flow: Not eligible.", ClassUsage, guide.MessageFlow, false,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 408, Code: "client.timeout", Summary: "Too slow."},
		"the.host did not get the whole request in time.", ClassNetwork, "", true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 409, Code: "version.conflict", Summary: "Conflict."},
		"Somebody else is changing the same object at Genesys Cloud: Conflict.", ClassConflict, "", true,
	},

	{
		apiclient.Error{Service: apiclient.Okta, Status: 403, Code: "E0000006", Summary: "No."},
		"Okta did not let this admin store the client credentials. Okta says: No.", ClassPermission, guide.OktaToken, false,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 409, Code: "E0000195", Summary: "Api validation failed due to conflict: label"},
		"Something that is there already kept Okta from letting the wizard store the client credentials: Api validation failed due to conflict: label.", ClassConflict, "", true,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 423, Code: "E0000239", Summary: "Policy priorities are being reconciled."},
		"Okta is busy with another change and could not store the client credentials: Policy priorities are being reconciled.", ClassFault, "", true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 403, Summary: "Not in this division."},
		"Genesys Cloud did not let the wizard store the client credentials: Not in this division.", ClassPermission, "", true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 401, Code: "bad.credentials", Summary: "Invalid login credentials."},
		"the.host does not accept the credentials any more: Invalid login credentials.", ClassSignIn, "", false,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 404, Code: "E0000007", Summary: "Not found: 0oa1 (AppInstance)"},
		"Okta does not find something that was there a moment ago, while the wizard wanted to store the client credentials: Not found: 0oa1 (AppInstance).", ClassConflict, "", true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 429, Summary: "Retry the request in [90] seconds"},
		"Genesys Cloud is asked too often and wants a longer pause than the wizard waits: Retry the request in [90] seconds.", ClassFault, "", true,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 400, Code: "E0000001", Summary: "Api validation failed: label", Causes: []string{"label: too long.", "name: too long."}},
		"Okta refused to store the client credentials: label: too long. name: too long.", ClassFault, "", false,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 503, Summary: "not told"},
		"Genesys Cloud has a problem of its own (HTTP 503) and could not store the client credentials.", ClassFault, "", true,
	},
	{apiclient.Error{Service: apiclient.Okta, Err: apiclient.ErrUnreachable, Summary: "no such host"}, "the.host cannot be reached: no such host.", ClassNetwork, "", true},
	{apiclient.Error{Service: apiclient.Okta, Err: apiclient.ErrTimeout, Maybe: true}, "the.host did not answer in time.", ClassNetwork, "", true},
	{
		apiclient.Error{Service: apiclient.Okta, Err: apiclient.ErrTLS, Summary: "it is for another host"},
		"The certificate of the.host is not trusted, so nothing was sent: it is for another host.", ClassNetwork, "", false,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 301, Err: apiclient.ErrRedirect, Summary: "login.acme.com"},
		"the.host sends the wizard to another address: login.acme.com.", ClassNetwork, guide.GenesysRegion, false,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 302, Err: apiclient.ErrRedirect, Summary: "login.acme.com"},
		"the.host sends the wizard to another address: login.acme.com.", ClassNetwork, guide.OktaOrg, false,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Status: 403, Err: apiclient.ErrNotAPI},
		"What answered at the.host is not Okta: a sign-in portal or a proxy stands in between.", ClassNetwork, "", true,
	},
	{
		apiclient.Error{Service: apiclient.Okta, Err: apiclient.ErrIncompleteList, Summary: "its next page was read already"},
		"Okta gave an incomplete list, so the wizard couldn't store the client credentials: its next page was read already.", ClassFault, "", true,
	},
	{
		apiclient.Error{Service: apiclient.GenesysCloud, Status: 200, Err: apiclient.ErrMalformed, Summary: "it has no id"},
		"Genesys Cloud gave an answer that the wizard does not understand while it wanted to store the client credentials: it has no id.", ClassFault, "", true,
	},
}

func TestExplain(t *testing.T) {
	t.Parallel()
	assert.Check(t, is.Equal(len(explained), len(reasons)), "every reason has its failure")
	for i, tt := range explained {
		fail := tt.fail
		fail.Host, fail.RequestID = "the.host", "r1"
		for j, r := range reasons {
			if r.fits(&fail) {
				assert.Check(t, is.Equal(j, i), "the reason for %v", fail.Error())
				break
			}
		}
		err := fmt.Errorf("wrapped: %w", &fail)
		e, ok := errors.AsType[*Error](Explain("credential", err))
		assert.Assert(t, ok && errors.Is(e.Err, err), "%v: the cause is not kept", tt.fail)
		e.Err = nil
		assert.Check(t, is.DeepEqual(*e, Error{
			Step: "credential", Class: tt.class, Question: tt.key, Retry: tt.retry, RequestID: "r1",
			Problem: Sentence(tt.problem), Fix: reasons[i].fix, DocURL: reasons[i].doc,
		}))
	}
}

// TestExplainSilence is about services that refuse without a word.
func TestExplainSilence(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		fail apiclient.Error
		want string
	}{
		{apiclient.Error{Service: apiclient.Okta, Status: 403}, "Okta did not let this admin store the client credentials."},
		{apiclient.Error{Service: apiclient.GenesysCloud, Status: 403}, "Genesys Cloud did not let the wizard store the client credentials."},
		{apiclient.Error{Service: apiclient.GenesysCloud, Status: 400}, "Genesys Cloud refused to store the client credentials."},
		{apiclient.Error{Service: apiclient.Okta, Status: 409}, "Something that is there already kept Okta from letting the wizard store the client credentials."},
		{apiclient.Error{Service: apiclient.GenesysCloud, Status: 400, Code: "invalid_client"}, "the.host does not accept the OAuth client."},
		{apiclient.Error{Service: apiclient.Okta, Err: apiclient.ErrUnreachable}, "the.host cannot be reached."},
		{apiclient.Error{Service: apiclient.Okta, Err: apiclient.ErrTLS}, "The certificate of the.host is not trusted, so nothing was sent."},
	} {
		tt.fail.Host = "the.host"
		e, _ := errors.AsType[*Error](Explain("credential", &tt.fail))
		assert.Check(t, is.Equal(e.Problem, tt.want))
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

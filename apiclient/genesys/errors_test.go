package genesys

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestErrorAnswers(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status  int
		body    string
		want    apiclient.Error
		missing []string
	}{
		"plain": {
			404, `{"message":"Not found.","code":"not.found","status":404,"contextId":"ctx-1","details":[],"errors":[]}`,
			apiclient.Error{Code: "not.found", Summary: "Not found.", RequestID: "ctx-1"},
			nil,
		},
		"all missing": {
			403, `{"code":"missing.permissions","message":"Unable to perform the requested action. You are missing the following permission(s): integrations:integration:add, webDeployments:configuration:*"}`,
			apiclient.Error{Code: "missing.permissions", Summary: "Unable to perform the requested action. You are missing the following permission(s): integrations:integration:add, webDeployments:configuration:*"},
			[]string{"integrations:integration:add", "webDeployments:configuration:*"},
		},
		"any missing": {
			403, `{"code":"missing.any.permissions","message":"You must have at least one of the following permissions assigned: [architect:flow:view, architect:flow:search]"}`,
			apiclient.Error{Code: "missing.any.permissions", Summary: "You must have at least one of the following permissions assigned: [architect:flow:view, architect:flow:search]"},
			[]string{"architect:flow:view", "architect:flow:search"},
		},
		"missing in the parameters": {
			403, `{"code":"missing.permissions","message":"Unable.","messageParams":{"permissions":"integrations:integration:edit","x":["integrations:integration:view"],"n":7}}`,
			apiclient.Error{Code: "missing.permissions", Summary: "Unable.", Causes: []string{"permission: integrations:integration:edit", "permission: integrations:integration:view"}},
			[]string{"integrations:integration:edit", "integrations:integration:view"},
		},
		"details": {
			400, `{"code":"constraint.validation","message":"Bad.","details":[{"errorCode":"too.long","fieldName":"name"},{"errorCode":"x","entityName":"e"},{}],"errors":[{"code":"inner","message":"Inner."},{"message":"Bad."}],"limit":{"key":"configuration.max","namespace":"web.deployments","value":100}}`,
			apiclient.Error{Code: "constraint.validation", Summary: "Bad.", Causes: []string{"name: too.long", "x: e", "inner: Inner.", "limit configuration.max: 100"}},
			nil,
		},
		"control characters": {
			409, `{"code":"version\u001b[2J","message":"a\u202eb\r\nc","details":[{"fieldName":"\u0007"}]}`,
			apiclient.Error{Code: "version‹U+001B›[2J", Summary: "a‹U+202E›b‹U+000D›‹U+000A›c", Causes: []string{"‹U+0007›"}},
			nil,
		},
		"wrong types":  {400, `{"code":7,"message":"Still read.","details":"x"}`, apiclient.Error{Summary: "Still read."}, nil},
		"no object":    {400, `[]`, apiclient.Error{}, nil},
		"not JSON":     {404, `oops`, apiclient.Error{}, nil},
		"no body":      {404, ``, apiclient.Error{}, nil},
		"token echoed": {400, `{"message":"Bearer token-1"}`, apiclient.Error{Summary: "Bearer ••••••••"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := script(t, exchange{call: "GET /api/v2/organizations/me", status: tt.status, answer: tt.body})
			_, err := c.Organization(t.Context())
			got, found := apiclient.AsError(err)
			assert.Assert(t, found, "got %v", err)
			assert.Check(t, is.DeepEqual(*got, tt.want, cmpopts.IgnoreFields(apiclient.Error{}, "Service", "Op", "Method", "Path", "Host", "Status")))
			assert.Check(t, is.DeepEqual([]any{got.Op, got.Status}, []any{"getOrganizationsMe", tt.status}))
			assert.Check(t, is.DeepEqual(MissingPermissions(fmt.Errorf("wrapped: %w", err)), tt.missing))
		})
	}
}

func TestErrorRequestIDComesFromTheHeader(t *testing.T) {
	t.Parallel()
	e := &apiclient.Error{}
	decodeError(e, http.Header{"Inin-Correlation-Id": {"from-header"}}, []byte(`{"contextId":"from-body"}`))
	assert.Check(t, is.Equal(e.RequestID, "from-header"))
}

func TestErrorKinds(t *testing.T) {
	t.Parallel()
	const stale = "The version 3 does not match the current version"
	for _, tt := range []struct {
		err      error
		conflict bool
		code     bool
	}{
		{&apiclient.Error{Status: 409, Code: "version.conflict"}, true, true},
		{&apiclient.Error{Status: 408}, true, false},
		{fmt.Errorf("wrapped: %w", &apiclient.Error{Status: 400, Code: "bad.request", Summary: stale}), true, false},
		{&apiclient.Error{Status: 400, Causes: []string{stale}}, true, false},
		{&apiclient.Error{Status: 400, Code: "version.conflict", Summary: "Other"}, false, true},
		{&apiclient.Error{Status: 500, Summary: stale}, false, false},
		{errors.New(stale), false, false},
		{nil, false, false},
	} {
		assert.Check(t, is.Equal(VersionConflict(tt.err), tt.conflict), "VersionConflict(%v)", tt.err)
		assert.Check(t, is.Equal(CodeIs(tt.err, "other", "version.conflict"), tt.code), "CodeIs(%v)", tt.err)
	}
	if MissingPermissions(&apiclient.Error{Status: 400, Summary: "a:b:c"}) != nil || MissingPermissions(nil) != nil {
		t.Error("only a 403 names permissions")
	}
}

// okta is a client of the OpenID provider.
var okta = NewCredential{
	Name: "Integration-i-1", Type: "oauth",
	Fields: map[string]apiclient.Secret{
		"clientId": apiclient.NewSecret("0oa-client"), "clientSecret": apiclient.NewSecret(`f1eld-"canary`),
	},
}

func TestCredentialsAreShownNowhere(t *testing.T) {
	t.Parallel()
	c := answering(t, 400, `{"code":"invalid.value","message":"f1eld-\"canary is bad","details":[{"fieldName":"f1eld-\\\"canary"}]}`)
	_, err := c.CreateCredential(t.Context(), okta)
	text := fmt.Sprintf("%v %+v", err, err)
	assert.Check(t, !strings.Contains(text, "canary") && strings.Contains(text, "•••••••• is bad; ••••••••"), "got %s", text)
	data, err := json.Marshal(okta)
	assert.Check(t, err != nil, "a credential outside its request is marshalled: %s", data)
}

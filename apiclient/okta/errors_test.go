package okta

import (
	"errors"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestErrorAnswers(t *testing.T) {
	t.Parallel()
	challenge := func(text string) map[string]string { return map[string]string{"Www-Authenticate": text} }
	ended := challenge(`DPoP algs="RS256", error="invalid_token", error_description="ended"`)
	for name, test := range map[string]struct {
		exchange
		want      apiclient.Error
		badToken  bool
		forbidden bool
	}{
		"validation": {
			exchange: exchange{
				status: 400, header: map[string]string{"X-Okta-Request-Id": "req\u202e1"},
				answer: `{"errorCode":"E0000001","errorSummary":"Api validation failed: \u001b[31mlabel","errorId":"oae1",
					"errorCauses":[{"errorSummary":"label: too long"},{},{"errorSummary":"second\r\nline"}]}`,
			},
			want: apiclient.Error{
				Code: "E0000001", Summary: "Api validation failed: ‹U+001B›[31mlabel",
				Causes: []string{"label: too long", "second‹U+000D›‹U+000A›line"}, RequestID: "req‹U+202E›1",
			},
		},
		"no request id": {
			exchange: exchange{
				status: 404, answer: `{"errorCode":"E0000007","errorSummary":"Not found","errorId":"oae2","errorCauses":null}`,
			},
			want: apiclient.Error{Code: "E0000007", Summary: "Not found", RequestID: "oae2"},
		},
		"a token end point": {
			exchange: exchange{status: 400, answer: `{"error":"invalid_grant","error_description":"The code has expired."}`},
			want:     apiclient.Error{Code: "invalid_grant", OAuth: "invalid_grant", Summary: "The code has expired."},
		},
		"only a header": {
			exchange: exchange{
				status: 401, answer: `{}`,
				header: challenge(`DPoP algs="RS256", error="invalid_dpop_proof", error_description="'htu' is \"wrong\"."`),
			},
			want: apiclient.Error{Code: "invalid_dpop_proof", OAuth: "invalid_dpop_proof", Summary: `'htu' is "wrong".`},
		},
		"a token that ended": {
			exchange: exchange{status: 401, header: ended},
			want:     apiclient.Error{Code: "invalid_token", OAuth: "invalid_token", Summary: "ended"}, badToken: true,
		},
		"the body comes first": {
			exchange: exchange{status: 401, header: ended, answer: `{"errorCode":"E0000015","errorSummary":"No feature"}`},
			want:     apiclient.Error{Code: "E0000015", OAuth: "invalid_token", Summary: "No feature"},
		},
		"scope": {
			exchange:  exchange{status: 403, header: challenge(`Bearer error="insufficient_scope"`)},
			want:      apiclient.Error{Code: "insufficient_scope", OAuth: "insufficient_scope"},
			forbidden: true,
		},
		"wrong types": {
			exchange: exchange{status: 403, answer: `{"errorCode":"E0000006","errorSummary":7,"errorCauses":"none"}`},
			want:     apiclient.Error{Code: "E0000006"}, forbidden: true,
		},
		"not an object": {exchange: exchange{status: 400, answer: `["E0000006"]`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.exchange.want = "GET /api/v1/org"
			_, err := org(t, test.exchange).Org(t.Context())
			e, ok := apiclient.AsError(err)
			assert.Assert(t, ok, "error %v", err)
			got := apiclient.Error{Code: e.Code, OAuth: OAuthError(err), Summary: e.Summary, Causes: e.Causes, RequestID: e.RequestID}
			assert.Check(t, is.DeepEqual(got, test.want))
			same(t, []bool{BadToken(err), Forbidden(err)}, []bool{test.badToken, test.forbidden})
			same(t, []any{e.Status, e.Op, e.Service}, []any{test.status, "getOrgSettings", apiclient.Okta})
		})
	}
	got := OAuthError(&apiclient.Error{Service: apiclient.GenesysCloud, OAuth: "x"}) + OAuthError(nil)
	assert.Check(t, is.Equal(got, ""))
}

func TestKindsGoByTheCode(t *testing.T) {
	t.Parallel()
	kinds := map[string]func(error) bool{
		"BadToken": BadToken, "Forbidden": Forbidden, "NoFeature": NoFeature, "NotFound": NotFound, "Invalid": Invalid,
	}
	for _, test := range []struct {
		status int
		code   string
		want   string
	}{
		{401, "E0000004", "BadToken"},
		{401, "E0000011", "BadToken"},
		{401, "E0000015", "NoFeature"},
		{403, "E0000005", "Forbidden"},
		{403, "E0000006", "Forbidden"},
		{200, "E0000006", "Forbidden"},
		{404, "E0000007", "NotFound"},
		{400, "E0000001", "Invalid"},
		{401, "", ""},
		{403, "E9999999", ""},
		{404, "", ""},
	} {
		err := fmt.Errorf("wrapped: %w", &apiclient.Error{Service: apiclient.Okta, Status: test.status, Code: test.code})
		for name, fits := range kinds {
			if got := fits(err); got != (name == test.want) {
				t.Errorf("%s(%d %s) is %v", name, test.status, test.code, got)
			}
		}
	}
	for _, err := range []error{
		nil, errors.New("E0000011"), &apiclient.Error{Service: apiclient.GenesysCloud, Code: "E0000011"},
	} {
		if BadToken(err) {
			t.Errorf("%v is no answer of Okta", err)
		}
	}
}

func TestBuckets(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/api/v1/apps":                                        "/api/v1/apps",
		"/api/v1/apps/0oa1":                                   "/api/v1/apps/{id}",
		"/api/v1/apps/0oa%2F1":                                "/api/v1/apps/{id}",
		"/api/v1/apps/0oa1/groups":                            "/api/v1/apps",
		"/api/v1/apps/0oa1/groups/00g1":                       "/api/v1/apps",
		"/api/v1/apps/0oa1/credentials/secrets":               "/api/v1/apps",
		"/api/v1/apps/0oa1/lifecycle/deactivate":              "/api/v1/apps",
		"/api/v1/groups":                                      "/api/v1/groups",
		"/api/v1/groups/00g1":                                 "/api/v1/groups/{id}",
		"/api/v1/groups/00g1/users":                           "/api/v1",
		"/api/v1/users/me":                                    "/api/v1/users/{id}",
		"/api/v1/users/me/roles":                              "/api/v1",
		"/api/v1/org":                                         "/api/v1",
		"/api/v1/trustedOrigins":                              "/api/v1",
		"/api/v1/trustedOrigins/tos1":                         "/api/v1",
		"/api/v1/authorizationServers/aus1/policies/p1/rules": "/api/v1",
		"/api/v1/api-tokens/current":                          "/api/v1",
		"/.well-known/okta-organization":                      "",
		"/.well-known/openid-configuration":                   "",
		"/oauth2/v1/keys":                                     "",
	} {
		if got := bucket(path); got != want {
			t.Errorf("%s counts against %q, want %q", path, got, want)
		}
	}
}

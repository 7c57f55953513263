package okta

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"msgsso-wizard/apiclient"
)

func TestErrorAnswers(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		status int
		header map[string]string
		answer string
		want   apiclient.Error
	}{
		"validation": {
			400,
			map[string]string{"X-Okta-Request-Id": "req\u202e1"},
			`{"errorCode":"E0000001","errorSummary":"Api validation failed: \u001b[31mlabel","errorLink":"E0000001","errorId":"oae1",
				"errorCauses":[{"errorSummary":"label: too long"},{},{"errorSummary":"second\r\nline"}]}`,
			apiclient.Error{
				Code: "E0000001", Summary: "Api validation failed: ‹U+001B›[31mlabel",
				Causes: []string{"label: too long", "second‹U+000D›‹U+000A›line"}, RequestID: "req‹U+202E›1",
			},
		},
		"no request id": {
			404, nil,
			`{"errorCode":"E0000007","errorSummary":"Not found","errorId":"oae2","errorCauses":null}`,
			apiclient.Error{Code: "E0000007", Summary: "Not found", RequestID: "oae2"},
		},
		"oauth": {
			400, nil,
			`{"error":"invalid_grant","error_description":"The authorization code is invalid or has expired."}`,
			apiclient.Error{Code: "invalid_grant", Summary: "The authorization code is invalid or has expired."},
		},
		"only a header": {
			401,
			map[string]string{"Www-Authenticate": `DPoP algs="RS256", error="invalid_dpop_proof", error_description="'htu' is \"wrong\"."`},
			`{}`,
			apiclient.Error{Code: "invalid_dpop_proof", Summary: `'htu' is "wrong".`},
		},
		"the body comes first": {
			403,
			map[string]string{"Www-Authenticate": `Bearer error="insufficient_scope"`},
			`{"errorCode":"E0000005","errorSummary":"Invalid session"}`,
			apiclient.Error{Code: "E0000005", Summary: "Invalid session"},
		},
		"wrong types": {
			403, nil, `{"errorCode":"E0000006","errorSummary":7,"errorCauses":"none"}`,
			apiclient.Error{Code: "E0000006"},
		},
		"not an object": {400, nil, `["E0000006"]`, apiclient.Error{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := org(t, exchange{want: "GET /api/v1/org", status: test.status, header: test.header, answer: test.answer})
			_, err := c.Org(t.Context())
			e, ok := apiclient.AsError(err)
			if !ok {
				t.Fatalf("error %v", err)
			}
			got := apiclient.Error{Code: e.Code, Summary: e.Summary, Causes: e.Causes, RequestID: e.RequestID}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if e.Status != test.status || e.Op != "getOrgSettings" || e.Service != apiclient.Okta {
				t.Errorf("%d of %s of %s", e.Status, e.Op, e.Service)
			}
		})
	}
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
		for name, is := range kinds {
			if got := is(err); got != (name == test.want) {
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
		"/oauth2/v1/clients":                                  "/oauth2/v1/clients",
		"/oauth2/v1/clients/0oa1":                             "/oauth2/v1/clients",
		"/.well-known/okta-organization":                      "",
		"/.well-known/openid-configuration":                   "",
		"/oauth2/v1/keys":                                     "",
	} {
		if got := bucket("GET", path); got != want {
			t.Errorf("%s counts against %q, want %q", path, got, want)
		}
	}
}

package okta

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/testkit/cases"
)

// nothing is what a call returns that returns an error only.
func nothing(err error) (any, error) { return nil, err }

const notThere = `{"errorCode":"E0000007","errorSummary":"Not found: Resource not found: x (User)","errorCauses":[]}`

// read decodes testdata/app.json as a GET does.
func read(t *testing.T) App {
	t.Helper()
	var app App
	assert.NilError(t, apiclient.Fill([]byte(recording(t, "app.json")), &app))
	return app
}

// doing are the calls of testdata/calls.txt by their names.
func doing(t *testing.T) map[string]func(*Client) (any, error) {
	t.Helper()
	ctx, updated, answers := t.Context(), read(t), map[string]string{}
	updated.Label, updated.PKCERequired, updated.GrantTypes = "Messenger", true, []string{"authorization_code"}
	updated.RedirectURIs = append(updated.RedirectURIs, "https://new.example.com/")
	updated.LogoutURIs = []string{}
	for _, call := range cases.Calls(t, "calls.txt") {
		answers[call.Name] = call.Answer
	}
	return map[string]func(*Client) (any, error){
		"getApplication":   func(c *Client) (any, error) { return c.App(ctx, "0oa1/app?x") },
		"listApplications": func(c *Client) (any, error) { return c.Apps(ctx, "Genesys Cloud & more") },
		"createApplication": func(c *Client) (any, error) {
			return c.CreateApp(ctx, NewApp{
				Label:        "Genesys Cloud Messenger",
				GrantTypes:   []string{"authorization_code", "refresh_token"},
				RedirectURIs: []string{"https://www.example.com/support"},
				LogoutURIs:   []string{"https://www.example.com/"},
				ManagedBy:    "msgsso-wizard",
				AdminNote:    "run 42",
			})
		},
		"createApplication, no client ID in the answer": func(c *Client) (any, error) {
			return c.CreateApp(ctx, NewApp{Label: "x", GrantTypes: []string{"authorization_code"}})
		},
		"createApplication, no sign-on mode in the answer": func(c *Client) (any, error) {
			return c.CreateApp(ctx, NewApp{Label: "x", GrantTypes: []string{"authorization_code"}})
		},
		"replaceApplication":                         func(c *Client) (any, error) { return c.UpdateApp(ctx, updated) },
		"deactivateApplication":                      func(c *Client) (any, error) { return nothing(c.DeactivateApp(ctx, "0oa 1")) },
		"deleteApplication":                          func(c *Client) (any, error) { return nothing(c.DeleteApp(ctx, "0oa1")) },
		"listOAuth2ClientSecrets":                    func(c *Client) (any, error) { return c.AppSecrets(ctx, "0oa1") },
		"getOAuth2ClientSecret":                      func(c *Client) (any, error) { return c.AppSecret(ctx, "0oa1", "ocs/1") },
		"createOAuth2ClientSecret":                   func(c *Client) (any, error) { return c.CreateAppSecret(ctx, "0oa1") },
		"activateOAuth2ClientSecret":                 func(c *Client) (any, error) { return c.ActivateAppSecret(ctx, "0oa1", "ocs1") },
		"deactivateOAuth2ClientSecret":               func(c *Client) (any, error) { return c.DeactivateAppSecret(ctx, "0oa1", "ocs1") },
		"deleteOAuth2ClientSecret":                   func(c *Client) (any, error) { return nothing(c.DeleteAppSecret(ctx, "0oa1", "ocs/1")) },
		"listApplicationGroupAssignments":            func(c *Client) (any, error) { return c.AppGroups(ctx, "0oa1") },
		"assignGroupToApplication":                   func(c *Client) (any, error) { return nothing(c.AssignGroup(ctx, "0oa1", "00g/1")) },
		"unassignApplicationFromGroup":               func(c *Client) (any, error) { return nothing(c.UnassignGroup(ctx, "0oa1", "00g/1")) },
		"listApplicationUsers":                       func(c *Client) (any, error) { return c.AppUsers(ctx, "0oa1") },
		"getApplicationUser":                         func(c *Client) (any, error) { return c.AppUser(ctx, "0oa1", "00u1") },
		"assignUserToApplication":                    func(c *Client) (any, error) { return nothing(c.AssignUser(ctx, "0oa1", "00u2")) },
		"unassignUserFromApplication":                func(c *Client) (any, error) { return nothing(c.UnassignUser(ctx, "0oa1", "00u/1")) },
		"getWellknownOrgMetadata":                    func(c *Client) (any, error) { return c.Organization(ctx) },
		"getWellknownOrgMetadata, no ID of an org":   func(c *Client) (any, error) { return c.Organization(ctx) },
		"getWellknownOrgMetadata, no pipeline":       func(c *Client) (any, error) { return c.Organization(ctx) },
		"getWellknownOrgMetadata, of something else": func(c *Client) (any, error) { return c.Organization(ctx) },
		"getOrgSettings":                             func(c *Client) (any, error) { return c.Org(ctx) },
		"getOrgSettings, a trial that ended":         func(c *Client) (any, error) { return c.Org(ctx) },
		"getUser":                                    func(c *Client) (any, error) { return c.Me(ctx) },
		"getUser, by login":                          func(c *Client) (any, error) { return c.User(ctx, "ada+x/..@acme.test") },
		"listAssignedRolesForUser":                   func(c *Client) (any, error) { return c.Roles(ctx, "00u1/2") },
		"revokeCurrentApiToken":                      func(c *Client) (any, error) { return nothing(c.RevokeToken(ctx)) },
		"listGroups":                                 func(c *Client) (any, error) { return c.Groups(ctx, "Ever &") },
		"listGroups, without a prefix":               func(c *Client) (any, error) { return c.Groups(ctx, "") },
		"getGroup":                                   func(c *Client) (any, error) { return c.Group(ctx, "00g/1") },
		"listAuthorizationServers":                   func(c *Client) (any, error) { return c.AuthorizationServers(ctx) },
		"listAuthorizationServers, no issuer":        func(c *Client) (any, error) { return c.AuthorizationServers(ctx) },
		"getAuthorizationServer":                     func(c *Client) (any, error) { return c.AuthorizationServer(ctx, "default") },
		"listPolicies":                               func(c *Client) (any, error) { return c.SignInPolicies(ctx) },
		"getPolicy":                                  func(c *Client) (any, error) { return c.SignInPolicy(ctx, "rst/1") },
		"listPolicyRules":                            func(c *Client) (any, error) { return c.SignInRules(ctx, "rst1") },
		"listAuthorizationServerPolicies":            func(c *Client) (any, error) { return c.Policies(ctx, "aus1") },
		"getAuthorizationServerPolicy":               func(c *Client) (any, error) { return c.Policy(ctx, "aus1", "00p/1") },
		"createAuthorizationServerPolicy": func(c *Client) (any, error) {
			return c.CreatePolicy(ctx, "aus1", Policy{Name: "Genesys Messenger", Clients: []string{"0oa1"}, Priority: 1})
		},
		"createAuthorizationServerPolicy, with less": func(c *Client) (any, error) { return c.CreatePolicy(ctx, "aus1", Policy{Name: "n"}) },
		"deleteAuthorizationServerPolicy":            func(c *Client) (any, error) { return nothing(c.DeletePolicy(ctx, "aus1", "00p/1")) },
		"listAuthorizationServerPolicyRules":         func(c *Client) (any, error) { return c.Rules(ctx, "aus1", "00p1") },
		"getAuthorizationServerPolicyRule":           func(c *Client) (any, error) { return c.Rule(ctx, "aus1", "00p1", "0pr/1") },
		"createAuthorizationServerPolicyRule": func(c *Client) (any, error) {
			return c.CreateRule(ctx, "aus1", "00p1", Rule{
				Name: "Messenger sign-in", Groups: []string{"EVERYONE"}, GrantTypes: []string{"authorization_code"},
				Scopes: []string{"*"}, Priority: 2,
			})
		},
		"deleteAuthorizationServerPolicyRule": func(c *Client) (any, error) { return nothing(c.DeleteRule(ctx, "aus1", "00p1", "0pr/1")) },
		"listOAuth2Claims":                    func(c *Client) (any, error) { return c.Claims(ctx, "aus1") },
		"getOAuth2Claim":                      func(c *Client) (any, error) { return c.Claim(ctx, "aus1", "ocl/1") },
		"replaceOAuth2Claim": func(c *Client) (any, error) {
			x := filled[Claim](t, answers["getOAuth2Claim"])
			x.Status, x.Always = "ACTIVE", true
			return c.UpdateClaim(ctx, "aus1", x)
		},
		"listFederatedClaims": func(c *Client) (any, error) { return c.FederatedClaims(ctx, "0oa1") },
		"getFederatedClaim":   func(c *Client) (any, error) { return c.FederatedClaim(ctx, "0oa1", "ofc/1") },
		"createFederatedClaim": func(c *Client) (any, error) {
			return c.CreateFederatedClaim(ctx, "0oa1", FederatedClaim{Name: "given_name", Expression: "user.profile.firstName"})
		},
		"deleteFederatedClaim": func(c *Client) (any, error) { return nothing(c.DeleteFederatedClaim(ctx, "0oa1", "ofc/1")) },
		"listTrustedOrigins":   func(c *Client) (any, error) { return c.TrustedOrigins(ctx) },
		"getTrustedOrigin":     func(c *Client) (any, error) { return c.TrustedOrigin(ctx, "tos/1") },
		"createTrustedOrigin": func(c *Client) (any, error) {
			return c.CreateTrustedOrigin(ctx, TrustedOrigin{
				Name: "Page", Origin: "https://www.example.com", Scopes: []string{"CORS", "REDIRECT"},
			})
		},
		"replaceTrustedOrigin": func(c *Client) (any, error) {
			origin := filled[TrustedOrigin](t, answers["getTrustedOrigin"])
			origin.Name = "Page 2"
			origin.Scopes = append(origin.Scopes, "CORS")
			return c.UpdateTrustedOrigin(ctx, origin)
		},
		"activateTrustedOrigin":   func(c *Client) (any, error) { return c.ActivateTrustedOrigin(ctx, "tos/1") },
		"deactivateTrustedOrigin": func(c *Client) (any, error) { return c.DeactivateTrustedOrigin(ctx, "tos/1") },
		"deleteTrustedOrigin":     func(c *Client) (any, error) { return nothing(c.DeleteTrustedOrigin(ctx, "tos/1")) },
	}
}

const firstPage = "only the first page"

func exchangeOf(call cases.Call) exchange {
	x := exchange{want: call.Sent, public: call.Notes == "without credentials", body: call.Body, answer: call.Answer}
	if call.Answer == "" {
		x.status = http.StatusNoContent
	}
	if call.Notes == firstPage {
		x.link = nextPage(call.Sent)
	}
	return x
}

// nextPage says that there is another page after the one that was asked for, at the same address.
func nextPage(sent string) []string {
	_, address, _ := strings.Cut(sent, " ")
	return []string{"<{org}" + address + `>; rel="next"`}
}

// TestCalls also takes each answer's content away, and then the object itself, which callers must be able to tell.
func TestCalls(t *testing.T) {
	t.Parallel()
	do := doing(t)
	assert.Check(t, is.Len(cases.Calls(t, "calls.txt"), len(do)))
	cases.CheckCalls(t, "calls.txt", func(call cases.Call) string {
		x := exchangeOf(call)
		got, err := do[call.Name](org(t, x))
		if e, failed := apiclient.AsError(err); failed {
			malformed(t, err, call.Op, " is missing")
			return e.Summary
		}
		assert.NilError(t, err, call.Name)

		gone := x
		gone.status, gone.answer = 404, notThere
		_, err = do[call.Name](org(t, gone))
		e, _ := apiclient.AsError(err)
		assert.Check(t, NotFound(err) && e.Op == call.Op, "%s, not there: %v", call.Name, err)

		if x.answer != "" {
			x.answer = map[bool]string{true: "[null]", false: "{}"}[x.answer[0] == '[']
			_, err = do[call.Name](org(t, x))
			malformed(t, err, call.Op, " is missing")
		}
		return cases.JSON(t, got)
	})
}

// A list that does not come to its end is an error: what it lacks may be there. Of some lists one page is enough.
func TestIncompleteListFails(t *testing.T) {
	t.Parallel()
	do, tried := doing(t), map[string]bool{}
	for _, call := range cases.Calls(t, "calls.txt") {
		if !strings.HasPrefix(call.Answer, "[") || call.Notes == firstPage || strings.Contains(call.Name, ", no ") {
			continue
		}
		page := exchangeOf(call)
		page.link = nextPage(call.Sent)
		got, err := do[call.Name](org(t, page))
		assert.Assert(t, errors.Is(err, apiclient.ErrIncompleteList), "%s: %v", call.Name, err)
		e, _ := apiclient.AsError(err)
		assert.Check(t, is.Equal(e.Op, call.Op))
		assert.Check(t, is.Len(got, 0))
		tried[call.Op] = true
	}
	assert.Check(t, is.Len(tried, 12))
}

// Without an ID the call would be another one, such as of the whole list.
func TestCallWithoutIDIsNotSent(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", ".", ".."} {
		c := org(t) // any request fails the test
		_, appErr := c.App(t.Context(), id)
		_, groupsErr := c.AppGroups(t.Context(), id)
		for _, err := range []error{
			appErr, groupsErr, c.DeletePolicy(t.Context(), "aus1", id), c.DeleteApp(t.Context(), id),
		} {
			assert.Check(t, err != nil, "%q is sent", id)
		}
	}
}

func TestUnreadObjectsAreNotSent(t *testing.T) {
	t.Parallel()
	c := org(t)
	_, err := c.UpdateApp(t.Context(), App{ID: "0oa1"})
	assert.Check(t, err != nil, "an app is sent")
	_, err = c.UpdateTrustedOrigin(t.Context(), TrustedOrigin{ID: "tos1"})
	assert.Check(t, err != nil, "a trusted origin is sent")
}

// filled reads an answer.
func filled[T any](t *testing.T, answer string) T {
	t.Helper()
	var object T
	assert.NilError(t, apiclient.Fill([]byte(answer), &object))
	return object
}

package genesyssim

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// operation is one call of the API.
type operation struct {
	pattern string // of http.ServeMux, below /api/v2
	entity  string // what the caller needs a permission for; empty: none is needed
	action  string // that the caller needs, several set off by blanks, a whole permission among them; empty: the one of the method
	status  int    // of success; 0: 200
	noBody  bool   // for a POST that takes none
	visitor bool   // for web pages: no token of the organization's, no rate, and a lock only where the operation takes it
	handle  func(*call) (any, error)
}

// What permissions are for (contract genesys.md 1.3, 2.1, 6 and 7).
const (
	integrationEntity   = "integrations:integration"
	configurationEntity = "webDeployments:configuration"
	flowEntity          = "architect:flow"
)

// operations is the API: the tables of resources, and the calls outside of them.
func operations() []operation {
	const (
		versions = "/webdeployments/configurations/{id}/versions"
		tokens   = "/webdeployments/token"
	)
	return slices.Concat(
		integrations.operations(), settings.operations(), types.operations(),
		credentials.operations(), credentialListing.operations(), credentialTypes.operations(),
		configurations.operations(), deployments.operations(), flows.operations(), directoryOperations(),
		[]operation{
			{pattern: "GET /organizations/me", handle: organizationMe},
			{pattern: "GET /users/me", handle: userMe},
			{pattern: "GET /tokens/me", handle: tokenMe},
			{pattern: "DELETE /tokens/me", handle: revokeToken},
			{pattern: "GET /authorization/subjects/me", handle: subjectMe},
			{pattern: "GET /integrations/types/{id}/configschemas/{schema}", entity: integrationEntity, handle: types.with(typeSchema)},
			{pattern: "GET " + versions, entity: configurationEntity, handle: configurations.with(listVersions)},
			{pattern: "GET " + versions + "/{version}", entity: configurationEntity, handle: configurations.with(getVersion)},
			{pattern: "POST " + versions + "/draft/publish", entity: configurationEntity, action: "edit add", noBody: true, handle: configurations.with(publish)},
			{pattern: "GET /webdeployments/deployments/{id}/configurations", handle: deployments.with(activeConfiguration)},
			{pattern: "POST " + tokens + "/oauthcodegrantjwtexchange", visitor: true, handle: exchange},
			{pattern: "POST " + tokens + "/refresh", visitor: true, handle: refreshVisitor},
			{pattern: "DELETE " + tokens + "/revoke", visitor: true, status: http.StatusNoContent, handle: revokeVisitor},
		})
}

// actions is what a method does to an entity.
var actions = map[string]string{
	http.MethodGet: "view", http.MethodPost: "add", http.MethodPut: "edit", http.MethodPatch: "edit", http.MethodDelete: "delete",
}

// needs are the permissions that the caller must have, all of them; nil: none.
func (op operation) needs() []string {
	if op.entity == "" {
		return nil
	}
	method, _, _ := strings.Cut(op.pattern, " ")
	all := strings.Fields(cmp.Or(op.action, actions[method]))
	for i, action := range all {
		if !strings.Contains(action, ":") {
			all[i] = op.entity + ":" + action
		}
	}
	return all
}

// admit lets a call in: by its bearer token and the token's rate, by the scopes of a user's client, and by the role.
// Scopes do not apply to client credentials (contract genesys.md 6).
func (s *Server) admit(op operation, c *call, header http.Header) error {
	bearer := bearerOf(c.r)
	if bearer == "" {
		return refuse("authentication.required")
	}
	known := s.tokens.Get(c.now, bearer)
	if known == nil {
		return refuse("bad.credentials")
	}
	c.token = known
	if err := known.window.count(c.now, cmp.Or(s.options.CallsPerMinute, usualCalls), header); err != nil {
		return err
	}
	has := func(scope string) bool { return slices.Contains(known.client.scopes, scope) }
	if wanted := op.scopes(); known.user != nil && len(wanted) > 0 && !slices.ContainsFunc(wanted, has) {
		return refuse("app.not.authorized.for.scope", wanted[0])
	}
	var missing []string
	for _, permission := range op.needs() {
		if s.deny[permission] {
			missing = append(missing, permission)
		}
	}
	if len(missing) > 0 {
		return refuse("missing.permissions", listed(missing))
	}
	return nil
}

func listed(names []string) string { return "[" + strings.Join(names, ", ") + "]" }

// bearerOf is the token of the request; empty: it has none.
func bearerOf(r *http.Request) string {
	scheme, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") {
		return ""
	}
	return bearer
}

// scopes are what a user's token needs, by the beginning of the path below /api/v2 (security of the API's
// definition). Reading is also allowed by the scope's :readonly form, where there is one.
var scopes = []struct {
	path, scope string
	whole       bool // there is no :readonly form
}{
	{path: "/organizations/", scope: "organization"},
	{path: "/users/", scope: "user-basic-info", whole: true},
	{path: "/tokens/", scope: "user-basic-info", whole: true},
	{path: "/authorization/", scope: "authorization"},
	{path: "/integrations", scope: "integrations"},
	{path: "/webdeployments/", scope: "webdeployments"},
	{path: "/flows", scope: "architect"},
	{path: "/oauth/", scope: "oauth"},
	{path: "/conversations/messaging/", scope: "messaging"},
}

// scopes are the scopes of which an operation takes any; the first is the least.
func (op operation) scopes() []string {
	method, path, _ := strings.Cut(op.pattern, " ")
	for _, s := range scopes {
		switch {
		case !strings.HasPrefix(path, s.path):
		case method == http.MethodGet && !s.whole:
			return []string{s.scope + ":readonly", s.scope}
		default:
			return []string{s.scope}
		}
	}
	return nil
}

// Calls that one token usually may make in a window (contract genesys.md 6).
const (
	usualCalls   = 300
	windowLength = time.Minute
)

// window counts the calls of one minute.
type window struct {
	start time.Time
	calls int
}

// count adds a call, writes the rate limit's headers and refuses a call too many.
func (w *window) count(now time.Time, allowed int, header http.Header) error {
	if w.start.IsZero() || now.Sub(w.start) >= windowLength {
		*w = window{start: now}
	}
	w.calls++
	left := w.start.Add(windowLength).Sub(now)
	seconds := int((left + time.Second - 1) / time.Second)
	header.Set("Inin-Ratelimit-Allowed", strconv.Itoa(allowed))
	header.Set("Inin-Ratelimit-Count", strconv.Itoa(w.calls))
	header.Set("Inin-Ratelimit-Reset", strconv.Itoa(seconds))
	if w.calls <= allowed {
		return nil
	}
	no := refuse("too.many.requests.retry.after", strconv.Itoa(seconds))
	no.retryAfter = seconds
	return no
}

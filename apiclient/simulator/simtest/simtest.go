// Package simtest is the simulator as tests use it.
package simtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator"
)

// Start starts a simulator that is closed when the test ends. Okta's rate limits are off unless opts set them.
func Start(t testing.TB, opts simulator.Options) *simulator.Server {
	t.Helper()
	if opts.Okta.Limits == nil {
		opts.Okta.Limits = map[string]int{}
	}
	sim, err := simulator.Start(t.Context(), opts)
	assert.NilError(t, err)
	t.Cleanup(func() {
		// A connection that was opened and never used holds a server up for 5 s.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), 15*time.Second)
		defer cancel()
		assert.Check(t, sim.Close(ctx))
	})
	return sim
}

// Lookup finds the variables that lead a run to the simulator, as os.LookupEnv would.
func Lookup(sim *simulator.Server) func(name string) (string, bool) {
	return func(name string) (string, bool) {
		for _, line := range sim.Environment() {
			if value, found := strings.CutPrefix(line, name+"="); found {
				return value, true
			}
		}
		return "", false
	}
}

// Call is an admin's call of either service that the clients of this program do not have, and that has to succeed. It
// returns the answer's object; empty, where there is none.
func Call(t testing.TB, sim *simulator.Server, method, address, body string) map[string]any {
	t.Helper()
	status, answer := Send(t, sim, method, address, body)
	assert.Equal(t, status/100, 2, "%s %s: %d %v", method, address, status, answer)
	object, _ := answer.(map[string]any)
	return object
}

// Send is an admin's call, with more headers, whatever comes of it. An answer without JSON is nil.
func Send(t testing.TB, sim *simulator.Server, method, address, body string, more ...http.Header) (status int, answer any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	assert.NilError(t, err)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Authorization", "SSWS "+sim.Credentials().OktaToken)
	if strings.HasPrefix(address, sim.GenesysURL()) {
		req.Header.Set("Authorization", "Bearer "+sim.Genesys().AccessToken())
	}
	for _, header := range more {
		maps.Copy(req.Header, header)
	}
	resp, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(req)
	assert.NilError(t, err)
	defer resp.Body.Close() //nolint:errcheck // it was read
	_ = json.NewDecoder(resp.Body).Decode(&answer)
	return resp.StatusCode, answer
}

// Visitor signs in at a page with Messenger.
type Visitor struct {
	Sim                                         *simulator.Server
	Issuer, ClientID, DeploymentID, RedirectURI string
}

// A verifier and its S256 challenge (RFC 7636, appendix B).
const (
	verifier  = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
)

// Code signs in at Okta and returns the code that the page gets. The error is Okta's refusal.
func (v Visitor) Code(ctx context.Context) (string, error) {
	query := url.Values{
		"client_id": {v.ClientID}, "redirect_uri": {v.RedirectURI}, "response_type": {"code"}, "scope": {"openid email profile"},
		"state": {"s"}, "nonce": {"n"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"},
	}
	login := strings.NewReader(url.Values{"login": {"alice@acme.test"}}.Encode())
	server := v.Issuer
	if !strings.Contains(server, "/oauth2/") {
		server += "/oauth2" // the org's own
	}
	status, location, err := v.post(ctx, server+"/v1/authorize?"+query.Encode(), "application/x-www-form-urlencoded", login)
	if err != nil {
		return "", err
	}
	back, err := url.Parse(location)
	if err == nil && back.Query().Get("code") == "" {
		err = fmt.Errorf("%d %s: %s", status, back.Query().Get("error"), back.Query().Get("error_description"))
	}
	if err != nil {
		return "", err
	}
	return back.Query().Get("code"), nil
}

// SignIn signs in at Okta and has Genesys Cloud redeem the code. The error is a refusal of either.
func (v Visitor) SignIn(ctx context.Context) error {
	code, err := v.Code(ctx)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]any{"deploymentId": v.DeploymentID, "oauth": map[string]string{
		"code": code, "redirectUri": v.RedirectURI, "nonce": "n", "codeVerifier": verifier,
	}})
	if err != nil {
		return err
	}
	status, _, err := v.post(ctx, v.Sim.GenesysURL()+"/api/v2/webdeployments/token/oauthcodegrantjwtexchange", "application/json", bytes.NewReader(body))
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("Genesys Cloud refused the code: %d", status) //nolint:staticcheck // its name
	}
	return err
}

// post sends a browser's request. It doesn't follow a redirect.
func (v Visitor) post(ctx context.Context, address, kind string, body io.Reader) (status int, location string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, body)
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", kind)
	if page, err := url.Parse(v.RedirectURI); err == nil && strings.HasPrefix(address, v.Sim.GenesysURL()) {
		req.Header.Set("Origin", page.Scheme+"://"+page.Host)
	}
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	if err != nil {
		return 0, "", err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, resp.Header.Get("Location"), errors.Join(err, resp.Body.Close())
}

// Messenger is what callers find of the type of integrations that signs Messenger's visitors in, which differs from
// organization to organization (contract genesys.md 1.2).
type Messenger struct{ Type, Discovery, Lifetime, Implicit, Slot, CredentialType, IDField, SecretField string }

// Discover finds it through the API, of which get reads a path.
func Discover(get func(path string) map[string]any) (m Messenger) {
	for _, x := range jsontree.Objects(get("integrations/types?pageSize=999"), "entities") {
		if strings.EqualFold(jsontree.Text(x, "name"), "OpenID Connect Messenger Configuration") && !jsontree.Flag(x, "nonInstallable") {
			m.Type = jsontree.Text(x, "id")
		}
	}
	at := "integrations/types/" + m.Type
	properties := jsontree.Sub(get(at+"/configschemas/properties"), "properties")
	for key := range properties {
		switch jsontree.Text(properties, key+".title") {
		case "Discovery URI":
			m.Discovery = key
		case "Max Refresh Token Lifetime":
			m.Lifetime = key
		default:
			m.Implicit = key
		}
	}
	slots := jsontree.Sub(get(at), "credentials")
	for slot := range slots {
		m.Slot, m.CredentialType = slot, jsontree.Text(slots, slot+".credentialTypes.0")
	}
	for _, x := range jsontree.Objects(get("integrations/credentials/types"), "entities") {
		if x["name"] == m.CredentialType {
			m.IDField, m.SecretField = jsontree.Text(x, "displayOrder.0"), jsontree.Text(x, "displayOrder.1")
		}
	}
	return m
}

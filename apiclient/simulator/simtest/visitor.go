package simtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"msgsso-wizard/apiclient/simulator"
)

// Visitor signs in at a page with Messenger.
type Visitor struct {
	Sim                                         *simulator.Server
	Issuer, ClientID, DeploymentID, RedirectURI string
}

// SignIn signs in at Okta and has Genesys Cloud redeem the code. The error is a refusal of either.
func (v Visitor) SignIn(ctx context.Context) error {
	query := url.Values{
		"client_id": {v.ClientID}, "redirect_uri": {v.RedirectURI}, "response_type": {"code"}, "scope": {"openid email profile"},
		"state": {"s"}, "nonce": {"n"},
	}
	login := strings.NewReader(url.Values{"login": {"alice@acme.test"}}.Encode())
	_, location, err := v.post(ctx, v.Issuer+"/v1/authorize?"+query.Encode(), "application/x-www-form-urlencoded", login)
	if err != nil {
		return err
	}
	back, err := url.Parse(location)
	if err != nil || back.Query().Get("code") == "" {
		return fmt.Errorf("Okta gave no code: %q", location) //nolint:staticcheck // its name
	}
	body, err := json.Marshal(map[string]any{"deploymentId": v.DeploymentID, "oauth": map[string]string{
		"code": back.Query().Get("code"), "redirectUri": v.RedirectURI, "nonce": "n",
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

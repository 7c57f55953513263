package oktasim

import (
	"fmt"
	"net/http"
)

// oauthError is a refusal by an authorization server: error, error_description.
type oauthError struct {
	status      int
	code        string
	description string
	name        string // Okta's internal code, which the System Log tells (contract okta.md 11)
}

func (e *oauthError) Error() string { return e.code + ": " + e.description }

// oauthRefusals are Okta's OAuth errors under the names of its own list (contract okta.md 11). The last ones
// have no text in that list; their words are this simulator's.
var oauthRefusals = map[string]oauthError{
	"access_denied":                           {status: http.StatusForbidden, code: "access_denied", description: "The resource owner or authorization server denied the request."},
	"no_matching_policy":                      {status: http.StatusUnauthorized, code: "access_denied", description: "Policy evaluation failed for this request, please check the policy configurations."},
	"no_scope_allowed":                        {status: http.StatusBadRequest, code: "access_denied", description: "Policy evaluation succeeded, but all the requested scopes were rejected."},
	"scope_denied":                            {status: http.StatusBadRequest, code: "access_denied", description: "Some of the requested scopes were denied by the policy. Denied scopes: [%s]."},
	"user_not_assigned":                       {status: http.StatusBadRequest, code: "access_denied", description: "User is not assigned to the client application."},
	"authorization_pending":                   {status: http.StatusBadRequest, code: "authorization_pending", description: "The device authorization is pending. Please try again later."},
	"expired_token":                           {status: http.StatusBadRequest, code: "expired_token", description: "The device code has expired."},
	"slow_down":                               {status: http.StatusBadRequest, code: "slow_down", description: "Slow down the polling frequency. Please try again later."},
	"client_assertion_already_used":           {status: http.StatusUnauthorized, code: "invalid_client", description: "The client_assertion token has already been used."},
	"invalid_client_id":                       {status: http.StatusUnauthorized, code: "invalid_client", description: "Invalid value for 'client_id' parameter."},
	"invalid_client_secret":                   {status: http.StatusUnauthorized, code: "invalid_client", description: "The client secret supplied for a confidential client is invalid."},
	"unsupported_auth_method_browser_request": {status: http.StatusUnauthorized, code: "invalid_client", description: "Browser requests to the token endpoint must use Proof Key for Code Exchange."},
	"unsupported_auth_method_client_creds":    {status: http.StatusUnauthorized, code: "invalid_client", description: "Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method."},
	"invalid_dpop_proof":                      {status: http.StatusBadRequest, code: "invalid_dpop_proof", description: "The DPoP proof JWT is invalid."},
	"use_dpop_nonce":                          {status: http.StatusBadRequest, code: "use_dpop_nonce", description: "Authorization server requires nonce in DPoP proof."},
	"invalid_authorization_code":              {status: http.StatusBadRequest, code: "invalid_grant", description: "The authorization code is invalid or has expired."},
	"invalid_refresh_token":                   {status: http.StatusBadRequest, code: "invalid_grant", description: "The refresh token is invalid or expired."},
	"mismatched_redirect_uri":                 {status: http.StatusBadRequest, code: "invalid_grant", description: "The 'redirect_uri' does not match the redirection URI used in the authorization request."},
	"pkce_verification_failed":                {status: http.StatusBadRequest, code: "invalid_grant", description: "PKCE verification failed."},
	"illegal_origin_browser_request":          {status: http.StatusBadRequest, code: "invalid_request", description: "Browser requests to the token endpoint must be part of at least one whitelisted redirect_uri."},
	"illegal_post_logout_redirect_uri":        {status: http.StatusBadRequest, code: "invalid_request", description: "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings."},
	"illegal_redirect_uri":                    {status: http.StatusBadRequest, code: "invalid_request", description: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings."},
	"missing_redirect_uri":                    {status: http.StatusBadRequest, code: "missing_redirect_uri", description: "redirect_uri is missing."},
	"pkce_missing_challenge":                  {status: http.StatusBadRequest, code: "invalid_request", description: "PKCE code challenge is required by the application."},
	"pkce_invalid_challenge":                  {status: http.StatusBadRequest, code: "invalid_request", description: "PKCE code challenge contains illegal characters."},
	"pkce_missing_challenge_verifier_present": {status: http.StatusBadRequest, code: "invalid_request", description: "PKCE code challenge should be specified in the authorize request for code verification."},
	"pkce_missing_verifier":                   {status: http.StatusBadRequest, code: "invalid_request", description: "PKCE code verifier is required by the application."},
	"pkce_unsupported_code_challenge_method":  {status: http.StatusBadRequest, code: "invalid_request", description: "PKCE code challenge method is not supported. Valid values: [S256]"},
	"token_request_missing_grant_type":        {status: http.StatusBadRequest, code: "invalid_request", description: "The token request must specify a 'grant_type'. Valid values: [%s]"},
	"invalid_scope":                           {status: http.StatusBadRequest, code: "invalid_scope", description: "The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner."},
	"login_required":                          {status: http.StatusBadRequest, code: "login_required", description: "The client specified not to prompt, but the user is not logged in."},
	"unauthorized_client":                     {status: http.StatusBadRequest, code: "unauthorized_client", description: "The client is not authorized to use the provided grant type. Configured grant types: [%s]."},
	"unsupported_grant_type_browser_request":  {status: http.StatusBadRequest, code: "unauthorized_client", description: "Browser requests to the token endpoint may only use the authorization_code grant_type."},
	"unsupported_grant_type":                  {status: http.StatusBadRequest, code: "unsupported_grant_type", description: "The authorization grant type is not supported by the authorization server. Configured grant types: [%s]."},
	"unsupported_response_type":               {status: http.StatusBadRequest, code: "unsupported_response_type", description: "The response type is not supported by the authorization server. Configured response types: [%s]."},
	"dpop_missing":                            {status: http.StatusBadRequest, code: "invalid_dpop_proof", description: "The DPoP proof JWT header is missing."}, // contract okta.md 3.2

	// Examples of the definition: MultipleClientCreds, NoCreds, MismatchedClient, MissingToken.
	"several_credentials": {status: http.StatusBadRequest, code: "invalid_request", description: "Can't supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a `client_assertion` in the post body."},
	"no_credentials":      {status: http.StatusUnauthorized, code: "invalid_client", description: "No client credentials found"},
	"another_client":      {status: http.StatusBadRequest, code: "invalid_grant", description: "The grant was issued to another client. Ensure that the `client_id` matches the one used at the authorize request."},
	"missing_token":       {status: http.StatusBadRequest, code: "invalid_request", description: "The `token` parameter is required."},

	"wrong_auth_method":     {status: http.StatusUnauthorized, code: "invalid_client", description: "The client must say who it is by its token_endpoint_auth_method, '%s'."},
	"missing_id_token_hint": {status: http.StatusBadRequest, code: "invalid_request", description: "The 'id_token_hint' parameter is missing."},
	"invalid_id_token_hint": {status: http.StatusBadRequest, code: "invalid_request", description: "The 'id_token_hint' parameter must be an ID token of this server for the person who is signed in."},

	"dpop_claim":      {status: http.StatusBadRequest, code: "invalid_dpop_proof", description: "'%s' claim in the DPoP proof JWT is invalid."}, // form: contract okta.md 1.7
	"assertion_claim": {status: http.StatusUnauthorized, code: "invalid_client", description: "The '%s' claim of the client_assertion is invalid."},
	"assertion_form":  {status: http.StatusUnauthorized, code: "invalid_client", description: "The client_assertion is not a JWT that is signed by a key of the client."},
	"missing_state":   {status: http.StatusBadRequest, code: "invalid_request", description: "The 'state' parameter is missing."},
	"form_not_read":   {status: http.StatusBadRequest, code: "invalid_request", description: "The request body must be of the type application/x-www-form-urlencoded."},
	"repeated":        {status: http.StatusBadRequest, code: "invalid_request", description: "The parameter '%s' comes more than once."},
}

// refuse is the OAuth error of this name; details fill its text.
func refuse(name string, details ...any) error {
	e := oauthRefusals[name]
	e.name = name
	if details != nil {
		e.description = fmt.Sprintf(e.description, details...)
	}
	return &e
}

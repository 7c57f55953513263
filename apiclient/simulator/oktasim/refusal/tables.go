package refusal

import "net/http"

// codes are Okta's error codes (contract okta.md 1.7).
var codes = map[string]struct {
	status int
	words  string
}{
	"E0000001": {http.StatusBadRequest, "Api validation failed: %s"},
	"E0000003": {http.StatusBadRequest, "The request body was not well-formed."},
	"E0000004": {http.StatusUnauthorized, "Authentication failed"},
	"E0000005": {http.StatusForbidden, "Invalid session"},
	"E0000006": {http.StatusForbidden, "You do not have permission to perform the requested action"},
	"E0000007": {http.StatusNotFound, "Not found: Resource not found: %s (%s)"},
	"E0000008": {http.StatusNotFound, "The requested path was not found"},
	"E0000009": {http.StatusInternalServerError, "Internal Server Error"},
	"E0000010": {http.StatusServiceUnavailable, "Service is in read only mode"},
	"E0000011": {http.StatusUnauthorized, "Invalid token provided"},
	"E0000013": {http.StatusForbidden, "Invalid client app id"},
	"E0000015": {http.StatusUnauthorized, "You do not have permission to access the feature you are requesting"},
	"E0000021": {http.StatusBadRequest, "Bad request. Accept and/or Content-Type headers likely do not match supported values."},
	"E0000022": {http.StatusMethodNotAllowed, "The endpoint does not support the provided HTTP method"},
	"E0000024": {http.StatusBadRequest, "Bad request. This operation on app metadata is not yet supported."},
	"E0000047": {http.StatusTooManyRequests, "API call exceeded rate limit due to too many requests."},
	"E0000056": {http.StatusForbidden, "Delete application forbidden."},
	"E0000113": {http.StatusConflict, "Api validation failed due to conflict: %s"},
	"E0000195": {http.StatusConflict, "Api validation failed due to conflict: %s"},
	"E0000239": {http.StatusLocked, "Policy priorities are being reconciled. Please try again later."},

	// The metadata documents name the OAuth error.
	"invalid_client": {http.StatusBadRequest, "Invalid value for 'client_id' parameter."},
}

// oauthErrors are Okta's OAuth errors under the names of its own list (contract okta.md 11). The last ones have no
// text in that list; their words are this simulator's.
var oauthErrors = map[string]struct {
	status      int
	code, words string
}{
	"access_denied":                           {http.StatusForbidden, "access_denied", "The resource owner or authorization server denied the request."},
	"disallowed_network_zone":                 {http.StatusForbidden, "access_denied", "The request is made from outside the client's permitted network zones."},
	"no_matching_policy":                      {http.StatusUnauthorized, "access_denied", "Policy evaluation failed for this request, please check the policy configurations."},
	"no_scope_allowed":                        {http.StatusBadRequest, "access_denied", "Policy evaluation succeeded, but all the requested scopes were rejected."},
	"scope_denied":                            {http.StatusBadRequest, "access_denied", "Some of the requested scopes were denied by the policy. Denied scopes: [%s]."},
	"user_not_assigned":                       {http.StatusBadRequest, "access_denied", "User is not assigned to the client application."},
	"authorization_pending":                   {http.StatusBadRequest, "authorization_pending", "The device authorization is pending. Please try again later."},
	"expired_token":                           {http.StatusBadRequest, "expired_token", "The device code has expired."},
	"slow_down":                               {http.StatusBadRequest, "slow_down", "Slow down the polling frequency. Please try again later."},
	"client_assertion_already_used":           {http.StatusUnauthorized, "invalid_client", "The client_assertion token has already been used."},
	"invalid_client_id":                       {http.StatusUnauthorized, "invalid_client", "Invalid value for 'client_id' parameter."},
	"invalid_client_secret":                   {http.StatusUnauthorized, "invalid_client", "The client secret supplied for a confidential client is invalid."},
	"unsupported_auth_method_client_creds":    {http.StatusUnauthorized, "invalid_client", "Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method."},
	"invalid_dpop_proof":                      {http.StatusBadRequest, "invalid_dpop_proof", "The DPoP proof JWT is invalid."},
	"use_dpop_nonce":                          {http.StatusBadRequest, "use_dpop_nonce", "Authorization server requires nonce in DPoP proof."},
	"invalid_authorization_code":              {http.StatusBadRequest, "invalid_grant", "The authorization code is invalid or has expired."},
	"mismatched_redirect_uri":                 {http.StatusBadRequest, "invalid_grant", "The 'redirect_uri' does not match the redirection URI used in the authorization request."},
	"pkce_verification_failed":                {http.StatusBadRequest, "invalid_grant", "PKCE verification failed."},
	"illegal_redirect_uri":                    {http.StatusBadRequest, "invalid_request", "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings."},
	"missing_redirect_uri":                    {http.StatusBadRequest, "missing_redirect_uri", "redirect_uri is missing."},
	"pkce_missing_challenge":                  {http.StatusBadRequest, "invalid_request", "PKCE code challenge is required by the application."},
	"pkce_invalid_challenge":                  {http.StatusBadRequest, "invalid_request", "PKCE code challenge contains illegal characters."},
	"pkce_missing_challenge_verifier_present": {http.StatusBadRequest, "invalid_request", "PKCE code challenge should be specified in the authorize request for code verification."},
	"pkce_missing_verifier":                   {http.StatusBadRequest, "invalid_request", "PKCE code verifier is required by the application."},
	"pkce_unsupported_code_challenge_method":  {http.StatusBadRequest, "invalid_request", "PKCE code challenge method is not supported. Valid values: [S256]"},
	"token_request_missing_grant_type":        {http.StatusBadRequest, "invalid_request", "The token request must specify a 'grant_type'. Valid values: [%s]"},
	"invalid_scope":                           {http.StatusBadRequest, "invalid_scope", "The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner."},
	"login_required":                          {http.StatusBadRequest, "login_required", "The client specified not to prompt, but the user is not logged in."},
	"unauthorized_client":                     {http.StatusBadRequest, "unauthorized_client", "The client is not authorized to use the provided grant type. Configured grant types: [%s]."},
	"unsupported_grant_type":                  {http.StatusBadRequest, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server. Configured grant types: [%s]."},
	"unsupported_response_type":               {http.StatusBadRequest, "unsupported_response_type", "The response type is not supported by the authorization server. Configured response types: [%s]."},
	"dpop_missing":                            {http.StatusBadRequest, "invalid_dpop_proof", "The DPoP proof JWT header is missing."}, // contract okta.md 3.2

	// Examples of the definition: MultipleClientCreds, NoCreds, MismatchedClient, MissingToken.
	"several_credentials": {http.StatusBadRequest, "invalid_request", "Can't supply multiple client credentials. Use one of the following: credentials in the Authorization header, credentials in the post body, or a `client_assertion` in the post body."},
	"no_credentials":      {http.StatusUnauthorized, "invalid_client", "No client credentials found"},
	"another_client":      {http.StatusBadRequest, "invalid_grant", "The grant was issued to another client. Ensure that the `client_id` matches the one used at the authorize request."},
	"missing_token":       {http.StatusBadRequest, "invalid_request", "The `token` parameter is required."},

	"wrong_auth_method": {http.StatusUnauthorized, "invalid_client", "The client must say who it is by its token_endpoint_auth_method, '%s'."},

	"dpop_claim":      {http.StatusBadRequest, "invalid_dpop_proof", "'%s' claim in the DPoP proof JWT is invalid."}, // form: contract okta.md 1.7
	"assertion_claim": {http.StatusUnauthorized, "invalid_client", "The '%s' claim of the client_assertion is invalid."},
	"assertion_form":  {http.StatusUnauthorized, "invalid_client", "The client_assertion is not a JWT that is signed by a key of the client."},
	"missing_state":   {http.StatusBadRequest, "invalid_request", "The 'state' parameter is missing."},
	"form_not_read":   {http.StatusBadRequest, "invalid_request", "The request body must be of the type application/x-www-form-urlencoded."},
	"repeated":        {http.StatusBadRequest, "invalid_request", "The parameter '%s' comes more than once."},
}

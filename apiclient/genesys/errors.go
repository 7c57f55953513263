package genesys

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

// errorBody is the API's error answer (contract genesys.md 6, ErrorBody).
type errorBody struct {
	Message       string         `json:"message"`
	Code          string         `json:"code"`
	ContextID     string         `json:"contextId"`
	MessageParams map[string]any `json:"messageParams"`
	Details       []struct {
		ErrorCode  string `json:"errorCode"`
		FieldName  string `json:"fieldName"`
		EntityName string `json:"entityName"`
	} `json:"details"`
	Errors []struct {
		Message string `json:"message"`
		Code    string `json:"code"`
	} `json:"errors"`
	Limit struct {
		Key   string `json:"key"`
		Value any    `json:"value"`
	} `json:"limit"`
}

// decodeError reads an ErrorBody; what cannot be read of it is left out.
func decodeError(e *apiclient.Error, header http.Header, body []byte) {
	var b errorBody
	_ = json.Unmarshal(body, &b)
	e.Code, e.Summary = b.Code, b.Message
	e.RequestID = cmp.Or(header.Get("ININ-Correlation-Id"), b.ContextID)
	for _, d := range b.Details {
		addCause(e, d.FieldName, d.ErrorCode, d.EntityName)
	}
	for _, inner := range b.Errors {
		addCause(e, inner.Code, inner.Message)
	}
	if b.Limit.Key != "" {
		addCause(e, "limit "+b.Limit.Key, fmt.Sprint(b.Limit.Value))
	}
	for _, param := range slices.Sorted(maps.Keys(b.MessageParams)) {
		for _, permission := range permissionName.FindAllString(fmt.Sprint(b.MessageParams[param]), -1) {
			if !strings.Contains(e.Summary, permission) {
				addCause(e, "permission", permission)
			}
		}
	}
}

// decodeTokenError reads the error answer of the token end point, which has its own form (contract genesys.md 6).
func decodeTokenError(e *apiclient.Error, header http.Header, body []byte) {
	var b struct {
		Error            string `json:"error"`
		Description      string `json:"description"`
		ErrorDescription string `json:"error_description"`
	}
	_ = json.Unmarshal(body, &b)
	if b.Error == "" {
		decodeError(e, header, body)
		return
	}
	e.Code, e.Summary = b.Error, cmp.Or(b.ErrorDescription, b.Description)
	e.RequestID = header.Get("ININ-Correlation-Id")
}

func addCause(e *apiclient.Error, parts ...string) {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if cause := strings.Join(parts, ": "); cause != "" && cause != e.Summary {
		e.Causes = append(e.Causes, cause)
	}
}

// CodeIs reports whether err is a refusal with one of Genesys Cloud's error codes.
func CodeIs(err error, codes ...string) bool {
	e, ok := apiclient.AsError(err)
	return ok && slices.Contains(codes, e.Code)
}

// permissionName is domain:entity:action, the last two of which may be a wildcard.
var permissionName = regexp.MustCompile(`[A-Za-z][A-Za-z0-9_-]*:(?:[A-Za-z][A-Za-z0-9_-]*|\*):(?:[A-Za-z][A-Za-z0-9_-]*|\*)`)

// MissingPermissions returns the permissions that a 403 names, in its order; of the code missing.any.permissions
// one of them is enough (contract genesys.md 6).
func MissingPermissions(err error) []string {
	e, ok := apiclient.AsError(err)
	if !ok || e.Status != http.StatusForbidden {
		return nil
	}
	var missing []string
	for _, text := range append([]string{e.Summary}, e.Causes...) {
		for _, name := range permissionName.FindAllString(text, -1) {
			if !slices.Contains(missing, name) {
				missing = append(missing, name)
			}
		}
	}
	return missing
}

// VersionConflict reports whether an integration's configuration was changed by someone else since it was
// read; the API says so in three ways (contract genesys.md 1.3).
func VersionConflict(err error) bool {
	e, ok := apiclient.AsError(err)
	if !ok {
		return false
	}
	switch e.Status {
	case http.StatusConflict, http.StatusRequestTimeout:
		return true
	case http.StatusBadRequest:
		return strings.Contains(strings.Join(append(e.Causes, e.Summary), " "), "does not match the current version")
	}
	return false
}

package apiclient

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestErrorSentence(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]*Error{
		"Okta refused createApplication: E0000001 Api validation failed: label (request abc)": {
			Service: Okta, Op: "createApplication", Status: 400, Code: "E0000001", Summary: "Api validation failed: label", RequestID: "abc",
		},
		"Okta refused createApplication: E0000001 no; label: taken; name: too long": {
			Service: Okta, Op: "createApplication", Status: 400, Code: "E0000001", Summary: "no", Causes: []string{"label: taken", "name: too long"},
		},
		"Genesys Cloud refused postIntegrations: HTTP 502; the change may have been made (request 1-2)": {
			Service: GenesysCloud, Op: "postIntegrations", Status: 502, Maybe: true, RequestID: "1-2",
		},
		"Okta, getUser at acme.okta.com: can't be reached: no such host": {
			Service: Okta, Op: "getUser", Host: "acme.okta.com", Summary: "no such host", Err: ErrUnreachable,
		},
		"Okta, getUser at acme.okta.com: context canceled": {
			Service: Okta, Op: "getUser", Host: "acme.okta.com", Err: context.Canceled,
		},
		"Okta, getUser at acme.okta.com: a portal or proxy answered instead of the API: HTTP 403": {
			Service: Okta, Op: "getUser", Host: "acme.okta.com", Status: 403, Err: ErrNotAPI,
		},
	} {
		assert.Check(t, is.Equal(e.Error(), want))
	}
}

func TestNotFound(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want bool
	}{
		{fmt.Errorf("step: %w", &Error{Status: 404}), true},
		{&Error{Status: 404, Err: ErrNotAPI}, false}, // a proxy's page
		{&Error{Status: 403}, false},
		{errors.New("x"), false},
		{nil, false},
	} {
		assert.Check(t, is.Equal(NotFound(tt.err), tt.want), tt.err)
	}
}

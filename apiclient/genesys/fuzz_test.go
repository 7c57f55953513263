package genesys

import (
	"encoding/json"
	"net/http"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func FuzzDecodeError(f *testing.F) {
	f.Add(`{"message":"m","code":"bad.request","contextId":"c","details":[{"errorCode":"x","fieldName":"y"}],"limit":{"key":"k","value":1},"messageParams":{"permissions":"integrations:integration:view"}}`)
	f.Add(`{"errors":[{"message":1}]}`)
	f.Add(`null`)
	f.Fuzz(func(t *testing.T, body string) {
		var a, b apiclient.Error
		decodeError(&a, http.Header{}, []byte(body))
		decodeError(&b, http.Header{}, []byte(body))
		assert.Check(t, is.Equal(a.Error(), b.Error()), "%q reads differently twice: %v, %v", body, a, b)
	})
}

// FuzzDeployment: of the snippet only what a terminal would obey is changed; everything that is shown is clean.
func FuzzDeployment(f *testing.F) {
	f.Add(`{"id":"d","name":"n","snippet":"<script>\u001b</script>","configuration":{"id":"c","version":"1"},"allowedDomains":["a"],"flow":{"id":"f"}}`)
	f.Add(`{"id":"d","configuration":{"version":2},"allowedDomains":null,"flow":null}`)
	f.Add(`{"snippet":{}}`)
	f.Fuzz(func(t *testing.T, body string) {
		var d Deployment
		if apiclient.Fill([]byte(body), &d) != nil {
			return
		}
		var raw struct{ Snippet string }
		assert.Check(t, json.Unmarshal([]byte(body), &raw) != nil || apiclient.CleanLines(raw.Snippet) == d.Snippet,
			"the snippet %q became %q", raw.Snippet, d.Snippet)
		for _, text := range append([]string{d.ID, d.Name, d.Status, d.ConfigurationID, d.ConfigurationVersion, d.FlowID}, d.AllowedDomains...) {
			assert.Check(t, is.Equal(text, apiclient.Clean(text)), "not clean")
		}
	})
}

package transcript

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

// mostClaims bounds how many names are written of a token.
const mostClaims = 100

// claimNames are the names of the claims in the signed tokens of a JSON body, by the member that has the token. They say
// what the vendors put there, which isn't documented; their values are personal data.
func claimNames(h http.Header, data []byte) map[string][]string {
	if !strings.Contains(h.Get("Content-Type"), "json") {
		return nil
	}
	var members map[string]any
	if json.Unmarshal(data, &members) != nil {
		return nil
	}
	var out map[string][]string
	for member, value := range members {
		text, _ := value.(string)
		parts := strings.Split(text, ".")
		if len(parts) != 3 {
			continue
		}
		payload, err := base64.RawURLEncoding.DecodeString(parts[1])
		var claims map[string]json.RawMessage
		if err != nil || json.Unmarshal(payload, &claims) != nil || len(claims) > mostClaims {
			continue
		}
		if out == nil {
			out = map[string][]string{}
		}
		for _, name := range slices.Sorted(maps.Keys(claims)) {
			out[apiclient.Clean(member)] = append(out[apiclient.Clean(member)], apiclient.Clean(name))
		}
	}
	return out
}

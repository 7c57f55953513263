package guide

import "strings"

// secretNames are what users may call a secret, apart from its key and its variables.
var secretNames = map[string]Key{
	"okta-api-token": OktaToken, "api-token": OktaToken, "token": OktaToken, "ssws": OktaToken,
	"genesys-secret": GenesysClientSecret, "oauthclient-secret": GenesysClientSecret, "client-secret": GenesysClientSecret,
	"secret": GenesysClientSecret, "password": GenesysClientSecret,
	"okta-private-key": OktaKey, "private-key": OktaKey, "access-token": GenesysAccessToken,
}

// SecretNamed returns the question for a secret of that name, which flags and files don't take.
func SecretNamed(name string) (Question, bool) {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	if key, ok := secretNames[name]; ok {
		return QuestionFor(key)
	}
	for _, q := range questions {
		if q.Kind != Hidden {
			continue
		}
		for _, known := range append([]string{string(q.Key)}, q.Env...) {
			if name == strings.ReplaceAll(strings.ToLower(known), "_", "-") {
				return q, true
			}
		}
	}
	return Question{}, false
}

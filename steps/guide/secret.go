package guide

import "msgsso-wizard/apiclient"

// Secret is a credential that lives in memory only.
type Secret = apiclient.Secret

// NewSecret wraps text.
func NewSecret(text string) Secret { return apiclient.NewSecret(text) }

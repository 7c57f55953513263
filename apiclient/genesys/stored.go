package genesys

import (
	"maps"

	"msgsso-wizard/apiclient"
)

// Stored returns the version as Genesys Cloud wrote it. It is only to be read.
func (c Configuration) Stored() apiclient.Object { return c.raw }

// Stored returns the deployment as Genesys Cloud wrote it. It is only to be read.
func (d Deployment) Stored() apiclient.Object { return d.raw }

// Stored returns the configuration as Genesys Cloud wrote it, but without notes where it has its word for empty ones. It is
// only to be read.
func (c IntegrationConfig) Stored() apiclient.Object {
	if c.raw["notes"] != emptyNotes {
		return c.raw
	}
	whole := maps.Clone(c.raw)
	delete(whole, "notes")
	return whole
}

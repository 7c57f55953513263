package genesys

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
)

func TestOtherRegions(t *testing.T) {
	t.Parallel()
	for region, want := range map[string]string{
		"mypurecloud.de":  "Ireland (mypurecloud.ie), London (euw2.pure.cloud), Zurich (euc2.pure.cloud)",
		"Sydney":          "Mumbai (aps1.pure.cloud), Tokyo (mypurecloud.jp), Seoul (apne2.pure.cloud)",
		"us-west-2":       "US East (mypurecloud.com), Canada (cac1.pure.cloud), São Paulo (sae1.pure.cloud)",
		"api.example.com": "US East (mypurecloud.com), US West (usw2.pure.cloud), Canada (cac1.pure.cloud)",
	} {
		r, _, err := genesys.ParseRegion(region)
		assert.NilError(t, err)
		err = unknownClient(r, &apiclient.Error{Service: apiclient.GenesysCloud, Code: "invalid_client", Summary: "client not found", Host: "h"})
		assert.Check(t, is.ErrorContains(err, "change the region. Try "+want+"."), region)
	}
}

package okta

import (
	"path"
	"strings"
)

// buckets are the groups of calls that share one rate limit; the first match counts (contract okta.md 6).
// "*" stands for one segment, a "/" at the end for everything below.
var buckets = []struct{ pattern, bucket string }{
	{"/api/v1/apps/*", "/api/v1/apps/{id}"},
	{"/api/v1/apps", "/api/v1/apps"},
	{"/api/v1/apps/", "/api/v1/apps"},
	{"/api/v1/groups", "/api/v1/groups"},
	{"/api/v1/groups/*", "/api/v1/groups/{id}"},
	{"/api/v1/users/*", "/api/v1/users/{id}"},
	{"/api/v1/", "/api/v1"},
}

// bucket names the rate limit that a call counts against; nothing for the documents that are not limited.
// Okta does not tell the methods apart on the paths that this client uses.
func bucket(callPath string) string {
	for _, b := range buckets {
		if strings.HasSuffix(b.pattern, "/") {
			if strings.HasPrefix(callPath, b.pattern) {
				return b.bucket
			}
			continue
		}
		// The patterns are constant and well formed, so the error cannot occur.
		if ok, _ := path.Match(b.pattern, callPath); ok {
			return b.bucket
		}
	}
	return ""
}

package guide

import (
	"fmt"
	"net/url"
	"regexp"
)

// consoleIntegration is the fragment of the console's address of an integration: it names the type and the integration
// (contract genesys.md 1.1).
var consoleIntegration = regexp.MustCompile(`/admin/integrations/apps/([^/?#\s]+)(?:/([^/?#\s]+))?`)

// fromConsole reads a part of a pasted address; empty: it is no such address.
func fromConsole(raw string, part int) string {
	found := consoleIntegration.FindStringSubmatch(raw)
	if found == nil {
		return ""
	}
	name, err := url.PathUnescape(found[part])
	if err != nil {
		return ""
	}
	return name
}

// parseIntegration also takes the console's address of an integration.
func parseIntegration(raw string) (string, string, error) {
	if id := fromConsole(raw, 2); id != "" {
		return id, "That was the console's URL; the integration's ID is " + clip(id) + ".", nil
	}
	return parseName("integration name")(raw)
}

// parseIntegrationType reads the ID of a type, or the console's address of an integration of it.
func parseIntegrationType(raw string) (string, string, error) {
	if id := fromConsole(raw, 1); id != "" {
		return id, "That was the console's URL; the type's ID is " + clip(id) + ".", nil
	}
	if _, _, err := parseWord("type ID")(raw); err != nil {
		return "", "", fmt.Errorf("%q isn't the ID of a type, or the URL of an integration in the console", clip(raw))
	}
	return raw, "", nil
}

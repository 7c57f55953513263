package opentofu

import (
	"cmp"
	_ "embed" // of the README
	"fmt"
	"strconv"
	"strings"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

//go:embed readme.md
var readmeText string

// marked are the texts by which the wizard knows its objects without its run journal.
var marked = []struct {
	kind guide.ObjectKind
	text string
}{
	{guide.KindApp, "`profile` of the app"},
	{guide.KindIntegration, "`notes` of the integration"},
	{guide.KindConfiguration, "`description` of the configuration"},
	{guide.KindDeployment, "`description` of the deployment"},
}

// readme says what the first plan shows and why, and what must not be changed.
func readme(s Setup, addresses map[string]string) string {
	var imported, left strings.Builder
	has, changed, fixed := map[guide.ObjectKind]bool{}, 0, 0
	for _, o := range s.Objects {
		has[o.Kind] = true
		fmt.Fprintf(&imported, "| %s | %s | `%s` | `%s` |\n", o.Kind, cell(o.Name), addresses[o.importID()], o.importID())
		if v := variantOf(o); v.omitsSecret {
			changed++
		} else if v.ignoresRotation {
			fixed++
		}
	}
	for _, l := range s.Left {
		fmt.Fprintf(&left, "| %s | %s | `%s` | %s |\n", l.Kind, cell(l.Name), l.ID, cell(l.Why))
	}
	keep := ""
	for _, m := range marked {
		if has[m.kind] {
			keep += "- The " + m.text + ".\n"
		}
	}
	why, app, state := "All values are those that the services returned.", "", ""
	if changed > 0 {
		why = explain.Counted(changed, "change is of an app", "changes are of apps") + ". `omit_secret` and `skip_authentication_policy` are settings of the provider, which Okta doesn't have. " +
			"Applying it sends the app as it is, once. New is only `refresh_token_leeway = 0`, Okta's default."
		app = "- `omit_secret` and `skip_authentication_policy` of the app. Without them, the answer to the next change puts the client secret into the state.\n"
	}
	if fixed > 0 {
		why += " " + explain.Counted(fixed, "app has", "apps have") + " no Refresh Token grant, so OpenTofu ignores the rotation."
		app += "- An app without the Refresh Token grant. Change it in Okta or with the wizard: the answer to a change by OpenTofu puts the client secret into the state.\n"
		state = " A change of an app without the Refresh Token grant would put the client secret there."
	}
	unproven := ""
	if has[guide.KindIntegration] {
		unproven = "\nOne rule wasn't tried with the real provider: `ignore_changes = [config[0].credentials]` of the integration. It matters after a rotation, " +
			"when the integration uses another credential. If the next plan then changes `credentials`, don't apply it.\n"
	}
	outside := ""
	if left.Len() > 0 {
		outside = "\n## Not in these files\n\nOpenTofu doesn't change these objects. The files name them by their IDs.\n\n| Object | Name | ID | Why |\n|---|---|---|---|\n" + left.String()
	}
	return strings.NewReplacer(
		"{version}", s.Version, "{imported}", imported.String(), "{region}", cmp.Or(s.provider().region, "…"),
		"{count}", strconv.Itoa(len(s.Objects)), "{changes}", strconv.Itoa(changed), "{why}", why,
		"{marks}", keep, "{app}", app, "{unproven}", unproven, "{left}", outside, "{state}", state,
	).Replace(readmeText)
}

// cell is text that a Markdown table takes for nothing else.
func cell(text string) string {
	return strings.NewReplacer("\n", " ", "\r", " ", "|", `\|`, "`", "'", "<", "&lt;").Replace(text)
}

//go:build linux

package e2e

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// The seeds under which the simulator's integration type is what the contract allows and does not expect.
const firstUnusual, unusualSeeds = 1300, 12

// inConsole is what an admin reads in the console about the properties and fields of the type, by their titles.
var inConsole = map[string]string{
	"Concurrent Sign-ins": "12", "Strict Issuer Check": "true", "Service Tier": "Premium", "Provider Label": "Okta",
	"Scopes": "openid", "Name Claims": "email", "Realm": "acme",
}

// unusual is the organization of a seed, as its admin knows it.
type unusual struct {
	t           *testing.T
	api         services.Genesys
	typeID      string // of the integration that an admin added
	integration string
	titles      map[string]string // of the properties and of the credential's fields, by their names
}

func unusualOrg(t *testing.T, sim *simulator.Server) unusual {
	t.Helper()
	o := unusual{t: t, api: genesysAPI(t, sim), titles: map[string]string{}}
	all, err := o.api.Integrations(t.Context())
	assert.NilError(t, err)
	i := slices.IndexFunc(all, func(i genesys.Integration) bool { return i.Name == "Chat sign-in" })
	assert.Assert(t, i >= 0, "no integration was added in the console")
	o.typeID, o.integration = all[i].TypeID, all[i].ID
	schema, err := o.api.PropertiesSchema(t.Context(), o.typeID)
	assert.NilError(t, err)
	for name, p := range schema.Properties {
		o.titles[name] = p.Title
	}
	return o
}

// address is the console's URL of that integration.
func (o unusual) address() string {
	return "https://apps.mypurecloud.de/directory/#/admin/integrations/apps/" + o.typeID + "/" + o.integration
}

// properties are those of the integration that the wizard set up.
func (o unusual) properties() apiclient.Object {
	o.t.Helper()
	all, err := o.api.Integrations(o.t.Context())
	assert.NilError(o.t, err)
	i := slices.IndexFunc(all, func(i genesys.Integration) bool { return i.Name == "Messenger SSO (Okta)" })
	assert.Assert(o.t, i >= 0, "the wizard set up no integration")
	return all[i].Config.Properties
}

// value is what the admin answers where a flag is proposed.
func (o unusual) value(flag, proposed string) string {
	name, _, named := strings.Cut(proposed, "=")
	switch {
	case flag == "--integration-type":
		return o.typeID
	case flag == "--client-id-field" || flag == "--client-secret-field":
		return map[string]string{"--client-id-field": "left", "--client-secret-field": "right"}[flag]
	case named && inConsole[o.titles[name]] != "":
		return name + "=" + inConsole[o.titles[name]]
	}
	return proposed
}

// proposedFlag is a flag of the command line in an error.
var proposedFlag = regexp.MustCompile(`(--[a-z-]+) ('[^']*'|\S+)`)

// TestUnusualTypesUnattended has no user: each error names the flags to add, and with these the next run comes further, to
// the snippet. The run after it needs none of them, and neither does one after an undo: what is set up is the same.
func TestUnusualTypesUnattended(t *testing.T) {
	t.Parallel()
	for seed := range uint64(unusualSeeds / repeat.Every(3, 1)) {
		t.Run(fmt.Sprint(firstUnusual+seed), func(t *testing.T) {
			t.Parallel()
			sim := simtest.Start(t, simulator.Options{Seed: firstUnusual + seed})
			o := unusualOrg(t, sim)
			args, environ := []string{"--no-input"}, append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir())
			got := run(t, environ, "", args...)
			for tries := 0; got.code != 0; tries++ {
				said := unwrapped(got.said)
				assert.Assert(t, tries < 5 && (got.code == 2 || got.code == 4), "code %d:\n%s", got.code, said)
				_, line, _ := strings.Cut(said, "with your values: ")
				more := proposedFlag.FindAllStringSubmatch(line, -1)
				for _, flag := range more {
					args = append(args, flag[1], o.value(flag[1], strings.Trim(flag[2], "'")))
				}
				switch {
				case got.code == 4: // nothing speaks for any type
					args = append(args, "--integration-type", o.address())
				case strings.Contains(line, "MSGSSO_CREDENTIAL_FIELDS="):
					environ = append(environ, "MSGSSO_CREDENTIAL_FIELDS=realm=acme")
				default:
					assert.Assert(t, len(more) > 0, "no flags in:\n%s", said)
				}
				got = run(t, environ, "", args...)
			}
			assert.Check(t, is.Contains(got.out, "</script>"))
			secretless := slices.DeleteFunc(slices.Clone(environ), func(v string) bool { return strings.HasPrefix(v, "MSGSSO_CREDENTIAL_FIELDS=") })
			before := writes(sim)
			again := run(t, secretless, "", "--no-input")
			assert.Check(t, is.Equal(again.code, 0), again.said)
			assert.Check(t, is.Contains(again.out, "</script>"))
			assert.Check(t, is.Equal(writes(sim), before), "writes of the second run")
			first := o.properties()
			undone := run(t, environ, "", "undo", "--yes")
			assert.Assert(t, is.Equal(undone.code, 0), undone.said)
			fresh := run(t, environ, "", "--no-input", "--fresh")
			assert.Check(t, fresh.code == 2 || fresh.code == 4 || len(args) == 1, fresh.said)
			after := run(t, environ, "", "--no-input")
			assert.Assert(t, is.Equal(after.code, 0), after.said)
			assert.Check(t, is.DeepEqual(o.properties(), first), "(-after an undo +first run)")
		})
	}
}

// focus is the line with the cursor.
var focus = regexp.MustCompile(`(?m)^.*›.*$`)

// labels are the labels of a form's rows.
var labels = regexp.MustCompile(`(?m)^[ ›] (\S.*?)(?:\s{2,}|›|$)`)

// isForm reports whether a question has the keys.
func isForm(shown string) bool {
	return strings.Contains(shown, "question ") || strings.Contains(shown, "esc back to the review")
}

// askedFor is the label of the row with the cursor, or nothing.
func askedFor(shown string) string {
	at := focus.FindStringIndex(shown)
	if at == nil || !isForm(shown) {
		return ""
	}
	rows := labels.FindAllStringSubmatch(shown[:at[1]], -1)
	return strings.TrimSpace(rows[len(rows)-1][1])
}

// instead are the keys that put a text in the place of what a field has. Pressed twice, they do the same as once, and no
// part of the text is ever shown.
func instead(text string) string { return "\x15\x1b[200~" + text + "\x1b[201~" }

// keysFor are the keys that an admin presses where a form asks.
func (o unusual) keysFor(shown string) string {
	const down = "\x1b[B"
	label, line := askedFor(shown), focus.FindString(shown)
	if label == "" {
		return onward(shown)
	}
	want, known := inConsole[label], true
	switch label {
	case "Integration type":
		if strings.Contains(line, "ID or console URL: ") {
			return enter
		}
		return instead(o.address())
	case "Field for the client ID":
		want = "Left"
	case "Field for the client secret":
		want = "Right"
	case "Credential":
		want = "Client credentials"
	default:
		known = want != ""
	}
	if want == "true" {
		want = "True"
	}
	switch {
	case !known || strings.Contains(line, "(•) "+want) || strings.Contains(line, want) && !strings.Contains(line, "[ ]") && !strings.Contains(line, "( )"):
		return enter
	case strings.Contains(line, "(•)"), strings.Contains(line, "( )"):
		return down
	case strings.Contains(line, "[ ]") && strings.Contains(line, want):
		return space
	case strings.Contains(line, "[✓]") && strings.Contains(line, want):
		return enter
	case strings.Contains(line, "["):
		return down
	case strings.Contains(line, "•"):
		return enter
	}
	return instead(want)
}

// TestUnusualTypesByKeys answers what the full screen asks, to the snippet.
func TestUnusualTypesByKeys(t *testing.T) {
	t.Parallel()
	for seed := range uint64(unusualSeeds / repeat.Every(3, 1)) {
		t.Run(fmt.Sprint(firstUnusual+seed), func(t *testing.T) {
			t.Parallel()
			sim := simtest.Start(t, simulator.Options{Seed: firstUnusual + seed})
			o := unusualOrg(t, sim)
			tt := onTerminalOf(t, 100, 50, append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir()))
			tt.play(func(shown string) string {
				if !isForm(shown) && strings.Contains(shown, "doesn't offer the integration type") {
					return "e"
				}
				return o.keysFor(shown)
			})
			assert.Check(t, is.Contains(tt.ends(0), "</script>"))
		})
	}
}

// genesysAPI speaks to the organization as its admin.
func genesysAPI(t *testing.T, sim *simulator.Server) services.Genesys {
	t.Helper()
	dialer, c := services.New(), sim.Credentials()
	t.Cleanup(dialer.Close)
	api, err := dialer.Genesys(sim.GenesysURL(), guide.GenesysLogin{
		Method: guide.GenesysByClient, ClientID: c.GenesysClientID, Secret: guide.NewSecret(c.GenesysClientSecret),
	})
	assert.NilError(t, err)
	return api
}

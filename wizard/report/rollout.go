package report

import (
	"fmt"
	"io"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// Versions writes which versions a deployment can use, a line for each.
func Versions(w io.Writer, v setup.Versions) {
	d := v.Deployment
	fmt.Fprintf(w, "Deployment %q uses version %s of its configuration.\n", d.Name, d.ConfigurationVersion)
	for _, version := range v.All {
		used := ""
		if version.Used {
			used = "in use"
		}
		fmt.Fprintln(w, "  "+line("version "+version.Version, published(version), signIn(version), used))
	}
}

// Moved writes that a deployment uses another version, and whether browsers get it.
func Moved(w io.Writer, m Marks, moved setup.Moved) {
	fmt.Fprintf(w, "%s Deployment %q uses version %s now. Its pages keep their snippet.\n", m.Done, moved.Deployment.Name, moved.Deployment.ConfigurationVersion)
	if len(moved.Warnings) == 0 {
		fmt.Fprintf(w, "%s Browsers got it after %s.\n", m.Done, Seconds(moved.After))
	}
	for _, text := range moved.Warnings {
		fmt.Fprintln(w, m.Note+" "+text)
	}
}

// tried writes what is live and what is tried, and how to go on; nil: no version is tried first.
func tried(w io.Writer, m Marks, r *setup.Rollout) {
	switch {
	case r == nil:
	case r.IsLive():
		fmt.Fprintf(w, "%s The live deployment %q uses version %s. To go back: msgsso-wizard rollout --deployment %s --to %s\n", m.Note, r.LiveName, r.Live, r.LiveID, r.Before)
		fmt.Fprintf(w, "%s Its pages have its snippet already. Staging pages keep that of the test deployment %q.\n", m.Note, r.TestName)
	default:
		fmt.Fprintf(w, "%s The live deployment %q keeps version %s. The snippet is of the test deployment %q, which uses version %s. Test it: msgsso-wizard test --deployment %s\n",
			m.Note, r.LiveName, r.Live, r.TestName, r.Tried, r.TestID)
		fmt.Fprintf(w, "%s To go live: msgsso-wizard rollout --deployment %s --to %s\n", m.Note, r.LiveID, r.Tried)
	}
}

// listed is how many versions the handover record lists.
const listed = 10

// versions lists the published versions, and says how to go back.
func (r HandoverFacts) versions() string {
	all, rollout := r.Result.Versions, r.Result.Rollout
	text := "| Version | Published | Sign-in | Live |\n|---|---|---|---|\n"
	for _, v := range all[:min(len(all), listed)] {
		text += fmt.Sprintf("| %s | %s | %s | %s |\n", escaped(v.Version), published(v), signIn(v), map[bool]string{true: "yes"}[v.Used])
	}
	command, deployment := "    msgsso-wizard rollout --deployment %s --to %s\n", r.Result.Genesys.DeploymentID
	switch {
	case rollout != nil && !rollout.IsLive():
		text += fmt.Sprintf("\nThe live deployment %s keeps version %s. To go live:\n\n"+command,
			code(rollout.LiveID), escaped(rollout.Live), rollout.LiveID, rollout.Tried)
	case rollout != nil:
		text += fmt.Sprintf("\nThe live deployment %s used version %s before. To go back:\n\n"+command, code(rollout.LiveID), escaped(rollout.Before), rollout.LiveID, rollout.Before)
	case len(all) > 1:
		text += fmt.Sprintf("\nTo go back to the version before:\n\n"+command, deployment, "previous")
	default:
		return text + "\nThere is no earlier version. `msgsso-wizard rollout` moves the deployment to a later one, and back.\n"
	}
	return text + "\nThe command says what visitors notice, and asks first. To test a new version before visitors see it, run the guide and choose Try it first.\n"
}

// paste says which deployment the snippet of the record is of, how far its rollout is, and where the snippet goes.
func (r HandoverFacts) paste() string {
	rollout := r.Result.Rollout
	if rollout == nil {
		return "Paste this snippet before `</head>`:"
	}
	live, test := escaped(rollout.LiveName), escaped(rollout.TestName)
	if rollout.IsLive() {
		return fmt.Sprintf("It is the live deployment %s, which used version %s before. The test deployment %s (%s) has another snippet, for staging pages. Live pages have this one already:",
			live, escaped(rollout.Before), test, code(rollout.TestID))
	}
	return fmt.Sprintf("It is the test deployment %s. The live deployment %s (%s) keeps version %s until you go live. Paste this snippet of the test deployment before `</head>` on your staging pages. Live pages keep theirs:",
		test, live, code(rollout.LiveID), escaped(rollout.Live))
}

func published(v setup.Version) string {
	if v.Published.IsZero() {
		return ""
	}
	return v.Published.UTC().Format("2006-01-02 15:04 UTC")
}

func signIn(v setup.Version) string {
	if v.SignIn {
		return "sign-in required"
	}
	return "no sign-in"
}

// RolloutDocument is the document of rollout.
type RolloutDocument struct {
	OK              bool               `json:"ok"` // there was no error
	DeploymentID    string             `json:"deployment_id"`
	Deployment      string             `json:"deployment"`
	ConfigurationID string             `json:"configuration_id"`
	From            string             `json:"from"`                        // the version that the deployment used
	To              string             `json:"to"`                          // the version that was asked for; empty: none
	Moved           bool               `json:"moved"`                       // the deployment uses the version now
	BrowsersMS      *int64             `json:"browsers_after_ms,omitempty"` // how long it took until browsers got the version; missing: they didn't get it yet
	Versions        []setup.Version    `json:"versions"`                    // those that the deployment can use, newest first
	Notices         []string           `json:"notices,omitempty"`           // of the plan: what needs attention
	Warnings        []string           `json:"warnings,omitempty"`          // what needs attention in the result
	Calls           services.Calls     `json:"calls"`                       // API calls
	Error           *setup.ResultError `json:"error,omitempty"`             // why the command stopped
}

// RolloutOf makes the document.
func RolloutOf(v setup.Versions, plan engine.Plan, to string, moved *setup.Moved, calls services.Calls, problem *setup.ResultError) RolloutDocument {
	d := RolloutDocument{
		OK: problem == nil, DeploymentID: v.Deployment.ID, Deployment: v.Deployment.Name, ConfigurationID: v.Deployment.ConfigurationID,
		From: v.Deployment.ConfigurationVersion, To: to, Versions: append([]setup.Version{}, v.All...), Calls: calls, Error: problem,
	}
	for _, n := range plan.Attention() {
		d.Notices = append(d.Notices, n.Text)
	}
	if moved != nil {
		d.Moved, d.Warnings = true, moved.Warnings
		if len(moved.Warnings) == 0 && problem == nil {
			d.BrowsersMS = new(moved.After.Milliseconds())
		}
		for i, version := range d.Versions {
			d.Versions[i].Used = version.Version == moved.Deployment.ConfigurationVersion
		}
	}
	return d
}

package report

import (
	_ "embed" // of the record's text
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
)

// HandoverFacts is what the handover record is written from.
type HandoverFacts struct {
	Result  setup.Result
	Answers *guide.Answers
	Run     string    // the id under which the run is kept; empty: it made nothing, or is not kept
	When    time.Time // when the record is written
	Version string    // of the program
	Demo    bool      // a demo
	Revoked bool      // the run revoked its Okta API token

	Secret   time.Time // when a rotation in the guide created the client secret; zero: there was none
	Rotation string    // the ID of its run while undo can go back
}

//go:embed handover.md
var handover string

// Handover returns the handover record for the team that runs this setup, in Markdown: objects, page code, next steps,
// and undo. It contains no secrets.
func Handover(r HandoverFacts) string {
	o, g := r.Result.Okta, r.Result.Genesys
	demo := ""
	if r.Demo {
		demo = "**This was a demo. Nothing below is real.**\n\n"
	}
	made, warnings, pages := "", "", []string{}
	for _, c := range r.Result.Changes {
		what := became[c.Verb]
		if c.Unready {
			what += ", not ready yet"
		}
		made += fmt.Sprintf("| %s | %s | %s | %s |\n", escaped(string(c.Kind)), escaped(c.Kind.Shown(c.Name)), code(c.ID), what)
	}
	for _, warning := range r.Result.Warnings {
		warnings += "\n- " + escaped(warning) + "\n"
	}
	for _, uri := range r.Answers.Get(guide.RedirectURIs).Values {
		pages = append(pages, code(uri))
	}
	snippet := ended(r.Result.Snippet)
	return strings.NewReplacer(
		"{demo}", demo, "{version}", escaped(r.Version), "{when}", r.When.UTC().Format("2006-01-02 15:04 UTC"),
		"{okta org}", escaped(o.Org), "{genesys org}", escaped(g.Org), "{region}", escaped(g.Region),
		"{okta sign-in}", r.signIn(guide.OktaSignIn, guide.OktaClientID), "{genesys sign-in}", r.signIn(guide.GenesysSignIn, guide.GenesysClientID),
		"{made}", made, "{deployment}", code(g.DeploymentID), "{version shown}", escaped(g.ConfigurationVersion),
		"{configuration}", code(g.ConfigurationID), "{paste}", r.paste(), "{snippet}", snippet, "{fence}", fence(snippet, 3), "{warnings}", warnings,
		"{issuer}", code(o.Issuer), "{client}", code(o.ClientID), "{pages}", strings.Join(pages, " or "),
		"{versions}", r.versions(), "{next}", r.next(), "{revoke}", r.revoke(), "{secret}", r.secret(), "{export}", r.export(), "{undo}", r.undo(),
	).Replace(handover)
}

// became says what the run did with a thing.
var became = map[engine.Verb]string{engine.Create: "created", engine.Update: "updated", engine.Reuse: "existed before", engine.Remove: "deleted"}

// signIn returns the sign-in method of the run, with the client ID, which is no secret.
func (r HandoverFacts) signIn(key, id guide.Key) string {
	q, _ := guide.QuestionFor(key)
	method := q.Word(r.Answers.Value(key))
	if q, _ := guide.QuestionFor(id); q.Asked(r.Answers) && r.Answers.Get(id).Given {
		return escaped(method) + ", client ID " + code(r.Answers.Value(id))
	}
	return escaped(method)
}

func (r HandoverFacts) next() string {
	todo := []string{
		"Paste the snippet before `</head>` on the pages that show Messenger.",
		"Paste the page code after the snippet.",
		"Run the sign-in test: " + code("msgsso-wizard test --deployment "+r.Result.Genesys.DeploymentID) + ". If it fails, run `msgsso-wizard doctor`.",
		"Revoke the credentials listed below.",
	}
	if rollout := r.Result.Rollout; rollout != nil {
		todo[0] = "Paste the snippet before `</head>` on your staging pages. Live pages keep theirs."
		if rollout.IsLive() {
			todo[0] = "Live pages have the snippet already. Paste it before `</head>` on new ones."
		} else {
			todo = slices.Insert(todo, 3, "Go live. See Versions.")
		}
	}
	if r.Answers.Value(guide.Assign) == guide.AssignSkip {
		todo = slices.Insert(todo, 0, "Assign users to the app in Okta. Until then, sign-in fails.")
	}
	text := ""
	for i, step := range todo {
		text += fmt.Sprintf("%d. %s\n", i+1, step)
	}
	return text
}

// secret says how old the client secret is, and when and how to rotate it.
func (r HandoverFacts) secret() string {
	created := slices.ContainsFunc(r.Result.Changes, func(c setup.ResultChange) bool {
		return c.Kind == guide.KindApp && c.Verb == engine.Create
	})
	switch {
	case r.Answers.Value(guide.OktaSignIn) == guide.OktaManual:
		return "Client secrets of Okta don't expire. Once a year, create another one in Okta, store it in Genesys Cloud, and then deactivate the old one."
	case !created && r.Secret.IsZero():
		return "Client secrets of Okta don't expire. `msgsso-wizard doctor` shows how old this one is. " + rotating
	}
	day := func(at time.Time) string { return at.UTC().Format(time.DateOnly) }
	at := r.Secret
	if at.IsZero() {
		at = r.When
	}
	text := "Created on " + day(at) + ". Client secrets of Okta don't expire. Rotate it by " + day(at.Add(oktasteps.SecretLife)) + ". " + rotating
	if r.Rotation != "" {
		text += "\n\nThe one before it is inactive. To use it again:\n\n    msgsso-wizard undo " + r.Rotation
	}
	return text
}

const rotating = "To rotate it while visitors keep signing in:\n\n    msgsso-wizard rotate\n\nFor a scheduler: `msgsso-wizard rotate --yes --max-age 90d`."

func (r HandoverFacts) revoke() string {
	text := ""
	switch r.Answers.Value(guide.OktaSignIn) {
	case guide.OktaByToken:
		text = "- API token: Okta, Security > API > Tokens\n"
		if r.Revoked {
			text = "- API token: already revoked\n"
		}
	case guide.OktaByDevice, guide.OktaByKey, guide.OktaByFile:
		text = "- The app that the wizard signed in with, if you created it for the wizard: Okta, Applications > Applications\n"
	}
	if r.Answers.Value(guide.GenesysSignIn) == guide.GenesysByToken {
		return text + "- The access token expires on its own.\n"
	}
	return text + "- OAuth client, if you created it for the wizard: Genesys Cloud, " + guide.PathOAuth + "\n"
}

func (r HandoverFacts) export() string {
	if r.Demo {
		return "Nothing to export. This was a demo.\n"
	}
	return "    msgsso-wizard export --deployment " + r.Result.Genesys.DeploymentID +
		"\n\nThis writes the objects that the wizard created as files for OpenTofu or Terraform, without secrets.\n"
}

func (r HandoverFacts) undo() string {
	switch {
	case r.Demo:
		return "Nothing left to undo. This was a demo."
	case r.Run == "":
		return "This run created nothing that it can undo."
	}
	return "    msgsso-wizard undo " + r.Run + "\n\nRun this on the computer that has the run journal. " +
		"It shows what it deletes and restores, and asks first. It keeps what others now use or have changed."
}

// escaped is text that Markdown takes for nothing else.
func escaped(text string) string { return markdown.Replace(text) }

var markdown = strings.NewReplacer(
	"\n", " ", "\r", " ", `\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "<", "&lt;", "&", "&amp;",
)

// code is text to the letter; empty for none. A backtick at either end needs a space, which Markdown drops.
func code(text string) string {
	if text == "" {
		return ""
	}
	mark := fence(text, 1)
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") {
		text = " " + text + " "
	}
	return mark + strings.NewReplacer("\n", " ", "\r", " ", "|", `\|`).Replace(text) + mark
}

// fence is a mark around text that nothing in it ends: more backticks than it has in a row.
func fence(text string, least int) string {
	mark := strings.Repeat("`", least)
	for strings.Contains(text, mark) {
		mark += "`"
	}
	return mark
}

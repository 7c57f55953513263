package report

import (
	_ "embed" // of the record's text
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// Record is what the hand-over record is written from.
type Record struct {
	Result  setup.Result
	Answers *guide.Answers
	Run     string    // the id under which the run is kept; empty: it made nothing, or is not kept
	When    time.Time // when the record is written
	Version string    // of the program
	Demo    bool      // nothing was real
	Revoked bool      // the run revoked its Okta API token
}

//go:embed handover.md
var handover string

// Handover is the record for whoever looks after the set-up from now on, in Markdown: what is where, what the page
// needs, what is left to do and how to take it back. It holds no secret.
func Handover(r Record) string {
	o, g := r.Result.Okta, r.Result.Genesys
	demo := ""
	if r.Demo {
		demo = "**This was a demo: nothing below is real.**\n\n"
	}
	made, warnings, pages := "", "", []string{}
	for _, c := range r.Result.Changes {
		what := became[c.Verb]
		if c.Unready {
			what += ", not ready yet"
		}
		made += fmt.Sprintf("| %s | %s | %s | %s |\n", escaped(string(c.Kind)), escaped(c.Name), code(c.ID), what)
	}
	for _, warning := range r.Result.Warnings {
		warnings += "\n- " + escaped(warning) + "\n"
	}
	for _, uri := range r.Answers.Get(guide.RedirectURIs).Values {
		pages = append(pages, code(uri))
	}
	return strings.NewReplacer(
		"{demo}", demo, "{version}", escaped(r.Version), "{when}", r.When.UTC().Format("2 January 2006, 15:04 UTC"),
		"{okta org}", escaped(o.Org), "{genesys org}", escaped(g.Org), "{region}", escaped(g.Region),
		"{okta way}", r.way(guide.OktaSignIn, guide.OktaClientID), "{genesys way}", r.way(guide.GenesysSignIn, guide.GenesysClientID),
		"{made}", made, "{deployment}", code(g.DeploymentID), "{version shown}", escaped(g.ConfigurationVersion),
		"{configuration}", code(g.ConfigurationID), "{snippet}", ended(r.Result.Snippet), "{warnings}", warnings,
		"{issuer}", code(o.Issuer), "{client}", code(o.ClientID), "{pages}", strings.Join(pages, " or "),
		"{next}", r.next(), "{revoke}", r.revoke(), "{undo}", r.undo(),
	).Replace(handover)
}

// became says what the run did with a thing.
var became = map[engine.Verb]string{engine.Create: "made", engine.Update: "changed", engine.Reuse: "was there before"}

// way says with which kind of credentials the run signed in; of those only the id, which is no secret.
func (r Record) way(key, id guide.Key) string {
	q, _ := guide.QuestionFor(key)
	way := q.Word(r.Answers.Value(key))
	if q, _ := guide.QuestionFor(id); q.Asked(r.Answers) && r.Answers.Get(id).Given {
		return escaped(way) + ", client id " + code(r.Answers.Value(id))
	}
	return escaped(way)
}

func (r Record) next() string {
	todo := []string{
		"Paste the snippet before `</head>` on the pages that show Messenger.",
		"Paste the page code right after it.",
		"Test the sign-in: `msgsso-wizard test --deployment " + r.Result.Genesys.DeploymentID + "`. If it fails, `msgsso-wizard doctor` looks at every link.",
		"Revoke what is not needed any more, as below.",
	}
	if r.Answers.Value(guide.Assign) == guide.AssignSkip {
		todo = slices.Insert(todo, 0, "Assign people to the app in Okta: until then nobody can sign in.")
	}
	text := ""
	for i, step := range todo {
		text += fmt.Sprintf("%d. %s\n", i+1, step)
	}
	return text
}

func (r Record) revoke() string {
	text := ""
	switch r.Answers.Value(guide.OktaSignIn) {
	case guide.OktaByToken:
		text = "- The API token: Okta: Security > API > Tokens.\n"
		if r.Revoked {
			text = "- The API token: revoked already.\n"
		}
	case guide.OktaByDevice, guide.OktaByKey, guide.OktaByFile:
		text = "- What the wizard signed in to Okta with, if it was made for that: Okta: Applications > Applications.\n"
	}
	if r.Answers.Value(guide.GenesysSignIn) == guide.GenesysByToken {
		return text + "- The access token ends by itself.\n"
	}
	return text + "- The OAuth client, if it was made for the wizard: Genesys Cloud: Admin > Integrations > OAuth.\n"
}

func (r Record) undo() string {
	switch {
	case r.Demo:
		return "Nothing is left to take back: this was a demo."
	case r.Run == "":
		return "This run made nothing that it could take back."
	}
	return "    msgsso-wizard undo " + r.Run + "\n\nOn the computer where it ran, where its record is kept. " +
		"It shows what would go and asks; what others changed or use since stays."
}

// escaped is text that Markdown takes for nothing else.
func escaped(text string) string { return markdown.Replace(text) }

var markdown = strings.NewReplacer(
	"\n", " ", "\r", " ", `\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "<", "&lt;", "&", "&amp;",
)

// code is text to the letter; empty for none.
func code(text string) string {
	if text == "" {
		return ""
	}
	return "`" + strings.NewReplacer("\n", " ", "\r", " ", "`", "'", "|", `\|`).Replace(text) + "`"
}

package report

import (
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

// Handover is the record for whoever looks after the set-up from now on, in Markdown: what is where, what the page
// needs, what is left to do and how to take it back. It holds no secret.
func Handover(r Record) string {
	var b strings.Builder
	for _, part := range []func(*strings.Builder){r.head, r.orgs, r.made, r.deployment, r.pageCode, r.next, r.revoke, r.undo} {
		part(&b)
	}
	return b.String()
}

func (r Record) head(b *strings.Builder) {
	fmt.Fprintf(b, "# Okta sign-in for Genesys Cloud Messenger: hand-over\n\n")
	if r.Demo {
		fmt.Fprintf(b, "**This was a demo: nothing below is real.**\n\n")
	}
	fmt.Fprintf(b, "Set up with msgsso-wizard %s; written on %s. It holds no secret.\n",
		escaped(r.Version), r.When.UTC().Format("2 January 2006, 15:04 UTC"))
}

func (r Record) orgs(b *strings.Builder) {
	o, g := r.Result.Okta, r.Result.Genesys
	heading(b, "Where")
	table(b, []string{"", "Okta", "Genesys Cloud"}, [][]string{
		{"Organization", escaped(o.Org), escaped(g.Org) + " (" + escaped(g.Region) + ")"},
		{"Signed in by", r.way(guide.OktaSignIn, guide.OktaClientID), r.way(guide.GenesysSignIn, guide.GenesysClientID)},
	})
}

// way says with which kind of credentials the run signed in; of those only the id, which is no secret.
func (r Record) way(key, id guide.Key) string {
	q, _ := guide.QuestionFor(key)
	way := q.Word(r.Answers.Value(key))
	if q, _ := guide.QuestionFor(id); q.Asked(r.Answers) && r.Answers.Get(id).Given {
		return escaped(way) + ", client id " + code(r.Answers.Value(id))
	}
	return escaped(way)
}

// became says what the run did with a thing.
var became = map[engine.Verb]string{engine.Create: "made", engine.Update: "changed", engine.Reuse: "was there before"}

func (r Record) made(b *strings.Builder) {
	heading(b, "What was made")
	var rows [][]string
	for _, c := range r.Result.Changes {
		what := became[c.Verb]
		if c.Unready {
			what += ", not ready yet"
		}
		rows = append(rows, []string{escaped(string(c.Kind)), escaped(c.Name), code(c.ID), what})
	}
	table(b, []string{"What", "Name", "Id", ""}, rows)
}

func (r Record) deployment(b *strings.Builder) {
	g := r.Result.Genesys
	heading(b, "The deployment")
	fmt.Fprintf(b, "Deployment %s shows version %s of the Messenger configuration %s. Its snippet, to paste before `</head>`:\n\n```html\n%s```\n",
		code(g.DeploymentID), escaped(g.ConfigurationVersion), code(g.ConfigurationID), ended(r.Result.Snippet))
	for _, warning := range r.Result.Warnings {
		fmt.Fprintf(b, "\n- %s\n", escaped(warning))
	}
}

func (r Record) pageCode(b *strings.Builder) {
	heading(b, "The page code")
	fmt.Fprintf(b, "The snippet alone signs nobody in: the page also needs the sign-in code right after it, which `msgsso-wizard page` writes. It is filled in with:\n\n")
	var uris []string
	for _, uri := range r.Answers.Get(guide.RedirectURIs).Values {
		uris = append(uris, code(uri))
	}
	table(b, []string{"Value", ""}, [][]string{
		{"Issuer", code(r.Result.Okta.Issuer)},
		{"Client id", code(r.Result.Okta.ClientID)},
		{"Redirect URI", strings.Join(uris, " or ")},
	})
}

func (r Record) next(b *strings.Builder) {
	heading(b, "What to do next")
	todo := []string{
		"Paste the snippet before `</head>` on the pages that show Messenger.",
		"Paste the page code right after it.",
		"Test the sign-in: `msgsso-wizard test --deployment " + r.Result.Genesys.DeploymentID + "`. If it fails, `msgsso-wizard doctor` looks at every link.",
		"Revoke what is not needed any more, as below.",
	}
	if r.Answers.Value(guide.Assign) == guide.AssignSkip {
		todo = slices.Insert(todo, 0, "Assign people to the app in Okta: until then nobody can sign in.")
	}
	for i, text := range todo {
		fmt.Fprintf(b, "%d. %s\n", i+1, text)
	}
}

func (r Record) revoke(b *strings.Builder) {
	heading(b, "What to revoke")
	switch r.Answers.Value(guide.OktaSignIn) {
	case guide.OktaByToken:
		what := "Okta: Security > API > Tokens"
		if r.Revoked {
			what = "revoked already"
		}
		fmt.Fprintf(b, "- The API token: %s.\n", what)
	case guide.OktaByDevice, guide.OktaByKey, guide.OktaByFile:
		fmt.Fprintf(b, "- What the wizard signed in to Okta with, if it was made for that: Okta: Applications > Applications.\n")
	}
	switch r.Answers.Value(guide.GenesysSignIn) {
	case guide.GenesysByToken:
		fmt.Fprintf(b, "- The access token ends by itself.\n")
	default:
		fmt.Fprintf(b, "- The OAuth client, if it was made for the wizard: Genesys Cloud: Admin > Integrations > OAuth.\n")
	}
	fmt.Fprintf(b, "\nThe app integration's client secret stays: Genesys Cloud signs visitors in with it.\n")
}

func (r Record) undo(b *strings.Builder) {
	heading(b, "How to undo")
	switch {
	case r.Demo:
		fmt.Fprintf(b, "Nothing is left to take back: this was a demo.\n")
		return
	case r.Run == "":
		fmt.Fprintf(b, "This run made nothing that it could take back.\n")
		return
	}
	fmt.Fprintf(b, "    msgsso-wizard undo %s\n\nOn the computer where it ran, where its record is kept. It shows what would go and asks; what others changed or use since stays.\n", r.Run)
}

func heading(b *strings.Builder, text string) { fmt.Fprintf(b, "\n## %s\n\n", text) }

func table(b *strings.Builder, head []string, rows [][]string) {
	fmt.Fprintf(b, "| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat("---|", len(head)))
	for _, row := range rows {
		fmt.Fprintf(b, "| %s |\n", strings.Join(row, " | "))
	}
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

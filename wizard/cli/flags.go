package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// options are the values of a run's flags.
type options struct {
	given       map[guide.Key]*values
	noInput     bool
	accessible  bool
	noMotion    bool
	transcript  string // empty: none
	stateDir    string // empty: journal.DefaultPath
	command     string // what to type for it, without its flags
	caCert      string // empty: only the system's
	fresh       bool
	dryRun      bool
	keyring     bool
	handover    string // empty: none
	answersFile string // empty: none
	onlySite    string // of the answers file; empty: all
	output      *choice
	color       *choice
}

func newOptions() *options {
	return &options{output: oneOf("text", "json"), color: oneOf("auto", "always", "never")}
}

// register adds the flags of the questions, except those in without, and the flags of the front end.
func (o *options) register(cmd *cobra.Command, without []guide.Key) {
	o.registerQuestions(cmd, func(key guide.Key) bool { return !slices.Contains(without, key) })
	o.registerFront(cmd, "Standard output: the snippet (text) or one document (json)")
	cmd.Flags().BoolVar(&o.dryRun, "dry-run", false, "Show planned changes without applying them")
	cmd.Flags().Var(o.color, "color", "When to use color; auto respects NO_COLOR")
	complete(cmd, "color", o.color.allowed)
	cmd.Flags().BoolVar(&o.noMotion, "no-motion", false, "Turn off animation; timers still update (env MSGSSO_REDUCED_MOTION)")
	cmd.Flags().Func("handover", "Write a handover record, without secrets, to `FILE`; never overwrites", pathTo(&o.handover))
}

// registerRead adds the flags of a command that reads an existing setup: orgs, deployment, redirect URI, and standard
// output.
func (o *options) registerRead(cmd *cobra.Command, redirectURI, output string) {
	o.registerOrgs(cmd, connection, output, map[guide.Key]string{
		guide.DeploymentName: "Name or ID of the deployment (%s; default Web SSO, or the only one)",
		guide.RedirectURIs:   redirectURI + " (%s)",
	})
}

// registerOrgs adds the flags of these questions for the orgs, more questions with their meaning here, and standard output.
func (o *options) registerOrgs(cmd *cobra.Command, orgs []guide.Key, output string, meaning map[guide.Key]string) {
	o.registerQuestions(cmd, func(key guide.Key) bool { return meaning[key] != "" || slices.Contains(orgs, key) })
	for key, text := range meaning {
		q, _ := guide.QuestionFor(key)
		cmd.Flags().Lookup(q.Flag).Usage = fmt.Sprintf(text, "env "+strings.Join(q.Env, ", "))
	}
	o.registerAnswers(cmd)
	o.registerFront(cmd, output)
	o.registerTrust(cmd)
}

func (o *options) registerQuestions(cmd *cobra.Command, takes func(guide.Key) bool) {
	f := cmd.Flags()
	f.SortFlags = false
	o.given = map[guide.Key]*values{}
	for _, q := range guide.Questions("") {
		if q.Flag == "" || !takes(q.Key) {
			continue
		}
		v := &values{several: q.Several(), word: valueWord(q)}
		o.given[q.Key] = v
		f.Var(v, q.Flag, flagHelp(q))
		_ = f.SetAnnotation(q.Flag, sectionAnnotation, []string{string(q.Section)})
		switch {
		case q.Kind == guide.Choice || q.Kind == guide.Choices:
			complete(cmd, q.Flag, described(q.Fixed))
		case q.Key == guide.GenesysRegion:
			complete(cmd, q.Flag, described(guide.Regions()))
		case q.Key == guide.SnippetFile:
			completeFiles(cmd, q.Flag)
		}
	}
}

func (o *options) registerFront(cmd *cobra.Command, output string) {
	f := cmd.Flags()
	f.BoolVar(&o.noInput, "no-input", false, "Don't prompt; use flags, environment, and defaults")
	f.BoolVar(&o.accessible, "accessible", false, "Plain mode: prompts line by line, for screen readers and pipes (env ACCESSIBLE)")
	f.BoolVar(&o.accessible, "plain", false, "Same as --accessible")
	_ = f.MarkHidden("plain")
	f.Func("transcript", "Write each API call, without secrets, to `FILE`", pathTo(&o.transcript))
	completeFiles(cmd, "transcript")
	f.Var(o.output, "output", output)
	complete(cmd, "output", o.output.allowed)
}

// registerTrust adds the flag for a company's certificates. A demo needs none.
func (o *options) registerTrust(cmd *cobra.Command) {
	cmd.Flags().Func("ca-cert", "Also trust the certificate authorities in `FILE`, such as your company's (env SSL_CERT_FILE)", pathTo(&o.caCert))
	completeFiles(cmd, "ca-cert")
}

// registerState adds the flag for the run journals. A demo saves none.
func (o *options) registerState(cmd *cobra.Command) {
	if o.command = "msgsso-wizard"; cmd.Name() != o.command {
		o.command += " " + cmd.Name()
	}
	cmd.Flags().Func("state-dir", "`FOLDER` for run journals, without secrets (default in XDG_STATE_HOME)", pathTo(&o.stateDir))
	_ = cmd.MarkFlagDirname("state-dir")
}

func (o *options) answer(a *guide.Answers) error {
	for _, q := range guide.Questions("") {
		if v := o.given[q.Key]; v != nil && v.texts != nil {
			if err := a.FromFlags(q.Key, v.texts); err != nil {
				return explain.Explain("", err)
			}
		}
	}
	return nil
}

func flagHelp(q guide.Question) string {
	more := []string{"env " + strings.Join(q.Env, ", ")}
	switch {
	case q.Default != "":
		more = append(more, "default "+q.Default)
	case q.Else != "":
		more = append(more, q.Else)
	}
	text := strings.TrimSuffix(q.Help, ".")
	if q.Several() {
		text += "; repeatable"
	}
	return text + " (" + strings.Join(more, "; ") + ")"
}

func described(options []guide.Option) (words []cobra.Completion) {
	for _, o := range options {
		words = append(words, cobra.CompletionWithDesc(o.Spelling(), o.Label))
	}
	return words
}

// values are the texts of a flag.
type values struct {
	texts   []string
	word    string // for the value, in the help
	several bool
}

// Set adds text, or replaces the value of a flag that takes one.
func (v *values) Set(text string) error {
	if !v.several {
		v.texts = nil
	}
	v.texts = append(v.texts, text)
	return nil
}

// String returns the values.
func (v *values) String() string { return strings.Join(v.texts, ", ") }

// Type is the word for the value in the help.
func (v *values) Type() string { return v.word }

// valueWord lists the values of a flag if they are the same in every org.
func valueWord(q guide.Question) string {
	if len(q.Fixed) == 0 {
		return "value"
	}
	var words []string
	for _, o := range q.Fixed {
		words = append(words, o.Spelling())
	}
	return strings.Join(words, "|")
}

// pathTo reads a flag that names a file or a folder.
func pathTo(path *string) func(text string) error {
	return func(text string) (err error) {
		if *path, err = guide.FilePath(text); err != nil {
			return fmt.Errorf("can't be used: %w", err)
		}
		return nil
	}
}

// choice is a flag that takes one of a few words.
type choice struct {
	word    string
	allowed []string
	means   map[string]string // the word that an allowed one is another spelling of; both can be given
}

// oneOf returns a choice whose default is the first word.
func oneOf(words ...string) *choice { return &choice{word: words[0], allowed: words} }

// Set takes an allowed word.
func (c *choice) Set(word string) error {
	for _, allowed := range c.allowed {
		if meant := cmp.Or(c.means[allowed], allowed); word == allowed || word == meant {
			c.word = meant
			return nil
		}
	}
	return fmt.Errorf("takes %s", strings.Join(c.allowed, " or "))
}

// String returns the word.
func (c *choice) String() string { return c.word }

// Type lists the words in the help.
func (c *choice) Type() string { return strings.Join(c.allowed, "|") }

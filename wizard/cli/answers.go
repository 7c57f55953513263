package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

func (p *Program) answersCommand() *cobra.Command {
	var schema bool
	cmd := &cobra.Command{
		Use:   "answers [FILE]",
		Short: "Check an answers file, or print its schema",
		Long: "Checks an answers file without reaching a service. A file has what the flags\n" +
			"have: a key is a flag's name without the dashes. It never has a secret. For\n" +
			"several pages or brands, list them in sites: each has its own answers instead\n" +
			"of those above. Use it with --answers.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || schema && len(args) > 0 || !schema && len(args) == 0 {
				return &explain.Error{
					Class: explain.ClassUsage, Problem: "msgsso-wizard answers takes 1 file, or --schema.",
					Fix: "msgsso-wizard answers --help shows both.",
				}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if schema {
				_, err := p.Out.Write(answersfile.Schema())
				return err
			}
			path, err := guide.FilePath(args[0])
			if err != nil {
				return err
			}
			file, err := answersfile.Read(path)
			if err != nil {
				return explain.Explain("", err)
			}
			text := "no sites"
			if n := len(file.Sites); n > 0 {
				text = explain.Counted(n, "site", "sites")
			}
			fmt.Fprintf(p.Err, "%s %s is valid: %s above, %s.\n", p.marks(false).Done, explain.OneLine(path),
				explain.Counted(len(file.Answers.Given()), "answer", "answers"), text)
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveDefault
		},
	}
	cmd.Flags().BoolVar(&schema, "schema", false, "Print the JSON Schema of answers files")
	return cmd
}

// registerAnswers adds the flags for an answers file. A demo has none: the file names real orgs.
func (o *options) registerAnswers(cmd *cobra.Command) {
	f := cmd.Flags()
	f.Func("answers", "Read answers from `FILE` (YAML, without secrets); flags and environment win", pathTo(&o.answersFile))
	completeFiles(cmd, "answers")
	f.StringVar(&o.onlySite, "only-site", "", "With --answers: use only the site `NAME`")
}

// collect reads the answers from the file, the environment, and the flags, each instead of those before. The sites of the
// file each have all of them; with --only-site, the answers are those of that site.
func (o *options) collect(environment func(*guide.Answers) error) (*guide.Answers, []answersfile.Site, error) {
	file := answersfile.File{Answers: guide.NewAnswers()}
	if o.answersFile != "" {
		var err error
		if file, err = answersfile.Read(o.answersFile); err != nil {
			return file.Answers, nil, explain.Explain("", err)
		}
	}
	if o.onlySite != "" {
		site, err := o.chosen(file.Sites)
		if err != nil {
			return file.Answers, nil, err
		}
		file = answersfile.File{Answers: site.Answers}
	}
	err := errors.Join(environment(file.Answers), o.answer(file.Answers))
	for _, site := range file.Sites {
		if err == nil {
			err = errors.Join(environment(site.Answers), o.answer(site.Answers))
		}
	}
	if conflict := answersfile.Conflict(file.Sites); err == nil && conflict != nil {
		err = explain.Explain("", conflict)
	}
	return file.Answers, file.Sites, err
}

// chosen is the site that --only-site names.
func (o *options) chosen(sites []answersfile.Site) (answersfile.Site, error) {
	for _, site := range sites {
		if strings.EqualFold(site.Name, o.onlySite) {
			return site, nil
		}
	}
	return answersfile.Site{}, &explain.Error{
		Class: explain.ClassUsage, Problem: fmt.Sprintf("The answers file has no site %q.", explain.OneLine(o.onlySite)), Fix: "Name one of its sites." + namesOf(sites),
	}
}

// namesOf lists the first sites in a sentence.
func namesOf(sites []answersfile.Site) string {
	var names []string
	for _, site := range sites[:min(len(sites), 10)] {
		names = append(names, site.Name)
	}
	if len(names) == 0 {
		return ""
	}
	return " The first ones are: " + strings.Join(names, ", ") + "."
}

// oneSite refuses several sites where a command takes one setup.
func oneSite(sites []answersfile.Site) error {
	if len(sites) == 0 {
		return nil
	}
	return &explain.Error{Class: explain.ClassUsage, Problem: "The answers file has several sites.", Fix: "Choose one with --only-site." + namesOf(sites)}
}

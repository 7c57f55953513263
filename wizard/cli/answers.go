package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/fleet"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/plain"
	"msgsso-wizard/wizard/report"
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
				return explain.New(explain.ClassUsage, "", "msgsso-wizard answers takes 1 file, or --schema.", "msgsso-wizard answers --help shows both.")
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
				return explain.Explain("", &guide.AnswerError{Err: err})
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
		o.onlySite, file = site.Name, answersfile.File{Answers: site.Answers}
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

// alone takes the only site of a file for the one that is meant.
func (o *options) alone(answers *guide.Answers, sites []answersfile.Site) (*guide.Answers, []answersfile.Site) {
	if len(sites) != 1 {
		return answers, sites
	}
	o.onlySite = sites[0].Name
	return sites[0].Answers, nil
}

// chosen is the site that --only-site names.
func (o *options) chosen(sites []answersfile.Site) (answersfile.Site, error) {
	for _, site := range sites {
		if strings.EqualFold(site.Name, o.onlySite) {
			return site, nil
		}
	}
	e := explain.New(explain.ClassUsage, "", fmt.Sprintf("The answers file has no site %q.", explain.OneLine(o.onlySite)), "Name one of its sites."+namesOf(sites))
	switch {
	case o.answersFile == "":
		e.Problem, e.Fix = "--only-site chooses from an answers file, and none is given.", "Name the file with --answers."
	case len(sites) == 0:
		e.Problem, e.Fix = "The answers file has no sites.", "Leave out --only-site."
	}
	return answersfile.Site{}, e
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

// siteRun is one run for the sites of a file. It prompts line by line: there is no full screen for several sites.
type siteRun struct {
	run
	fleet    *fleet.Fleet
	session  *plain.Session
	journals []*journal.Journal
	expected time.Duration // as it was said before the changes

	unwritable error // why there are no run journals, without which nothing is changed; nil: there are
}

// sites plans all sites, has them reviewed once, and applies one after another with one sign-in.
func (p *Program) sites(ctx context.Context, r run, answers *guide.Answers, sites []answersfile.Site) error {
	if r.mode == screen {
		r.mode = lines
	}
	s := &siteRun{run: r}
	closing, err := s.open(ctx, p, answers)
	if err != nil {
		return p.refuse(r.options, err)
	}
	defer closing()
	folder, runs, release, err := s.state()
	switch {
	case errors.Is(err, journal.ErrLocked):
		return p.refuse(r.options, alreadyRunning(err))
	case err != nil:
		s.unwritable = err
	default:
		defer release()
	}
	s.env.Files = p.files()
	s.unlock()
	ctx, i, done := watch(ctx, p.Signals, p.Err)
	defer done()
	s.session = plain.New(s.front(ctx, i, s.mode == lines))
	s.services.OnWait = s.env.Pause // each wait once, also that of several calls
	err = s.perform(ctx, sites, folder, runs)
	return s.finish(i.explain(err))
}

func (s *siteRun) perform(ctx context.Context, sites []answersfile.Site, folder *journal.Folder, runs []journal.Run) error {
	if s.mode == lines {
		if err := s.session.Connect(ctx, connection, nil); err != nil {
			return err
		}
	}
	s.fleet = &fleet.Fleet{Calls: s.services.Calls, Reach: s.reaches("Reading current settings")}
	for _, site := range sites {
		site.Answers.Take(s.env.Answers, connection...)
		kept, resumed, err := s.journalOf(folder, runs, site.Answers, site.Name)
		if err != nil {
			return err
		}
		if s.unwritable != nil {
			kept = journal.Unwritable(s.unwritable)
		}
		if resumed != "" {
			fmt.Fprintf(s.Err, "%s: %s\n", site.Name, resumed)
		}
		s.journals = append(s.journals, kept)
		s.fleet.Sites = append(s.fleet.Sites, &fleet.Site{
			Name: site.Name, End: func() error { return kept.End(journal.Done) },
			Session: &setup.Session{Answers: site.Answers, Dial: s.services, Files: s.env.Files, Emit: s.env.Emit, Journal: kept, Prompt: s.env.Prompt, Earlier: earlier(runs)},
		})
	}
	if err := s.fleet.Plan(ctx); err != nil {
		return err
	}
	if err := s.checkFiles(); err != nil {
		return err
	}
	s.expected = s.fleet.Left()
	report.PlannedSites(s.planOut(), s.marks(s.mode == lines), s.fleet)
	if s.fleet.Writes() {
		fmt.Fprintf(s.Err, "The changes take %s.\n", report.Expected(s.expected))
	}
	if s.options.dryRun || !s.fleet.Writes() {
		return nil
	}
	if s.mode == lines {
		if err := s.session.Agree(ctx); err != nil {
			return err
		}
	}
	s.fleet.Reach = s.reaches("Applying changes")
	stop := engine.NewStop()
	defer s.session.Gently(stop.Stop)()
	return s.fleet.Apply(ctx, stop)
}

// planOut is standard output for the plan of a dry run, unless that is for the document.
func (s *siteRun) planOut() io.Writer {
	if s.options.dryRun && s.options.output.word != "json" {
		return report.Wrap(s.Out, widthOf(s.Out))
	}
	return s.Err
}

// checkFiles finds out before the first change whether the snippets can be saved.
func (s *siteRun) checkFiles() error {
	for _, site := range s.fleet.Sites {
		if err := report.CheckFile(site.Session.Answers.Value(guide.SnippetFile), site.Result.Genesys.DeploymentID); err != nil {
			site.State, site.Err = fleet.Failed, err
			return site.Named(err)
		}
	}
	return nil
}

// reaches says at which site the run is, and how long it likely takes from there.
func (s *siteRun) reaches(what string) func(i int, left time.Duration) {
	return func(i int, left time.Duration) {
		text := fmt.Sprintf("%s: %s, site %d of %d", s.fleet.Sites[i].Name, what, i+1, len(s.fleet.Sites))
		if left >= time.Minute {
			text += ", " + report.Expected(left) + " left"
		}
		fmt.Fprintln(s.Err, text+".")
	}
}

// finish writes the table and the snippets, or the document, and returns err as told.
func (s *siteRun) finish(err error) error {
	document := report.Sites{
		Sites: []report.SiteResult{}, ExpectedMS: s.expected.Milliseconds(), Calls: s.services.Calls(), ElapsedMS: time.Since(s.begun).Milliseconds(), DryRun: s.options.dryRun,
	}
	m := s.marks(s.mode == lines)
	if s.fleet != nil {
		runs := s.runs()
		document.Sites = report.SitesOf(s.fleet, runs)
		if err == nil && !s.options.dryRun {
			err = s.save()
		}
		if !s.options.dryRun {
			report.SiteTable(s.Err, s.fleet, runs)
		}
	}
	if end := s.endTranscript(); err == nil {
		err = end
	}
	switch {
	case err != nil:
		document.Error, err = s.problem(err, nil)
	case s.options.dryRun:
		fmt.Fprintln(s.Err, m.Done+" Dry run complete. No changes were made.")
	default:
		report.DoneSites(s.Err, m, s.fleet, time.Since(s.begun), document.Calls, s.ending())
		s.lockAway()
	}
	return s.conclude(s.options, m, document, nil, err)
}

// runs are the IDs of the sites' runs, for undo; empty: a run that changed nothing.
func (s *siteRun) runs() []string {
	var ids []string
	for _, kept := range s.journals {
		run := kept.Run()
		if len(run.Left()) == 0 {
			run.ID = ""
		}
		ids = append(ids, run.ID)
	}
	return ids
}

// save writes the snippets to standard output, unless the document has them, and to the files that the answers name. A
// file that can't be written doesn't end it.
func (s *siteRun) save() (failed error) {
	for _, site := range s.fleet.Sites {
		if file := site.Session.Answers.Value(guide.SnippetFile); file != "" && site.Result.Snippet != "" {
			if err := report.Save(file, report.TheSnippet, site.Result.Snippet); err != nil {
				failed = errors.Join(failed, site.Named(err))
				continue
			}
			fmt.Fprintf(s.Err, "%s %s: snippet saved in %s.\n", s.marks(s.mode == lines).Done, site.Name, file)
		}
	}
	if s.options.output.word == "json" {
		return failed
	}
	return errors.Join(failed, report.SiteSnippets(s.Out, s.fleet))
}

package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/opentofu"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// exporting is one run of the command export.
type exporting struct {
	named  string // the run's ID; empty: any
	dir    string
	format *choice

	runs []journal.Run // whose objects are written; the last one is the newest
	done report.Export
}

func (p *Program) exportCommand() *cobra.Command {
	e := exporting{format: oneOf("opentofu"), done: report.ExportOf("", opentofu.Setup{}, nil)}
	c := &readCommand{several: true, runs: "Export the runs one by one."}
	cmd := p.reads(c, "export [RUN]", "Write a setup as files for OpenTofu or Terraform",
		"Writes the objects that the wizard created as resources with import blocks, so\n"+
			"that OpenTofu or Terraform can take them over. Changes nothing in Okta and\n"+
			"Genesys Cloud, and writes no secrets. By default it exports the deployment of\n"+
			"the last run. With a run's ID, it exports only what that run created. With the\n"+
			"sites of an answers file, it writes a module with for_each over them.")
	c.registerOrgs(cmd, c.opening(), "Standard output: the files (text) or one document (json)", map[guide.Key]string{
		guide.DeploymentName: "Name or ID of the deployment (%s; default that of the last run)",
	})
	c.registerState(cmd)
	f := cmd.Flags()
	f.Var(e.format, "format", "Kind of files")
	complete(cmd, "format", e.format.allowed)
	f.Func("dir", "`FOLDER` to write to, created if needed (default opentofu); never overwrites", pathTo(&e.dir))
	_ = cmd.MarkFlagDirname("dir")
	c.prepare, c.do = e.choose, e.do
	c.document = func(_ *readRun, problem *setup.ResultError) any {
		e.done.Error = problem
		return e.done
	}
	return cmd
}

// choose finds the runs, whose answers name the orgs. Without a journal, an object is known by its mark.
func (e *exporting) choose(l *readRun, answers *guide.Answers) (idle bool, err error) {
	if e.dir == "" {
		e.dir = e.format.word
	}
	e.named = l.named
	folder, err := l.existing()
	if err == nil && e.named != "" {
		var run journal.Run
		run, err = folder.Run(e.named)
		e.runs = []journal.Run{run}
	} else if err == nil {
		e.runs, _, err = folder.Runs()
		e.runs = slices.DeleteFunc(e.runs, func(r journal.Run) bool { return r.State == journal.Undone || runElsewhere(answers, r) })
	}
	switch {
	case err != nil && e.named != "":
		return false, noRuns(err)
	case err != nil || len(e.runs) == 0 || len(l.sites) > 0:
		return false, nil
	}
	last := e.runs[len(e.runs)-1]
	deployment := answers.Get(guide.DeploymentName)
	answers.FromRun(last.Answers)
	for _, entry := range last.Left() {
		if entry.Kind == guide.KindDeployment && entry.ID != "" && deployment.From == guide.FromDefault {
			return false, answers.Set(guide.DeploymentName, guide.FromLastRun, entry.ID)
		}
	}
	return false, nil
}

// created reports whether the wizard created an object: as its runs say, or, unless one run was named, as its mark says.
func (e *exporting) created(o opentofu.Object, marked bool) bool {
	return marked && e.named == "" || slices.ContainsFunc(e.runs, func(r journal.Run) bool {
		return slices.ContainsFunc(r.PastRun().Entries, func(entry engine.Entry) bool {
			within := o.Kind != guide.KindAssignment || slices.Equal(entry.Ref.In, o.In) // its ID is the group's
			return entry.Verb == engine.Create && entry.Kind == o.Kind && entry.Ref.ID == o.ID && within
		})
	})
}

func (e *exporting) do(ctx context.Context, l *readRun) error {
	l.env.Journal = l.known(l.env.Answers)
	sites := []opentofu.Site{{}}
	if len(l.sites) > 0 {
		sites = nil
	}
	for _, site := range l.sites {
		sites = append(sites, opentofu.Site{Name: site.Name})
	}
	count := 0
	for i := range sites {
		bench := l.bench
		if len(l.sites) > 0 {
			bench = l.siteBench(l.sites[i])
		}
		found, err := bench.Examine(ctx, "")
		if err == nil {
			sites[i].Setup, err = found.OpenTofu(ctx, e.created)
		}
		if err != nil {
			return err
		}
		sites[i].Setup.Version = l.Version
		count += len(sites[i].Setup.Objects)
	}
	if count == 0 {
		return explain.New(explain.ClassUsage, guide.DeploymentName, "The wizard created nothing of this setup, so there is nothing to export.",
			"Choose another deployment. The wizard exports only objects that it created.")
	}
	return e.save(l, sites)
}

// siteBench examines a site of the answers file, with the sign-in of the others.
func (l *readRun) siteBench(site answersfile.Site) *verify.Bench {
	answers := l.env.Answers.Clone()
	for _, key := range []guide.Key{guide.AppName, guide.DeploymentName} {
		_ = answers.Set(key, guide.FromFile, site.Answers.Value(key)) // it was read as this answer
	}
	env := &setup.Session{
		Answers: answers, Dial: l.env.Dial, Files: l.env.Files, Emit: l.env.Emit, Calls: l.env.Calls, Poll: l.env.Poll,
		Journal: l.env.Journal, Prompt: l.env.Prompt,
	}
	return &verify.Bench{Env: env, Deployment: site.Answers.Value(guide.DeploymentName), Busy: l.busy}
}

// save writes the files of one setup, or of several sites.
func (e *exporting) save(l *readRun, sites []opentofu.Site) error {
	files, read := opentofu.SiteFiles(sites)
	if err := report.SaveFolder(e.dir, files); err != nil {
		return err
	}
	e.done = report.ExportOf(e.dir, read, files)
	for _, f := range files {
		if l.options.output.word == "text" {
			fmt.Fprintln(l.Out, filepath.Join(e.dir, f.Name))
		}
	}
	fmt.Fprintln(l.Err, l.marks(l.mode == lines).Done+" "+explain.Counted(len(read.Objects), "object", "objects")+" exported. Read "+filepath.Join(e.dir, "README.md")+" before the first plan.")
	return nil
}

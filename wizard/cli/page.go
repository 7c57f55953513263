package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

func (p *Program) pageCommand() *cobra.Command {
	var (
		c           = look{options: newOptions()}
		html, serve bool
		file        string
		code        verify.Code
	)
	cmd := &cobra.Command{
		Use:   "page",
		Short: "Write the code that a page needs beside the snippet, or try a whole page",
		Long: "Writes the AuthProvider plugin for a deployment, filled in: paste it right after the snippet. Without it the\n" +
			"snippet signs nobody in.",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.look(cmd.Context(), c) },
	}
	c.registerLook(cmd, "The page where it is pasted, as registered in Okta; otherwise the first registered one", "Standard output is the page code (text) or one document (json)")
	f := cmd.Flags()
	f.BoolVar(&html, "html", false, "A whole HTML page with the snippet, in place of the plugin alone")
	f.StringVar(&file, "file", "", "Write it to `FILE`, never over another one")
	completeFiles(cmd, "file")
	f.BoolVar(&serve, "serve", false, "Serve the whole page at its redirect URI on this computer, until stopped")
	f.BoolVar(&c.noBrowser, "no-browser", false, "With --serve: open no browser")
	c.do = func(ctx context.Context, l *looking) (err error) {
		if code, err = l.bench.Code(ctx); err != nil {
			return err
		}
		text := code.Plugin
		if html {
			text = code.Complete
		}
		switch {
		case file != "":
			err = report.Save(file, report.PageCode, text)
			if err == nil {
				fmt.Fprintln(l.Err, l.marks(l.mode == lines).Done+" The page code is saved in "+file+".")
			}
		case !serve && c.output.word == "text":
			err = report.Print(l.Out, report.PageCode, text)
		}
		if err != nil || !serve {
			return err
		}
		return l.serve(ctx, code)
	}
	c.document = func(_ *looking, problem *setup.ResultError) any {
		return report.Page{Code: code, Error: problem}
	}
	return cmd
}

// serve serves the whole page until a signal asks it to stop, which is how it is to end.
func (l *looking) serve(ctx context.Context, code verify.Code) error {
	return l.bench.Preview(ctx, code, func(a signintest.Address) {
		report.TestProgress{W: l.Err, Marks: l.marks(l.mode == lines)}.Served(a)
		l.session.OpenPage(a.URL)
	})
}

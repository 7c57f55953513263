package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui"
	"msgsso-wizard/wizard/verify"
)

func (p *Program) pageCommand() *cobra.Command {
	var (
		c           = &readCommand{}
		html, serve bool
		file        string
		code        verify.Code
	)
	cmd := p.reads(c, "page", "Generate the page code for the snippet, or preview a whole page",
		"Writes the page code for a deployment: the AuthProvider plugin with your values.\n"+
			"Paste it after the snippet. Visitors can't sign in with the snippet alone.")
	c.registerRead(cmd, "URL of the page for the code, as registered in Okta; by default the first registered one", "Standard output: the page code (text) or one document (json)")
	f := cmd.Flags()
	f.BoolVar(&html, "html", false, "Write a whole HTML page with the snippet instead of the plugin alone")
	f.Func("file", "Write to `FILE`; never overwrites", pathTo(&file))
	completeFiles(cmd, "file")
	f.BoolVar(&serve, "serve", false, "Serve the whole page at its redirect URI on this computer until you stop it")
	f.BoolVar(&c.noBrowser, "no-browser", false, "With --serve: don't open a browser")
	c.do = func(ctx context.Context, l *readRun) (err error) {
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
				fmt.Fprintln(l.Err, l.marks(l.mode == lines).Done+" Page code saved in "+file+".")
			}
		case !serve && c.output.word == "text":
			err = report.Print(l.Out, report.PageCode, text)
		}
		if err != nil || !serve {
			return err
		}
		return l.bench.Preview(ctx, code, func(a signintest.Address) { // until a signal stops it, which is not an error
			report.TestProgress{W: l.Err, Marks: l.marks(l.mode == lines)}.Served(a)
			l.session.OpenPage(a.URL)
		})
	}
	c.document = func(_ *readRun, problem *setup.ResultError) any {
		return report.Page{Code: code, Error: problem}
	}
	return cmd
}

// opener opens the browser at an address that is of no use to others who read its command line.
func opener(ctx context.Context) func(address string) error {
	return func(address string) error {
		at, err := signintest.Once(ctx, address)
		if err != nil {
			return err
		}
		return tui.OpenAddress(at)
	}
}

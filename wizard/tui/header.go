package tui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/wizard/tui/style"
)

// header is the first line: the program, whether it is a demo, and whose orgs are changed. Where not all fits, it drops
// the region, then the words after "demo", then half of the program's name, then the Genesys organization: the Okta org
// stays, and a demo always says so.
func (r *router) header(cells int) string {
	margin := style.Margin(cells)
	room := cells - len(style.RowMargin) - margin
	okta, genesys := style.Visible(strings.TrimSuffix(strings.TrimPrefix(r.Ident.Okta, "https://"), "/")), style.Visible(r.Ident.Genesys)
	name, _, _ := strings.Cut(genesys, " (")
	for _, h := range []struct{ program, demo, okta, genesys string }{
		{program, "nothing here is real", okta, genesys},
		{program, "nothing here is real", okta, name},
		{program, "not real", okta, name},
		{program, "", okta, name},
		{shortName, "", okta, name},
		{shortName, "", okta, ""},
	} {
		left := r.Theme.Accent.Render(r.Glyphs.Logo) + " " + r.Theme.Strong.Render(h.program)
		if r.Demo {
			left += strings.Repeat(" ", margin+1) + r.Theme.Warning.Render("demo")
			if h.demo != "" {
				left += r.Theme.Soft.Render(r.Glyphs.Dot + h.demo)
			}
		}
		orgs := strings.Join(slices.DeleteFunc([]string{h.okta, h.genesys}, func(s string) bool { return s == "" }), r.Glyphs.Dot)
		last := h.program == shortName && h.genesys == ""
		if free := room - ansi.StringWidth(left) - 2; last || ansi.StringWidth(orgs) <= free {
			return style.RowMargin + r.Spread(left, r.Theme.Soft.Render(r.Fit(orgs, free)), room)
		}
	}
	return ""
}

// The program's names in the head of every screen.
const (
	program   = "msgsso-wizard"
	shortName = "msgsso"
)

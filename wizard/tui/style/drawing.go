package style

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
)

// WideDrawing shows where everything is, for windows that have the room. Before each part there are three blanks.
var WideDrawing = []string{
	"    Your website                    Okta",
	"  ┌─────────────────┐  signs in  ┌──────────────────────────┐",
	"  │   snippet       │ ─────────→ │   app integration        │",
	"  │   page code     │ ←───────── │   authorization server   │",
	"  └────────┬────────┘    code    └────────────↑─────────────┘",
	"           │ hands the code over              │ redeems it",
	"  ┌────────↓──────────────────────────────────┴─────────────┐",
	"  │   deployment  →   configuration  →   integration        │",
	"  └─────────────────────────────────────────────────────────┘",
	"    Genesys Cloud",
}

// NarrowDrawing shows the same, one under the other.
var NarrowDrawing = []string{
	"  ┌──────────────────────────┐",
	"  │   Your website           │",
	"  │   snippet                │",
	"  │   page code              │",
	"  └────┬───────────↑─────────┘",
	"       ↓ signs in  │ code",
	"  ┌────────────────┴─────────┐",
	"  │   Okta                   │",
	"  │   app integration        │",
	"  │   authorization server   │",
	"  └────────────────↑─────────┘",
	"                   │ redeems code",
	"  ┌────────────────┴─────────┐",
	"  │   Genesys Cloud          │",
	"  │   integration            │",
	"  │   configuration          │",
	"  │   deployment             │",
	"  └──────────────────────────┘",
}

// PartsOf are the parts of the drawing that a section sets up.
var PartsOf = map[guide.SectionID][]string{
	guide.SectionOkta:          {"Okta", "app integration"},
	guide.SectionGenesys:       {"Genesys Cloud"},
	guide.SectionIntegration:   {"integration", "authorization server"},
	guide.SectionConfiguration: {"configuration"},
	guide.SectionDeployment:    {"deployment"},
	guide.SectionSnippet:       {"snippet", "page code"},
}

// Drawing shows where a section's parts are between website, Okta and Genesys Cloud: with the sign of the place where
// the user is, and in its color.
func (p *Pen) Drawing(id guide.SectionID, cells int) []string {
	lines := NarrowDrawing
	if cells > ansi.StringWidth(WideDrawing[1]) {
		lines = WideDrawing
	}
	var pairs []string
	for _, part := range PartsOf[id] {
		pairs = append(pairs, "   "+part, " "+p.Theme.Accent.Render(p.Glyphs.here+" "+part))
	}
	drawn := strings.NewReplacer(pairs...).Replace(strings.Join(lines, "\n"))
	return strings.Split(drawn, "\n")
}

package wizard

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
)

// wideDrawing shows where everything is, for windows that have the room. Before each part there are three blanks.
var wideDrawing = []string{
	"   Your website                    Okta",
	" ┌─────────────────┐  signs in  ┌──────────────────────────┐",
	" │   snippet       │ ─────────→ │   app integration        │",
	" │   page code     │ ←───────── │   authorization server   │",
	" └────────┬────────┘    code    └────────────↑─────────────┘",
	"          │ hands the code over              │ redeems it",
	" ┌────────↓──────────────────────────────────┴─────────────┐",
	" │   deployment  →   configuration  →   integration        │",
	" └─────────────────────────────────────────────────────────┘",
	"   Genesys Cloud",
}

// narrowDrawing shows the same, one under the other.
var narrowDrawing = []string{
	" ┌──────────────────────────┐",
	" │   Your website           │",
	" │   snippet                │",
	" │   page code              │",
	" └────┬───────────↑─────────┘",
	"      ↓ signs in  │ code",
	" ┌────────────────┴─────────┐",
	" │   Okta                   │",
	" │   app integration        │",
	" │   authorization server   │",
	" └────────────────↑─────────┘",
	"                  │ redeems code",
	" ┌────────────────┴─────────┐",
	" │   Genesys Cloud          │",
	" │   integration            │",
	" │   configuration          │",
	" │   deployment             │",
	" └──────────────────────────┘",
}

// partsOf are the parts of the drawing that a section sets up.
var partsOf = map[guide.SectionID][]string{
	guide.SectionOkta:          {"Okta", "app integration"},
	guide.SectionGenesys:       {"Genesys Cloud"},
	guide.SectionIntegration:   {"integration", "authorization server"},
	guide.SectionConfiguration: {"configuration"},
	guide.SectionDeployment:    {"deployment"},
	guide.SectionSnippet:       {"snippet", "page code"},
}

// drawing shows where a section's parts are between website, Okta and Genesys Cloud: with the sign of the place where
// the user is, and in its colour.
func (w *world) drawing(id guide.SectionID, cells int) []string {
	lines := narrowDrawing
	if cells > ansi.StringWidth(wideDrawing[1]) {
		lines = wideDrawing
	}
	var pairs []string
	for _, part := range partsOf[id] {
		pairs = append(pairs, "   "+part, " "+w.theme.accent.Render(w.glyphs.here+" "+part))
	}
	drawn := strings.NewReplacer(pairs...).Replace(strings.Join(lines, "\n"))
	return strings.Split(drawn, "\n")
}

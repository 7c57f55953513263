package wizard

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps"
)

func TestNoLineIsWiderThanTheWindow(t *testing.T) {
	for i, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			scene(t, i, func(d *drive) {
				for width := 0; width <= 200; width += 1 + width/20 {
					for _, height := range []int{0, 1, 2, 7, 8, 9, 12, 16, 24, 50} {
						d.size(width, height)
						checkFits(t, d, width, height)
					}
				}
			})
		})
	}
}

func checkFits(t *testing.T, d *drive, width, height int) {
	t.Helper()
	content := d.View().Content
	lines := strings.Split(content, "\n")
	if len(lines) > max(1, height) {
		t.Fatalf("%d lines in a window of %dx%d", len(lines), width, height)
	}
	for n, line := range lines {
		if got := ansi.StringWidth(line); got > width {
			t.Fatalf("line %d has %d cells in a window of %dx%d: %q", n+1, got, width, height, line)
		}
	}
	if strings.Contains(content, canary) {
		t.Fatal("a secret is on the screen")
	}
	small := width > 0 && height > 0 && (width < leastWidth || height < leastHeight)
	if small && (len(lines) != 1 || lines[0] == "") {
		t.Fatalf("a window of %dx%d shows %q", width, height, content)
	}
}

func TestNamesOfAllScriptsLineUp(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		names := []string{"お客様サポートチャット", "a\u202eb\x1b[2J", "👩‍👩‍👧‍👦 family", "❤️‍🔥 👩🏽‍💻 1️⃣ 🇩🇪", "e\u0301\u0301\u0301\u0301tudes", "مرحبا", strings.Repeat("long ", 2000)}
		plan := steps.Plan{}
		for _, name := range names {
			plan.Changes = append(plan.Changes, steps.Change{Verb: steps.Create, Kind: "group", Name: name, Why: "why"})
		}
		d.plans[steps.SectionOkta] = plan
		d.press("enter")
		d.after(1e9)
		for _, width := range []int{40, 80} {
			d.size(width, 40)
			checkFits(t, d, width, 40)
			var at []int
			for line := range strings.SplitSeq(d.view(), "\n") {
				if one, other := ansi.StringWidth(line), ansi.StringWidthWc(line); one != other {
					t.Errorf("%q takes %d cells in some terminals and %d in others", line, one, other)
				}
				if before, _, found := strings.Cut(line, "why"); found && strings.HasPrefix(line, "   +") {
					at = append(at, ansi.StringWidth(before))
				}
			}
			for _, column := range at {
				if column != at[0] {
					t.Errorf("at %d cells the reasons begin at %v", width, at)
				}
			}
		}
		if strings.ContainsAny(d.View().Content, "\u202e") || strings.Contains(d.View().Content, "\x1b[2J") {
			t.Error("a name steers the terminal")
		}
	})
}

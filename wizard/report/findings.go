package report

import (
	"fmt"
	"io"
	"strings"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/explain"
)

func counts(r *doctor.Report) map[doctor.State]int {
	n := map[doctor.State]int{}
	for _, f := range r.Findings {
		n[f.State]++
	}
	return n
}

// Count returns the number of checks for each state.
func Count(r *doctor.Report) string {
	n := counts(r)
	var parts []string
	for _, of := range []struct {
		state     doctor.State
		one, many string
	}{
		{doctor.Fail, "failed", "failed"},
		{doctor.Warn, "warning", "warnings"},
		{doctor.OK, "passed", "passed"},
		{doctor.Skipped, "skipped", "skipped"},
	} {
		if n[of.state] > 0 {
			parts = append(parts, explain.Counted(n[of.state], of.one, of.many))
		}
	}
	if len(parts) == 0 {
		return "No checks could run."
	}
	return strings.Join(parts, " · ")
}

// Failed returns an error if checks failed.
func Failed(r *doctor.Report) error {
	n := counts(r)[doctor.Fail]
	if n == 0 {
		return nil
	}
	e := explain.New(explain.ClassTest, "", explain.Counted(n, "doctor check", "doctor checks")+" failed.", "Follow the fix shown with each check.")
	if len(r.Fixes()) > 0 {
		e.Fix += " doctor --fix makes the fixes that the wizard can, after asking."
	}
	return e
}

// Findings writes the findings by place, and the chain in words.
func Findings(w io.Writer, m Marks, r *doctor.Report) {
	for _, l := range facts(r.Chain) {
		fmt.Fprintln(w, l)
	}
	area := ""
	for _, f := range r.Findings { // which are in the order of the places
		if f.Area != area {
			area = f.Area
			fmt.Fprintln(w, "\n"+strings.TrimSuffix(explain.Sentence(area), "."))
		}
		fmt.Fprintln(w, "  "+m.finding(f.State)+" "+f.What)
		if f.State == doctor.OK {
			continue
		}
		for _, more := range []string{f.Why, f.Fix, prefixed("Request ID ", f.RequestID), f.DocURL} {
			if more != "" {
				fmt.Fprintln(w, "    "+more)
			}
		}
	}
	fmt.Fprintln(w)
	Chain(w, FoundChain(r))
	fmt.Fprintln(w, "\n"+Count(r))
	if counts(r)[doctor.Skipped] > 0 {
		fmt.Fprintln(w, "To run skipped checks, see the flags and variables in msgsso-wizard doctor --help.")
	}
}

func facts(c doctor.Chain) []string {
	var lines []string
	for _, of := range []struct {
		label string
		facts []string
	}{
		{"Deployment", []string{c.Deployment, c.DeploymentID}},
		{"Configuration", []string{c.Configuration, prefixed("version ", c.Pinned), c.ConfigurationID}},
		{"Integration", []string{c.Integration, c.IntegrationID}},
		{"Issuer", []string{c.Issuer}},
		{"App integration", []string{c.App, c.ClientID}},
		{"Website", []string{c.Site}},
	} {
		if text := line(of.facts...); text != "" {
			lines = append(lines, fmt.Sprintf("%-17s%s", of.label, text))
		}
	}
	return lines
}

// prefixed is text with what it is before it; empty for none.
func prefixed(what, text string) string {
	if text == "" {
		return ""
	}
	return what + text
}

func (m Marks) finding(s doctor.State) string {
	return map[doctor.State]string{doctor.OK: m.OK, doctor.Fail: m.Failed, doctor.Warn: m.Warning, doctor.Skipped: m.Skipped}[s]
}

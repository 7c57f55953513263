package answersfile

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"msgsso-wizard/steps/guide"
)

// Write returns the answers as a file that repeats the run. Defaults, and what was found in the orgs, stand in comments:
// an answer would mean more than they do. view has what was found. Secrets are left out; the head names their variables.
func Write(a, view *guide.Answers) string {
	given := a.Given()
	var b strings.Builder
	b.WriteString("# Answers for msgsso-wizard. This file has no secrets.\n")
	for _, q := range guide.Questions("") {
		if q.Kind == guide.Hidden && q.Needed && q.Asked(a) {
			b.WriteString("# " + q.Label + ": set " + strings.Join(q.Env, " or ") + ", or enter it when asked.\n")
		}
	}
	for _, section := range guide.Sections() {
		head := "\n# " + section.Title + "\n"
		for _, q := range guide.Questions(section.ID) {
			if q.Kind == guide.Hidden || q.Confirms() || !q.Learned && !q.Asked(view) {
				continue
			}
			if line := lineOf(q, given[string(q.Key)], view); line != "" {
				b.WriteString(head + line)
				head = ""
			}
		}
	}
	return b.String()
}

// lineOf is a question's line; empty: nothing answers it.
func lineOf(q guide.Question, given []string, view *guide.Answers) string {
	if len(given) > 0 {
		return pairOf(q, q.Spelled(given))
	}
	answer := view.Get(q.Key)
	if !answer.Given {
		return ""
	}
	comment := "# " + strings.ReplaceAll(strings.TrimSuffix(pairOf(q, q.Spelled(answer.Values)), "\n"), "\n", "\n# ")
	return comment + "  # " + answer.From.String() + "\n"
}

// pairOf is a key with its values as YAML.
func pairOf(q guide.Question, values []string) string {
	if !q.Several() {
		return string(q.Key) + ": " + scalar(q, values[0]) + "\n"
	}
	text := string(q.Key) + ":\n"
	for _, value := range values {
		text += "  - " + scalar(q, value) + "\n"
	}
	return text
}

// scalar is a text as YAML reads it again as a text.
func scalar(q guide.Question, value string) string {
	node := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	if q.Numeric() {
		node.Tag = "!!int"
	}
	text, err := yaml.Marshal(&node)
	if err != nil || strings.Contains(strings.TrimSpace(string(text)), "\n") {
		node.Style = yaml.DoubleQuotedStyle
		text, _ = yaml.Marshal(&node)
	}
	return strings.TrimSpace(string(text))
}

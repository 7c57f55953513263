package screen

import (
	"cmp"
	"slices"
	"strings"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// AnswerLine is an answer after its label, with its source, and whether that is the whole answer.
func (w *World) AnswerLine(name, value, source string, paint lipgloss.Style, width int) (line string, whole bool) {
	if width < style.Narrow {
		source = ""
	}
	room := width - ansi.StringWidth(name) - 4 - ansi.StringWidth(source)
	text := paint.Render(w.Fit(value, room))
	return strings.TrimRight(name+"  "+text+"  "+w.source(source), " "), ansi.StringWidth(value) <= room
}

// AnswerLines are the same with the whole answer, on as many lines as it takes: an address breaks after a slash.
func (w *World) AnswerLines(name, value, source string, width int) []string {
	indent := strings.Repeat(" ", ansi.StringWidth(name)+2)
	room := width - len(indent) - 1
	lines := style.Wrap(value, room, "")
	if last := len(lines) - 1; ansi.StringWidth(lines[last]+source)+2 > room {
		lines = strings.Split(ansi.Wrap(style.Visible(value), max(1, room-ansi.StringWidth(source)-2), "/"), "\n")
	}
	for i := range lines {
		lines[i] = Tern(i == 0, name+"  ", indent) + lines[i]
	}
	lines[len(lines)-1] += "  " + w.source(source)
	return lines
}

// source is where an answer comes from: what the user chose stands out.
func (w *World) source(text string) string {
	if text == "("+guide.FromUser.String()+")" {
		return w.Theme.Strong.Render(text)
	}
	return w.Soft(text)
}

// Settled reports whether the question is answered for good and its answer tells the user nothing.
func (w *World) Settled(q guide.Question) bool {
	return (q.Kind == guide.Hidden || q.Kind == guide.Choice) && slices.Contains(w.Fixed, q.Key)
}

// AnswerText is an answer on one line, in the words of the options where there are any.
func (w *World) AnswerText(q guide.Question, answer guide.Answer) string {
	if len(answer.Values) == 0 {
		return cmp.Or(answer.Value, "none")
	}
	return q.Join(OptionLabels(w.FixedOptions(q), answer.Values))
}

// LabelOf is the label of a question.
func LabelOf(q guide.Question) string { return q.Label }

// Open are the section's questions that arise with the present answers and that the user may answer.
func (w *World) Open(id guide.SectionID) []guide.Question {
	return slices.DeleteFunc(w.Env.Answers.Questions(id), func(q guide.Question) bool {
		return slices.Contains(w.Fixed, q.Key) || !q.Asked(w.Env.Answers)
	})
}

// FixedOptions are those of a Choice or Choices, which depend on no org: nothing is waited for.
func (w *World) FixedOptions(q guide.Question) []guide.Option {
	if q.Kind != guide.Choice && q.Kind != guide.Choices {
		return nil
	}
	return w.Env.FixedOptions(q)
}

// OptionLabels are the values in the words of the options.
func OptionLabels(list []guide.Option, values []string) []string {
	names := slices.Clone(values)
	for i, value := range values {
		for _, o := range list {
			if o.Value == value {
				names[i] = o.Label
			}
		}
	}
	return names
}

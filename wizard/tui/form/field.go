package form

import (
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
)

// NewField makes the field for a question, filled with its present answer.
func NewField(w *screen.World, q guide.Question) field {
	switch q.Kind {
	case guide.Choice, guide.Choices:
		return newChoiceField(w, q)
	case guide.Pick, guide.PickMany:
		return NewPickField(w, q)
	default:
		return newTextField(w, q)
	}
}

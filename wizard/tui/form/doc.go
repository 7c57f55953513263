// Package form asks a section's questions: a field for each kind of question.
package form

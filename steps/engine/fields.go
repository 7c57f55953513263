package engine

import (
	"slices"
)

// Value is the value of a field. Nil means that the field is missing. A text has one member, a list any number.
type Value []string

// Text returns the value of a text field; empty means that it is missing.
func Text(s string) Value {
	if s == "" {
		return nil
	}
	return Value{s}
}

// Text returns the first member, empty if there is none.
func (v Value) Text() string {
	if len(v) == 0 {
		return ""
	}
	return v[0]
}

// Unknown is the value of a field whose object does not exist while the plan is made.
var Unknown = Value{"\x00unknown"}

// Field is one field of an object that a run may change.
type Field[T any] struct {
	Name string // as admins know it
	List bool   // its members are added, and removed again, one by one; others' members stay
	Get  func(T) Value
	Set  func(*T, Value)

	// Moved is why undo keeps the whole object if others changed the field since. Empty: only the field stays as it is.
	// Of a list, it is for members that others added to an object that the run created.
	Moved string

	// Group names fields that mean something only together: the journal keeps all of them when one changes, so that undo
	// sees when others changed another one since.
	Group string
}

// TextField is a Field that is a text.
func TextField[T any](name, moved string, at func(*T) *string) Field[T] {
	return Field[T]{
		Name: name, Moved: moved,
		Get: func(o T) Value { return Text(*at(&o)) },
		Set: func(o *T, v Value) { *at(o) = v.Text() },
	}
}

// ListField is a Field that is a list.
func ListField[T any](name, moved string, at func(*T) *[]string) Field[T] {
	return Field[T]{
		Name: name, Moved: moved, List: true,
		Get: func(o T) Value { return *at(&o) },
		Set: func(o *T, v Value) { *at(o) = v },
	}
}

// In returns the field as one of a group.
func (f Field[T]) In(group string) Field[T] {
	f.Group = group
	return f
}

// FieldChange is one field of an object with the value that it had and the value that a run gave it.
type FieldChange struct {
	Field  string `json:"field"`
	List   bool   `json:"list,omitempty"`
	Before Value  `json:"before"`
	After  Value  `json:"after"`
}

// Differences returns the fields in which an object differs from what is wanted, with both values, and the others of
// their groups.
func Differences[T any](fields []Field[T], now, want T) []FieldChange {
	changes := func(f Field[T]) bool { return !slices.Equal(f.Get(now), f.Get(want)) }
	var out []FieldChange
	for _, f := range fields {
		together := func(o Field[T]) bool { return o.Group == f.Group && changes(o) }
		if changes(f) || f.Group != "" && slices.ContainsFunc(fields, together) {
			out = append(out, FieldChange{Field: f.Name, List: f.List, Before: f.Get(now), After: f.Get(want)})
		}
	}
	return out
}

// FieldsOf returns the fields of a new object, for the journal: undo compares them with what the object is by then.
func FieldsOf[T any](fields []Field[T], made T) []FieldChange {
	var out []FieldChange
	for _, f := range fields {
		if v := f.Get(made); v != nil {
			out = append(out, FieldChange{Field: f.Name, List: f.List, After: v})
		}
	}
	return out
}

// With returns list with those members of more that it lacks.
func With[T comparable](list, more []T) []T {
	list = slices.Clone(list)
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

// Without returns list without the members of less.
func Without(list, less []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(m string) bool { return slices.Contains(less, m) })
}

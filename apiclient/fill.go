package apiclient

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"time"

	"msgsso-wizard/apiclient/jsontree"
)

// Filler is a type that reads its JSON object by itself, for the most part with FillFields.
type Filler interface{ FillFrom(whole Object) error }

// MissingError names the member without which an answer is of no use.
type MissingError string

func (m MissingError) Error() string { return string(m) + " is missing" }

// NotAnID names a member whose text isn't an ID.
type NotAnID string

func (n NotAnID) Error() string { return string(n) + " isn't an ID" }

// ids are what a service may call its objects. Nothing in one ends a path, a command line, or a piece of Markdown.
var ids = regexp.MustCompile(`^[A-Za-z0-9_][\w.:@+=~-]*$`)

var errNull = errors.New("the response is null")

// Fill reads JSON into a struct, or a list of them, whose fields say where their members are:
//
//	ID      string   `api:"id,id"`                 // required, and a NotAnID if it could not be one
//	Name    string   `api:"profile.name,required"` // without it the answer is a MissingError
//	Notes   string   `api:"notes,lines"`           // of several lines
//	Version string   `api:"version,number"`        // a string or a number
//	Roles   []string `api:"roles.name"`            // of each element of a list
//
// Every text is cleaned. A null member is as good as absent, and a time in another form than RFC 3339 as good as none.
func Fill(data []byte, out any) error {
	if err := json.Unmarshal(data, new(json.RawMessage)); err != nil {
		return err // a decoder does not read what follows
	}
	var tree any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		return err
	}
	if tree == nil {
		return errNull
	}
	err := fill(reflect.ValueOf(out).Elem(), tree, "")
	if missing, ok := errors.AsType[MissingError](err); ok {
		return MissingError(strings.TrimPrefix(string(missing), "[]."))
	}
	return err
}

// FillFields reads the members that the tags of a struct's fields name. An embedded Whole keeps all.
func FillFields(out any, whole Object) error {
	for field, to := range reflect.ValueOf(out).Elem().Fields() {
		if to.Type() == reflect.TypeFor[Whole]() {
			to.Set(reflect.ValueOf(Keep(whole)))
		}
		tag, tagged := field.Tag.Lookup("api")
		if !tagged {
			continue
		}
		path, form, _ := strings.Cut(tag, ",")
		value, err := memberAt(map[string]any(whole), strings.Split(path, "."))
		if err == nil {
			err = fill(to, value, form)
		}
		if err != nil {
			return below(path, err)
		}
		switch {
		case (form == "required" || form == "id") && to.IsZero():
			return MissingError(path)
		case form == "id" && !ids.MatchString(to.String()):
			return NotAnID(path)
		}
	}
	return nil
}

// below completes the place that an error names.
func below(path string, err error) error {
	var wrong *json.UnmarshalTypeError
	var missing MissingError
	switch {
	case errors.As(err, &wrong) && wrong.Field == "":
		wrong.Field = path
	case errors.As(err, &wrong):
		wrong.Field = path + "." + wrong.Field
	case errors.As(err, &missing):
		return MissingError(strings.Replace(path+"."+string(missing), ".[]", "[]", 1))
	}
	return err
}

// memberAt returns what is at a path, or nil; below a list, the values of all its elements.
func memberAt(value any, path []string) (any, error) {
	if value == nil || len(path) == 0 {
		return value, nil
	}
	switch v := value.(type) {
	case map[string]any:
		return memberAt(v[path[0]], path[1:])
	case []any:
		all := []any{}
		for _, element := range v {
			found, err := memberAt(element, path)
			if err != nil {
				return nil, err
			}
			if several, ok := found.([]any); ok {
				all = append(all, several...)
			} else {
				all = append(all, found)
			}
		}
		return all, nil
	}
	return nil, wrongKind(value, reflect.TypeFor[Object]())
}

// fill sets to, in the form that its tag asks for, from a decoded value.
func fill(to reflect.Value, value any, form string) error {
	if value != nil && to.Kind() == reflect.Pointer {
		to.Set(reflect.New(to.Type().Elem()))
		return fill(to.Elem(), value, form)
	}
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		return fillText(to, v, form)
	case map[string]any:
		if to.Kind() != reflect.Interface {
			return fillObject(to, v)
		}
	case json.Number:
		if form == "number" {
			to.SetString(v.String())
			return nil
		}
		if n, err := v.Int64(); err == nil && to.CanInt() {
			to.SetInt(n)
			return nil
		}
		if n, err := v.Float64(); err == nil && to.Kind() == reflect.Interface {
			value = n
		}
	case []any:
		if to.Kind() == reflect.Slice {
			return fillList(to, v)
		}
	}
	// What is left is of the same kind, such as bool or any, or wrong.
	from := reflect.ValueOf(value)
	if !from.Type().AssignableTo(to.Type()) {
		return wrongKind(value, to.Type())
	}
	to.Set(from)
	return nil
}

func fillText(to reflect.Value, text, form string) error {
	switch out := to.Addr().Interface().(type) {
	case *Secret:
		*out = NewSecret(text)
	case *time.Time:
		*out, _ = time.Parse(time.RFC3339, text)
	case *any:
		*out = Clean(text)
	case *string:
		*out = Clean(text)
		if form == "lines" {
			*out = CleanLines(text)
		}
	default:
		return wrongKind(text, to.Type())
	}
	return nil
}

func fillList(to reflect.Value, elements []any) error {
	to.Set(reflect.MakeSlice(to.Type(), len(elements), len(elements)))
	for i, element := range elements {
		if element == nil && to.Type().Elem().Kind() == reflect.Struct {
			element = map[string]any{}
		}
		err := fill(to.Index(i), element, "")
		if missing, ok := errors.AsType[MissingError](err); ok {
			return MissingError("[].") + missing
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func fillObject(to reflect.Value, whole map[string]any) error {
	out := to.Addr().Interface()
	filler, fills := out.(Filler)
	switch {
	case fills:
		return filler.FillFrom(whole)
	case to.Kind() == reflect.Map:
		to.Set(reflect.MakeMap(to.Type()))
		for name, value := range whole {
			element := reflect.New(to.Type().Elem()).Elem()
			if err := fill(element, value, ""); err != nil {
				return below(Clean(name), err)
			}
			to.SetMapIndex(reflect.ValueOf(Clean(name)), element)
		}
		return nil
	case to.Kind() == reflect.Struct && to.Type() != reflect.TypeFor[Secret]() && to.Type() != reflect.TypeFor[time.Time]():
		return FillFields(out, whole)
	}
	return wrongKind(whole, to.Type())
}

// wrongKind is the error of encoding/json for a value that has another kind than its field.
func wrongKind(value any, want reflect.Type) error {
	name := map[reflect.Kind]string{reflect.Map: "object", reflect.Slice: "array", reflect.Bool: "bool", reflect.String: "string"}
	got := name[reflect.TypeOf(value).Kind()]
	if _, number := value.(json.Number); number {
		got = "number"
	}
	if want == reflect.TypeFor[Secret]() || want == reflect.TypeFor[time.Time]() {
		want = reflect.TypeFor[string]()
	}
	return &json.UnmarshalTypeError{Value: got, Type: want}
}

// Object is a JSON object as a service sent it; numbers stay as they are written.
type Object map[string]any

// Whole is embedded in types that are read, changed, and sent back. It keeps the object as the service wrote it, so that
// members that this program does not know survive the round trip.
type Whole struct{ object Object }

// Keep returns the Whole of an object.
func Keep(o Object) Whole { return Whole{o} }

// Stored returns the object as the service wrote it; nil: it was not read. It is only to be read.
func (w Whole) Stored() Object { return w.object }

// Sendable returns a copy of the object for a request: without nulls, and without the members at these paths.
func (w Whole) Sendable(readOnly ...string) Object {
	body := w.object.WithoutNulls()
	for _, path := range readOnly {
		jsontree.Delete(body, path)
	}
	return body
}

// WithoutNulls returns a copy of o without null members and elements, at any depth: both services send them, and
// take them in no request.
func (o Object) WithoutNulls() Object {
	kept, _ := withoutNulls(map[string]any(o)).(map[string]any)
	return kept
}

func withoutNulls(value any) any {
	switch v := value.(type) {
	case map[string]any:
		kept := make(map[string]any, len(v))
		for name, member := range v {
			if member != nil {
				kept[name] = withoutNulls(member)
			}
		}
		return kept
	case []any:
		kept := make([]any, 0, len(v))
		for _, element := range v {
			if element != nil {
				kept = append(kept, withoutNulls(element))
			}
		}
		return kept
	}
	return value
}

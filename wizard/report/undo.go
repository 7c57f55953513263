package report

import (
	"fmt"
	"io"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// The words say what becomes of a thing, and became.
var (
	undoWords   = map[engine.Act]string{engine.Delete: "delete", engine.Restore: "put back", engine.Keep: "keep"}
	undoneWords = map[engine.Act]string{engine.Delete: "deleted", engine.Restore: "put back", engine.Keep: "kept"}
)

// UndoWord says what becomes of a thing.
func UndoWord(act engine.Act) string { return undoWords[act] }

// Undo writes what taking a run back will do, one line for each thing.
func Undo(w io.Writer, m Marks, items []engine.Item) {
	shown := engine.Shown(items)
	if len(shown) == 0 {
		fmt.Fprintln(w, m.Done+" Nothing of it is left.")
	}
	for _, i := range shown {
		mark := "-"
		switch i.Act {
		case engine.Restore:
			mark = m.Update
		case engine.Keep:
			mark = m.Look
		}
		fmt.Fprintln(w, "  "+mark+" "+line(undoWords[i.Act], string(i.Kind), i.Name, i.ID, i.Why))
	}
	if len(shown) > 0 && !engine.Undoes(items) {
		fmt.Fprintln(w, m.Look+" Nothing was undone. The run's changes stay, for the reasons above.")
	}
}

// UndoneItem writes that one thing was taken back, or why it is kept after all.
func UndoneItem(w io.Writer, m Marks, i engine.Item) {
	mark, why := m.Done, ""
	if i.Act == engine.Keep {
		mark, why = m.Look, i.Why
	}
	fmt.Fprintln(w, mark+" "+line(undoneWords[i.Act], string(i.Kind), i.Name, i.ID, why))
}

// UndoneRun writes what a run took back of its own, and what it left.
func UndoneRun(w io.Writer, m Marks, r setup.Result) {
	fmt.Fprintln(w, m.Done+" "+Undone{}.Error())
	for _, line := range undoneLines(m, r) {
		fmt.Fprintln(w, "  "+line)
	}
}

func undoneLines(m Marks, r setup.Result) []string {
	lines := []string{"Taken back:"}
	for _, c := range r.Undone {
		lines = append(lines, "  - "+line(string(c.Kind), c.Name, c.ID))
	}
	stays := []string{"Still there:"}
	for _, c := range r.Changes {
		if c.Verb == engine.Create || c.Verb == engine.Update {
			stays = append(stays, "  "+made(m, c))
		}
	}
	if len(stays) == 1 {
		return append(lines, "Nothing else was made.")
	}
	return append(lines, stays...)
}

// UndoDocument is what undo came to, as --output json prints it.
type UndoDocument struct {
	OK    bool               `json:"ok"`
	Run   string             `json:"run"`
	Items []UndoItem         `json:"items"`
	Error *setup.ResultError `json:"error,omitempty"`
}

// UndoItem is one thing of an UndoDocument.
type UndoItem struct {
	Act  engine.Act       `json:"act"`
	Kind guide.ObjectKind `json:"kind"`
	Name string           `json:"name"`
	ID   string           `json:"id"`
	Why  string           `json:"why,omitempty"`
}

// UndoOf makes the document.
func UndoOf(run string, items []engine.Item, problem *setup.ResultError) UndoDocument {
	d := UndoDocument{OK: problem == nil, Run: run, Items: []UndoItem{}, Error: problem}
	for _, i := range engine.Shown(items) {
		d.Items = append(d.Items, UndoItem{i.Act, i.Kind, i.Name, i.ID, i.Why})
	}
	return d
}

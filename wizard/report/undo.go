package report

import (
	"fmt"
	"io"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// The words name what undo does and did.
var (
	undoWords   = map[engine.Act]string{engine.Delete: "delete", engine.Restore: "restore", engine.Keep: "keep"}
	undoneWords = map[engine.Act]string{engine.Delete: "deleted", engine.Restore: "restored", engine.Keep: "kept"}
)

// Undo writes the plan of an undo, one line for each item.
func Undo(w io.Writer, m Marks, items []engine.Item) {
	shown := engine.Shown(items)
	if len(shown) == 0 {
		fmt.Fprintln(w, m.Done+" Nothing left to undo.")
	}
	for _, i := range shown {
		mark := "-"
		switch i.Act {
		case engine.Restore:
			mark = m.Update
		case engine.Keep:
			mark = m.Note
		}
		fmt.Fprintln(w, "  "+mark+" "+line(undoWords[i.Act], string(i.Kind), i.Kind.Shown(i.Name), i.ID, i.Why))
	}
	if len(shown) > 0 && !engine.Undoes(items) {
		fmt.Fprintln(w, m.Note+" Nothing was undone. The changes are kept for the reasons above.")
	}
}

// UndoneItem writes that one item is undone, or why it is kept.
func UndoneItem(w io.Writer, m Marks, i engine.Item) {
	mark, why := m.Done, ""
	if i.Act == engine.Keep {
		mark, why = m.Note, i.Why
	}
	fmt.Fprintln(w, mark+" "+line(undoneWords[i.Act], string(i.Kind), i.Kind.Shown(i.Name), i.ID, why))
}

// UndoneRun writes what a run undid and what it kept.
func UndoneRun(w io.Writer, m Marks, r setup.Result) {
	fmt.Fprintln(w, m.Done+" "+ErrUndone.Error())
	for _, line := range undoneLines(m, r) {
		fmt.Fprintln(w, "  "+line)
	}
}

func undoneLines(m Marks, r setup.Result) []string {
	lines := []string{"Undone:"}
	for _, c := range r.Undone {
		lines = append(lines, "  - "+line(string(c.Kind), c.Kind.Shown(c.Name), c.ID))
	}
	stays := []string{"Kept:"}
	for _, c := range writes(r) {
		stays = append(stays, "  "+made(m, c))
	}
	if len(stays) == 1 {
		return append(lines, "Nothing else was created.")
	}
	return append(lines, stays...)
}

// UndoDocument is the document of undo.
type UndoDocument struct {
	OK    bool               `json:"ok"`              // there was no error
	Run   string             `json:"run"`             // the ID of the run
	Site  string             `json:"site,omitempty"`  // the site of the run; missing: its answers file had none
	Items []UndoItem         `json:"items"`           // what the run did, and what became of it
	Error *setup.ResultError `json:"error,omitempty"` // why the undo stopped
}

// UndoItem is one item of an UndoDocument.
type UndoItem struct {
	Act  engine.Act       `json:"act"` // what becomes of the object
	Kind guide.ObjectKind `json:"kind"`
	Name string           `json:"name"`
	ID   string           `json:"id"`
	Why  string           `json:"why,omitempty"` // why it is kept
}

// UndoOf makes the document.
func UndoOf(run, site string, items []engine.Item, problem *setup.ResultError) UndoDocument {
	d := UndoDocument{OK: problem == nil, Run: run, Site: site, Items: []UndoItem{}, Error: problem}
	for _, i := range engine.Shown(items) {
		d.Items = append(d.Items, UndoItem{i.Act, i.Kind, i.Name, i.ID, i.Why})
	}
	return d
}

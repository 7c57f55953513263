package report

import (
	"fmt"
	"io"
	"time"

	"msgsso-wizard/steps/explain"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// RotationState says how far a rotation came.
type RotationState string

// The states of a rotation.
const (
	RotationNone    RotationState = ""        // it didn't begin
	RotationPlanned RotationState = "planned" // nothing was changed
	RotationYoung   RotationState = "young"   // the secret is younger than it may be: nothing was changed
	RotationStored  RotationState = "stored"  // Genesys Cloud has the new secret; both work
	RotationDone    RotationState = "done"    // only the new one works
	RotationUndone  RotationState = "undone"
)

// Rotated is what became of a rotation.
type Rotated struct {
	State   RotationState
	Secrets oktasteps.Secrets
	Age     time.Duration // of the old client secret
	Run     string        // the ID of the run
}

// RotatedOf is a rotation that is only planned.
func RotatedOf(s oktasteps.Secrets, run string) Rotated {
	return Rotated{State: RotationPlanned, Secrets: s, Age: time.Since(s.Old.Created), Run: run}
}

// Applied notes what a plan came to that was applied.
func (r *Rotated) Applied(p setup.Plan) {
	was := r.Secrets.Old
	if r.Secrets = p.Secrets(); r.Secrets.Old.Status != oktasteps.SecretActive {
		r.State = RotationDone
	}
	if r.Secrets.Old.Created.IsZero() {
		r.Secrets.Old.Created = was.Created
	}
}

// Rotation writes what became of a rotation.
func Rotation(w io.Writer, m Marks, r Rotated) error {
	text := ""
	switch old := r.Secrets.Old; r.State {
	case RotationPlanned, RotationUndone:
		return nil
	case RotationYoung:
		text = fmt.Sprintf("%s The client secret is %s old. No rotation is due.\n", m.Done, explain.Counted(int(r.Age.Hours()/24), "day", "days"))
	case RotationStored:
		text = m.Done + " Genesys Cloud has a new client secret.\n" +
			m.Note + " The old one (created " + explain.Moment(old.Created) + ") stays active. Rotate again to deactivate it.\n"
	default:
		text = m.Done + " The client secret was rotated. Rotate it again by " + time.Now().Add(oktasteps.SecretLife).UTC().Format(time.DateOnly) + ".\n"
		if old.Status == oktasteps.SecretInactive {
			text += m.Note + " The old one (created " + explain.Moment(old.Created) + ") is inactive. To use it again: msgsso-wizard undo " + r.Run + "\n"
		} else {
			text += m.Done + " The old one is deleted.\n"
		}
	}
	_, err := io.WriteString(w, text)
	return unwritten("result", err)
}

// RotationDocument is the document of rotate.
type RotationDocument struct {
	State    RotationState        `json:"state"` // how far the rotation came
	Run      string               `json:"run"`   // its ID, for undo; empty: nothing was changed
	AppID    string               `json:"app_id"`
	ClientID string               `json:"client_id"`
	AgeDays  int                  `json:"age_days"`           // of the old client secret when the rotation began
	Old      *SecretDocument      `json:"old,omitempty"`      // the client secret that is replaced
	New      *SecretDocument      `json:"new,omitempty"`      // the client secret that takes its place
	Changes  []setup.ResultChange `json:"changes"`            // what the run changed
	Notices  []string             `json:"notices,omitempty"`  // of the plan: what needs attention
	Warnings []string             `json:"warnings,omitempty"` // what needs attention in the result
	Calls    services.Calls       `json:"calls"`              // API calls
	Error    *setup.ResultError   `json:"error,omitempty"`    // why the rotation stopped
}

// SecretDocument is a client secret without the secret.
type SecretDocument struct {
	ID      string    `json:"id"`
	Status  string    `json:"status"`  // as Okta spells it, or deleted
	Created time.Time `json:"created"` // when
}

// RotationOf makes the document. made is what the run changed.
func RotationOf(r Rotated, made setup.Result, calls services.Calls, problem *setup.ResultError) RotationDocument {
	s := r.Secrets
	d := RotationDocument{
		State: r.State, AppID: s.App.ID, ClientID: s.App.ClientID, AgeDays: int(r.Age.Hours() / 24), Old: secretOf(s.Old), New: secretOf(s.New),
		Changes: writes(made), Notices: made.Notices, Warnings: made.Warnings, Calls: calls, Error: problem,
	}
	if len(d.Changes) > 0 {
		d.Run = r.Run
	}
	return d
}

func secretOf(s oktasteps.Secret) *SecretDocument {
	if s.ID == "" {
		return nil
	}
	return &SecretDocument{s.ID, s.Status, s.Created}
}

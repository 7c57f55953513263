package steps

import (
	"context"
	"fmt"
	"slices"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Journal keeps what a run changes, so that it can be continued or taken back. Its methods may be called from
// several goroutines.
type Journal interface {
	// Intend is told of a change before it is sent. Its error keeps the change from being sent.
	Intend(Change) (entry int, err error)
	// Settle is told what became of it: the object's id, and the error with which it failed.
	Settle(entry int, id string, failed error) error
	// Found is told of what a look found in place: a change whose answer was lost was carried out after all.
	Found(Change) error
	// RunID names the run; what it makes is marked with it.
	RunID() string
	// Known reports whether this computer's records tell of a change of the object.
	Known(kind guide.ObjectKind, name, id string) bool
}

// Back is what taking a change back needs besides its kind and id. It holds no secret.
type Back struct {
	In     []string            `json:"in,omitempty"`     // the ids of what the object lies in, outermost first; of settings, their keys
	Added  map[string][]string `json:"added,omitempty"`  // members that were added to lists, by the list's name
	Before map[string]string   `json:"before,omitempty"` // values that were replaced, by their name
	After  map[string]string   `json:"after,omitempty"`  // what took their place
}

// The names in Back, as a person knows them.
const (
	BackGrantTypes     = "grant types"
	BackRedirectURIs   = "sign-in redirect URIs"
	BackLogoutURIs     = "sign-out redirect URIs"
	BackScopes         = "scopes"
	BackDomains        = "allowed domains"
	BackClients        = "clients"
	BackDiscoveryURI   = "Discovery URI"
	BackCredential     = "credential"
	BackNotes          = "notes"
	BackState          = "state"
	BackAuthentication = "authentication" // the integration's id, or empty where it was off
	BackConfiguration  = "configuration"
	BackVersion        = "configuration version"
	BackFlow           = "inbound message flow"
)

// intend has the journal keep a change before it is sent. Without a journal nothing is kept.
func (e *Env) intend(c Change) (settle func(id string, failed error) error, err error) {
	if e.Journal == nil {
		return func(string, error) error { return nil }, nil
	}
	c.Organization = e.facts.genesysOrg.ID
	entry, err := e.Journal.Intend(c)
	if err != nil {
		return nil, unkept(err, "Nothing was sent")
	}
	return func(id string, failed error) error {
		if err := e.Journal.Settle(entry, id, failed); err != nil {
			return unkept(err, fmt.Sprintf("The %s %s is changed already", c.Kind, c.Name))
		}
		return nil
	}, nil
}

// found tells the journal of what a look found in place, also where it is to be changed: an earlier create of it, whose
// receipt is missing, was carried out.
func (e *Env) found(changes []Change) error {
	if e.Journal == nil {
		return nil
	}
	for _, c := range changes {
		if c.ID == "" {
			continue
		}
		if err := e.Journal.Found(c); err != nil {
			return unkept(err, "Nothing was sent")
		}
	}
	return nil
}

// unkept is why the run stops when its journal cannot be written: what is not kept could not be taken back.
func unkept(err error, exists string) error {
	return &explain.Error{
		Class:   explain.ClassFault,
		Problem: fmt.Sprintf("The wizard cannot write down what it does: %v. %s.", err, exists),
		Fix:     "Make room there or let it write, or name another folder (--state-dir); then run it again.",
		Retry:   true, Err: err,
	}
}

// send carries a change out between the two entries that the journal keeps of it.
func (e *Env) send(ctx context.Context, c Change, act func(context.Context) (string, error)) (id string, err error) {
	settle, err := e.intend(c)
	if err != nil {
		return "", err
	}
	id, err = act(ctx)
	if kept := settle(id, err); err == nil {
		err = kept
	}
	return id, err
}

// Recall looks what of a run's changes is in place, and has the journal remember what was carried out though its
// answer never came. It only reads, and looks no further than the section of the last of the steps; all, if none is named.
func Recall(ctx context.Context, env *Env, upTo ...string) error {
	plan, err := MakePlan(ctx, env, sectionsOf(upTo)...)
	if err != nil {
		return err
	}
	return env.found(plan.Changes)
}

// sectionsOf are the guide's sections up to the last in which one of the steps is; none where no step is named.
func sectionsOf(ids []string) (sections []guide.SectionID) {
	for _, n := range graph {
		if up := guide.SectionsUpTo(n.step.Section()); slices.Contains(ids, n.step.ID()) && len(up) > len(sections) {
			sections = up
		}
	}
	return sections
}

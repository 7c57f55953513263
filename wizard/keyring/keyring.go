// Package keyring keeps secrets between runs in the system's keyring, for who asks for that, and nowhere else.
package keyring

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// service is the name under which the secrets are kept; the account names the question and the org.
const service = "msgsso-wizard"

// Limit is how long the keyring may take for one secret. A bus that hangs, or a dialog that nobody sees, is not waited
// for any longer.
const Limit = 3 * time.Second

// ErrNone is a Store's word that it keeps no such secret.
var ErrNone = keyring.ErrNotFound

// errDead says that the keyring failed before.
var errDead = errors.New("the keyring failed before")

// without is what a run does that has no keyring.
const without = "secrets are asked for in this run, and kept nowhere"

// Store is a keyring.
type Store interface {
	Get(service, account string) (secret string, err error)
	Set(service, account, secret string) error
	Delete(service, account string) error
}

// Keyring reads and keeps the secrets of one run. After its first failure it is left alone.
type Keyring struct {
	store   Store
	answers *guide.Answers
	limit   time.Duration

	mu   sync.Mutex // one call at a time
	dead bool
}

// New returns the keyring of a run with these answers. One call takes no longer than limit.
func New(store Store, answers *guide.Answers, limit time.Duration) *Keyring {
	return &Keyring{store: store, answers: answers, limit: limit}
}

// Fill answers those of the questions that nothing answers yet and that a secret is kept for. Its error is a sentence,
// and comes once a run.
func (k *Keyring) Fill(questions ...guide.Question) error {
	for _, q := range questions {
		if q.Kind != guide.Hidden || !q.Asked(k.answers) || k.answers.Get(q.Key).Given {
			continue
		}
		secret, err := k.call(func() (string, error) { return k.store.Get(service, k.account(q)) })
		switch {
		case errors.Is(err, ErrNone):
		case errors.Is(err, errDead):
			return nil
		case err != nil:
			return err
		default:
			if err := k.answers.Set(q.Key, guide.FromKeyring, secret); err != nil {
				return fmt.Errorf("what the keyring keeps cannot be used: %w", err)
			}
		}
	}
	return nil
}

// Keep keeps the secrets that a person typed, and takes out those that are of no use any more. It returns the labels of
// what it kept.
func (k *Keyring) Keep(useless ...guide.Key) (kept []string, err error) {
	for _, q := range guide.Questions("") {
		secret, typed := k.answers.Secret(q.Key), k.answers.Get(q.Key).From == guide.FromUser
		switch {
		case slices.Contains(useless, q.Key):
			_, err = k.call(func() (string, error) { return "", k.store.Delete(service, k.account(q)) })
		case typed && !secret.Empty():
			_, err = k.call(func() (string, error) { return "", k.store.Set(service, k.account(q), secret.Reveal()) })
			if err == nil {
				kept = append(kept, q.Label)
			}
		}
		switch {
		case errors.Is(err, errDead):
			return kept, nil
		case err != nil && !errors.Is(err, ErrNone):
			return kept, err
		}
	}
	return kept, nil
}

// call makes one call. One that takes too long is left behind; it gets nothing that it does not have already.
func (k *Keyring) call(ask func() (string, error)) (secret string, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.dead {
		return "", errDead
	}
	limit := time.NewTimer(k.limit)
	defer limit.Stop()
	select {
	case a := <-taskgroup.Begin(ask):
		if a.Err == nil || errors.Is(a.Err, ErrNone) {
			return a.Value, a.Err
		}
		err = fmt.Errorf("the system's keyring cannot be used (%q); %s", a.Err.Error(), without)
	case <-limit.C:
		err = fmt.Errorf("the system's keyring did not answer within %v; %s", k.limit, without)
	}
	k.dead = true
	return "", err
}

// account names a question's secret and the org that it opens. A client's secret opens nothing else than its client.
func (k *Keyring) account(q guide.Question) string {
	org, client := guide.OktaOrg, guide.ManualClientID
	if q.Section == guide.SectionGenesys {
		org, client = guide.GenesysRegion, guide.GenesysClientID
	}
	name := string(q.Key) + " " + k.answers.Value(org)
	switch q.Key {
	case guide.ManualClientSecret, guide.GenesysClientSecret:
		name += " " + k.answers.Value(client)
	case guide.OktaKey:
		name += " " + k.answers.Value(guide.OktaClientID)
	}
	return name
}

// Package keyring stores secrets between runs in the system keyring.
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

// Limit bounds the wait for one secret: a bus can hang, and a dialog can be hidden.
const Limit = 3 * time.Second

// ErrNone means that a Store has no such secret.
var ErrNone = keyring.ErrNotFound

// errDead means that the keyring failed before.
var errDead = errors.New("the keyring failed before")

// without says what a run without a keyring does.
const without = "The wizard asks for secrets and doesn't save them"

// Store is a keyring.
type Store interface {
	Get(service, account string) (secret string, err error)
	Set(service, account, secret string) error
	Delete(service, account string) error
}

// Keyring reads and stores the secrets of one run. After its first failure it is not used again.
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

// Fill answers the open questions that have a stored secret. Its error is a sentence and occurs once a run.
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
				return fmt.Errorf("the secret in the keyring can't be used: %w", err)
			}
		}
	}
	return nil
}

// Keep stores the secrets that the user typed and deletes the useless ones. It returns the labels of the stored ones.
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

// call makes one call and abandons it after the limit.
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
		err = fmt.Errorf("the system keyring can't be used (%q). %s", a.Err.Error(), without)
	case <-limit.C:
		err = fmt.Errorf("the system keyring didn't respond in time. %s", without)
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

// System is the keyring of the user's desktop: the Secret Service, the Keychain, the Credential Manager.
type System struct{}

// Get returns a secret.
func (System) Get(service, account string) (string, error) { return keyring.Get(service, account) }

// Set keeps a secret.
func (System) Set(service, account, secret string) error {
	return keyring.Set(service, account, secret)
}

// Delete takes a secret out.
func (System) Delete(service, account string) error { return keyring.Delete(service, account) }

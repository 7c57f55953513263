package keyring

import (
	"errors"

	"github.com/zalando/go-keyring"
)

// System is the keyring of the user's desktop: the Secret Service, the Keychain, the Credential Manager.
type System struct{}

// Get returns a secret.
func (System) Get(service, account string) (string, error) {
	secret, err := keyring.Get(service, account)
	return secret, own(err)
}

// Set keeps a secret.
func (System) Set(service, account, secret string) error {
	return own(keyring.Set(service, account, secret))
}

// Delete takes a secret out.
func (System) Delete(service, account string) error { return own(keyring.Delete(service, account)) }

func own(err error) error {
	if errors.Is(err, keyring.ErrNotFound) {
		return ErrNone
	}
	return err
}

package keyring

import "github.com/zalando/go-keyring"

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

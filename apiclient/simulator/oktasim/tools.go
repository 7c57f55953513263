package oktasim

import (
	"crypto/x509"
	"encoding/pem"
)

// ServiceApp is what a tool needs to sign in as an API service app (contract okta.md 3.2).
type ServiceApp struct{ ClientID, KeyID, PrivateKeyPEM string } // PKCS #8

// ServiceApp returns the seeded service app whose tokens must be bound by DPoP. The first call makes its key.
func (s *Server) ServiceApp() (ServiceApp, error) { return s.service.credentials() }

// BearerApp returns the seeded service app that needs no DPoP.
func (s *Server) BearerApp() (ServiceApp, error) { return s.bearer.credentials() }

// DeviceApp returns the client id of the seeded native app, which may use the device grant (contract
// okta.md 3.3).
func (s *Server) DeviceApp() string { return s.native.clientID }

func (a *app) credentials() (ServiceApp, error) {
	key, err := a.signer.key()
	if err != nil {
		return ServiceApp{}, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return ServiceApp{}, err
	}
	block := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	return ServiceApp{ClientID: a.clientID, KeyID: a.signer.kid, PrivateKeyPEM: string(block)}, nil
}

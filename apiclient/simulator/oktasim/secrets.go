package oktasim

import "time"

type secret struct {
	id, status, value, hash string
	created, updated        time.Time
}

func (x *secret) key() string { return x.id }

const (
	mostSecrets  = 2
	secretEntity = "OAuth2ClientSecretMediated"
)

// newSecret makes an active secret; without a chosen value one of 64 characters.
func (s *Server) newSecret(value string) *secret {
	if value == "" {
		value = s.ids.Text(64)
	}
	now := s.now()
	return &secret{id: s.id("ocs"), status: active, value: value, hash: s.ids.Text(22), created: now, updated: now}
}

// current is the newest active secret, which is the one that Okta shows; nil for an app without secrets.
func (a *app) current() *secret {
	for i := len(a.secrets) - 1; i >= 0; i-- {
		if a.secrets[i].status == active {
			return a.secrets[i]
		}
	}
	return nil
}

func (s *Server) listSecrets(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	s.tellSecret(c, a, "client.read_client_secret")
	return render(a.secrets, func(x *secret) object { return secretJSON(c, a, x) }), nil
}

func (s *Server) createSecret(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	if err := check([]field{{path: "client_secret"}, {path: "status", values: []string{active, inactive}}}, c.body); err != nil {
		return nil, err
	}
	if len(a.secrets) >= mostSecrets {
		return nil, invalid(secretEntity, "You've reached the maximum number of client secrets per client.")
	}
	value := textAt(c.body, "client_secret")
	if why := badSecret(value, textAt(a.tree, oauthCredentials+".token_endpoint_auth_method")); why != "" {
		return nil, invalid("client_secret", why)
	}
	x := s.newSecret(value)
	if textAt(c.body, "status") == inactive {
		x.status = inactive
	}
	a.secrets = append(a.secrets, x)
	s.tellSecret(c, a, "credentials.lifecycle.create")
	return secretJSON(c, a, x), nil
}

// secret returns the app and the secret that the path names.
func (s *Server) secret(c *call) (*app, *secret, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, nil, err
	}
	x, err := find(a.secrets, c.id("secretId"), "OAuth2ClientSecret")
	return a, x, err
}

func (s *Server) getSecret(c *call) (any, error) {
	a, x, err := s.secret(c)
	if err != nil {
		return nil, err
	}
	s.tellSecret(c, a, "client.read_client_secret")
	return secretJSON(c, a, x), nil
}

func (s *Server) activateSecret(c *call) (any, error) {
	a, x, err := s.secret(c)
	if err != nil {
		return nil, err
	}
	x.status, x.updated = active, s.now()
	s.tellSecret(c, a, "credentials.lifecycle.activate")
	return secretJSON(c, a, x), nil
}

func (s *Server) deactivateSecret(c *call) (any, error) {
	a, x, err := s.secret(c)
	if err != nil {
		return nil, err
	}
	if x.status == active && len(keep(a.secrets, func(o *secret) bool { return o.status == active })) == 1 {
		return nil, invalid(secretEntity, "You can't deactivate the only active client secret.")
	}
	x.status, x.updated = inactive, s.now()
	s.tellSecret(c, a, "credentials.lifecycle.deactivate")
	return secretJSON(c, a, x), nil
}

func (s *Server) deleteSecret(c *call) (any, error) {
	a, x, err := s.secret(c)
	if err != nil {
		return nil, err
	}
	if x.status == active {
		return nil, invalid(secretEntity, "You can't delete an active client secret. Deactivate the secret before deleting it.")
	}
	a.secrets = remove(a.secrets, x.id)
	s.tellSecret(c, a, "credentials.lifecycle.delete")
	return object{}, nil
}

func secretJSON(c *call, a *app, x *secret) object {
	at := c.url("apps", a.id, "credentials", "secrets", x.id)
	links := object{"deactivate": link(at+"/lifecycle/deactivate", "POST")}
	if x.status != active {
		links = object{"activate": link(at+"/lifecycle/activate", "POST"), "delete": link(at, "DELETE")}
	}
	return object{
		"id": x.id, "created": stamp(x.created), "lastUpdated": stamp(x.updated), "status": x.status,
		"client_secret": x.value, "secret_hash": x.hash, "_links": links,
	}
}

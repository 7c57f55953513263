package oktasim

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/oktasim/pages"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// device is a wish for a token that a user has to approve elsewhere (RFC 8628, contract okta.md 3.3).
type device struct {
	app      *app
	userCode string
	scopes   []string
	expires  time.Time
	polled   time.Time
	every    time.Duration // the least time between two polls
	denied   bool
	by       *user // who has approved; nil: not yet
}

const (
	deviceLife  = 10 * time.Minute
	devicePause = 5 * time.Second
)

// askDevice starts a device grant.
func (s *Server) askDevice(c *call) (any, error) {
	a := s.client(c.form.Get("client_id"))
	if a == nil || !a.active() {
		return nil, refusal.OAuth("invalid_client_id")
	}
	if err := a.mayUse(deviceGrant); err != nil {
		return nil, err
	}
	scopes, err := scopesFor(c.form.Get("scope"), orgScopes, a.granted)
	if err != nil {
		return nil, err
	}
	now := s.now()
	code := s.noise.Text(40)
	d := &device{app: a, userCode: strings.ToUpper(s.noise.Text(8)), scopes: scopes, expires: now.Add(deviceLife), every: devicePause}
	if s.opts.AutoApprove {
		d.by = s.admin
	}
	s.devices.Put(now, code, d, 2*deviceLife) // for a while an ended wish is distinguished from an unknown one
	page := simkit.Base(c.r) + "/activate"
	return object{
		"device_code": code, "user_code": d.userCode, "expires_in": int(deviceLife.Seconds()), "interval": int(devicePause.Seconds()),
		"verification_uri": page, "verification_uri_complete": page + "?" + url.Values{"user_code": {d.userCode}}.Encode(),
	}, nil
}

// grantToDevice answers a poll. Only one that succeeds uses the code up.
func (s *Server) grantToDevice(c *call) (any, error) {
	code := c.form.Get("device_code")
	now := s.now()
	d := s.devices.Get(now, code)
	switch {
	case d == nil || d.app.clientID != c.form.Get("client_id") || !d.app.active():
		return nil, refusal.OAuth("invalid_authorization_code")
	case !now.Before(d.expires):
		return nil, refusal.OAuth("expired_token")
	case d.denied:
		return nil, refusal.OAuth("access_denied")
	case d.by != nil:
		delete(s.devices, code)
		return s.issue(&accessToken{ticket: ticket{app: d.app, user: d.by, scopes: d.scopes}}, "", tokenLife), nil
	}
	soon := now.Sub(d.polled) < d.every
	d.polled = now
	if soon {
		d.every += devicePause // RFC 8628 3.5
		return nil, refusal.OAuth("slow_down")
	}
	return nil, refusal.OAuth("authorization_pending")
}

// waiting is the unanswered wish with this code, nil when there is none.
func (s *Server) waiting(userCode string) *device {
	for _, x := range s.devices {
		if d := x.Value; strings.EqualFold(d.userCode, strings.TrimSpace(userCode)) && !d.denied && d.by == nil && s.now().Before(d.expires) {
			return d
		}
	}
	return nil
}

// showActivation is the page on which a user approves a device.
func (s *Server) showActivation(c *call) (any, error) {
	return activation(c.r.URL.Query().Get("user_code"), ""), nil
}

// answerActivation takes the user's decision. The simulator asks for no password.
func (s *Server) answerActivation(c *call) (any, error) {
	code := c.form.Get("user_code")
	d, u := s.waiting(code), s.userNamed(cmp.Or(c.form.Get(pages.LoginField), adminLogin))
	switch {
	case d == nil:
		return activation(code, "This code is not known, or its time is over."), nil
	case u == nil:
		return activation(code, "There is no such person."), nil
	case c.form.Get("decision") == "deny":
		d.denied = true
		return pages.Page{Heading: "Device", Text: "The device stays out. You can close this page."}, nil
	case !s.admits(d.app, u):
		return activation(code, "This person is not assigned to the app."), nil
	}
	d.by = u
	return pages.Page{Heading: "Device", Text: "The device is let in. You can close this page."}, nil
}

// activation is the form on which a device is approved.
func activation(userCode, problem string) pages.Page {
	return pages.Page{Heading: "Device", Problem: problem, Device: true, UserCode: userCode, Login: adminLogin}
}

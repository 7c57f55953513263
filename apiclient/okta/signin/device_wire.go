package signin

import (
	"net/url"
	"time"

	"msgsso-wizard/apiclient"
)

// deviceCode is a DeviceCode with what only this program may know.
type deviceCode struct {
	DeviceCode
	secret   apiclient.Secret
	interval time.Duration
}

// FillFrom reads the answer of the device authorization end point (RFC 8628 3.2).
func (c *deviceCode) FillFrom(whole apiclient.Object) error {
	var answer struct {
		Secret   apiclient.Secret `api:"device_code,required"`
		UserCode string           `api:"user_code,required"`
		URL      string           `api:"verification_uri"`
		Complete string           `api:"verification_uri_complete"`
		Expires  int64            `api:"expires_in"`
		Interval int64            `api:"interval"`
	}
	err := apiclient.FillFields(&answer, whole)
	switch {
	case err != nil:
		return err
	case !openable(answer.URL):
		return apiclient.MissingError("a verification_uri that can be opened")
	case answer.Expires <= 0:
		return apiclient.MissingError("expires_in")
	}
	c.UserCode, c.URL, c.secret = answer.UserCode, answer.URL, answer.Secret
	c.Expires, c.interval = time.Duration(answer.Expires)*time.Second, time.Duration(answer.Interval)*time.Second
	if c.interval <= 0 {
		c.interval = defaultInterval
	}
	if openable(answer.Complete) {
		c.CompleteURL = answer.Complete
	}
	return nil
}

// openable reports whether a browser may be sent to an address that the org gave.
func openable(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.User != nil {
		return false
	}
	_, err = apiclient.ParseBase(u.Scheme + "://" + u.Host)
	return err == nil
}

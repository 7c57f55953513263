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

// deviceWire is the answer of the device authorization end point (RFC 8628 3.2).
type deviceWire struct {
	Secret   apiclient.Secret `json:"device_code"`
	UserCode apiclient.Text   `json:"user_code"`
	URL      apiclient.Text   `json:"verification_uri"`
	Complete apiclient.Text   `json:"verification_uri_complete"`
	Expires  int64            `json:"expires_in"`
	Interval int64
}

func (w deviceWire) value() (deviceCode, string) {
	switch {
	case w.Secret.Empty():
		return deviceCode{}, "device_code"
	case w.UserCode == "":
		return deviceCode{}, "user_code"
	case !openable(w.URL):
		return deviceCode{}, "a verification_uri that can be opened"
	case w.Expires <= 0:
		return deviceCode{}, "expires_in"
	}
	code := deviceCode{
		DeviceCode: DeviceCode{
			UserCode: string(w.UserCode), URL: string(w.URL), Expires: time.Duration(w.Expires) * time.Second,
		},
		secret:   w.Secret,
		interval: time.Duration(w.Interval) * time.Second,
	}
	if code.interval <= 0 {
		code.interval = defaultInterval
	}
	if openable(w.Complete) {
		code.CompleteURL = string(w.Complete)
	}
	return code, ""
}

// openable reports whether a browser may be sent to an address that the org gave.
func openable(text apiclient.Text) bool {
	u, err := url.Parse(string(text))
	if err != nil || u.User != nil {
		return false
	}
	_, err = apiclient.ParseBase(u.Scheme + "://" + u.Host)
	return err == nil
}

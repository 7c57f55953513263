package wizard

import (
	"errors"
	"io"
	"net"
	"net/url"

	tea "charm.land/bubbletea/v2"
	"github.com/pkg/browser"
)

var errAddress = errors.New("only https addresses, and those of this machine, are opened")

// openOut hands an address to the browser. The opener may block for as long as the browser runs, so
// nothing waits for it; only its failure is told. The address is on the screen in any case.
func (r *router) openOut(a openURL) tea.Cmd {
	r.note = "Opening " + a.url
	return func() tea.Msg {
		err := checkAddress(a.url)
		if err == nil {
			err = r.open(a.url)
		}
		if err != nil {
			return noted("Your browser did not open. The address is on the screen.")
		}
		return nil
	}
}

// checkAddress keeps from the opener, which takes any string, all that is no page.
func checkAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	loopback := host == "localhost" || ip != nil && ip.IsLoopback()
	if host == "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback) {
		return errAddress
	}
	return nil
}

// OpenAddress opens a page in the browser. It may take as long as the browser runs.
func OpenAddress(address string) error {
	if err := checkAddress(address); err != nil {
		return err
	}
	return browser.OpenURL(address)
}

// The opener's own output would be written over the screen.
func init() { browser.Stdout, browser.Stderr = io.Discard, io.Discard }

package tui

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/pkg/browser"

	"msgsso-wizard/wizard/tui/screen"
)

var errAddress = errors.New("only https addresses, and those of this machine, are opened")

// openOut opens an address in the browser. Nothing waits for the opener, because it may block for as long as the
// browser runs. Only its failure is shown. The address is on the screen in any case.
func (r *router) openOut(a screen.OpenURL) tea.Cmd {
	r.note, r.Unopened = "Opening "+a.URL, ""
	return func() tea.Msg {
		err := checkAddress(a.URL)
		if err == nil {
			err = r.open(a.URL)
		}
		if err != nil {
			return unopened(a.URL)
		}
		return nil
	}
}

// unopened is an address that no browser opened.
type unopened string

// didNotOpen says so, with the address where the screen doesn't show it.
func (r *router) didNotOpen(address string) {
	r.Unopened, r.note = address, ""
	if strings.Contains(ansi.Strip(strings.Join(r.lines(), "\n")), address) {
		r.note = "The browser didn't open. The address is on the screen."
		return
	}
	r.note = "The browser didn't open " + address
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
	names := os.Getenv("BROWSER")
	if _, err := exec.LookPath("xdg-open"); names != "" && readsVariable(runtime.GOOS, err == nil) {
		return openWith(names, address)
	}
	return browser.OpenURL(address)
}

// readsVariable reports whether BROWSER is for this program: xdg-open reads it itself, and Windows and macOS have their own way.
func readsVariable(system string, xdgOpen bool) bool {
	return !xdgOpen && system != "windows" && system != "darwin"
}

// openWith runs the first command that works of a list as BROWSER has it: with colons between them, and %s in the
// place of the address or none.
func openWith(names, address string) error {
	err := exec.ErrNotFound
	for _, name := range strings.Split(names, ":") {
		if !strings.Contains(name, "%s") {
			name += " %s"
		}
		words := strings.Fields(name)
		for i := range words {
			words[i] = strings.ReplaceAll(words[i], "%s", address)
		}
		if err = exec.Command(words[0], words[1:]...).Run(); err == nil { //nolint:gosec,noctx // the user's own browser, which may outlive the run
			return nil
		}
	}
	return err
}

// The opener's own output would be written over the screen.
func init() { browser.Stdout, browser.Stderr = io.Discard, io.Discard }

// noted is a sentence for the line above the keys.
type noted string

// copyOut copies text in both ways there are: through the terminal (OSC 52), which also works from afar but
// never answers, and through the machine's own clipboard.
func (r *router) copyOut(a screen.CopyText) tea.Cmd {
	return tea.Batch(tea.SetClipboard(a.Text), func() tea.Msg {
		size := fmt.Sprintf("%s (%d characters)", a.What, utf8.RuneCountInString(a.Text))
		if err := r.copy(a.Text); err != nil {
			return noted("Sent to the terminal clipboard: " + size + ".")
		}
		return noted("Copied to the clipboard: " + size + ".")
	})
}

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/wizard/keyring"
)

// ForgetSecrets takes the variables that hold secrets out of this process's environment, once they have been
// read, so that a browser or a clipboard tool does not inherit them.
func ForgetSecrets() {
	for _, q := range guide.Questions("") {
		if q.Kind != guide.Hidden {
			continue
		}
		for _, name := range q.Env {
			_ = os.Unsetenv(name) // cannot fail for a name without "="
		}
	}
}

// unlock takes the secrets that the system's keyring keeps, if it is to be asked at all.
func (r *run) unlock() {
	if !r.options.keyring || r.Keyring == nil {
		return
	}
	r.ring = keyring.New(r.Keyring, r.env.Answers, keyring.Limit)
	r.sayOfKeyring(r.ring.Fill(guide.Questions("")...))
}

// fill takes a secret that turned out to be needed.
func (r *run) fill() func(guide.Question) error {
	if r.ring == nil {
		return nil
	}
	return func(q guide.Question) error { return r.ring.Fill(q) }
}

// lockAway keeps the secrets that were typed, once they have proven good, and takes out a token that was revoked.
func (r *run) lockAway() {
	if r.ring == nil {
		return
	}
	var useless []guide.Key
	if r.revoked {
		useless = append(useless, guide.OktaToken)
	}
	kept, err := r.ring.Keep(useless...)
	if len(kept) > 0 {
		fmt.Fprintf(r.Err, "%s Kept in the system's keyring: %s.\n", r.marks(r.mode == lines).Done, strings.Join(kept, ", "))
	}
	r.sayOfKeyring(err)
}

func (r *run) sayOfKeyring(err error) {
	if err != nil {
		fmt.Fprintln(r.Err, r.marks(r.mode == lines).Look+" "+explain.Sentence(err.Error()))
	}
}

// files are where the vendors' own tools keep credentials in the user's home, as far as such files are there.
// Nothing is read from them here.
func (p *Program) files() services.Files {
	home, _ := p.Lookup("HOME")
	if home == "" {
		home, _ = p.Lookup("USERPROFILE")
	}
	there := func(folder, name string) string {
		path := filepath.Join(home, folder, name)
		if info, err := os.Stat(path); home == "" || err != nil || !info.Mode().IsRegular() {
			return ""
		}
		return path
	}
	return services.Files{Okta: there(".okta", "okta.yaml"), GC: there(".gc", "config.toml")}
}

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

// ForgetSecrets removes the variables with secrets from the environment of this process, so that a browser or a clipboard
// tool doesn't inherit them.
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

// unlock reads the secrets from the system keyring, with --keyring.
func (r *run) unlock() {
	if !r.options.keyring || r.Keyring == nil {
		return
	}
	r.ring = keyring.New(r.Keyring, r.env.Answers, keyring.Limit)
	r.sayOfKeyring(r.ring.Fill(guide.Questions("")...))
}

// fill returns what reads a secret that is needed later.
func (r *run) fill() func(guide.Question) error {
	if r.ring == nil {
		return nil
	}
	return func(q guide.Question) error { return r.ring.Fill(q) }
}

// lockAway saves the typed secrets after a successful run, and deletes a revoked token.
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
		fmt.Fprintf(r.Err, "%s Saved in the system keyring: %s.\n", r.marks(r.mode == lines).Done, strings.Join(kept, ", "))
	}
	r.sayOfKeyring(err)
}

func (r *run) sayOfKeyring(err error) {
	if err != nil {
		fmt.Fprintln(r.Err, r.marks(r.mode == lines).Note+" "+explain.Sentence(err.Error()))
	}
}

// files returns the paths of the credential files of the vendors' tools, if they exist. It doesn't read them.
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

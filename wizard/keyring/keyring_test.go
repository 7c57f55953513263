package keyring

import (
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fake is a keyring, or what is wrong with one.
type fake struct {
	mu    sync.Mutex
	kept  map[string]string
	err   error
	hangs chan struct{} // until it is closed; nil: it does not
	calls int
}

func (f *fake) call() error {
	f.mu.Lock()
	f.calls++
	f.mu.Unlock()
	if f.hangs != nil {
		<-f.hangs
	}
	return f.err
}

func (f *fake) Get(service, account string) (string, error) {
	if err := f.call(); err != nil {
		return "", err
	}
	secret, ok := f.kept[service+" "+account]
	if !ok {
		return "", ErrNone
	}
	return secret, nil
}

func (f *fake) Set(service, account, secret string) error {
	err := f.call()
	if err == nil {
		f.kept[service+" "+account] = secret
	}
	return err
}

func (f *fake) Delete(service, account string) error {
	err := f.call()
	if _, ok := f.kept[service+" "+account]; !ok && err == nil {
		return ErrNone
	}
	delete(f.kept, service+" "+account)
	return err
}

func answers(t *testing.T, org string) *guide.Answers {
	t.Helper()
	a := guide.NewAnswers()
	for key, value := range map[guide.Key]string{guide.OktaOrg: org, guide.GenesysRegion: "mypurecloud.de", guide.GenesysClientID: "c1"} {
		set(t, a, key, guide.FromFlag, value)
	}
	return a
}

func set(t *testing.T, a *guide.Answers, key guide.Key, from guide.Source, value string) {
	t.Helper()
	assert.NilError(t, a.Set(key, from, value))
}

func TestKeptForOneOrg(t *testing.T) {
	t.Parallel()
	f := &fake{kept: map[string]string{}}
	first := answers(t, "acme.okta.com")
	set(t, first, guide.OktaToken, guide.FromUser, "typed-token")
	set(t, first, guide.GenesysClientSecret, guide.FromEnv, "from-the-environment")
	kept, err := New(f, first, time.Minute).Keep()
	assert.Assert(t, err == nil && slices.Equal(kept, []string{"API token"}), "kept %v, %v", kept, err)
	got := slices.Collect(maps.Keys(f.kept))
	assert.Check(t, slices.Equal(got, []string{"msgsso-wizard okta-token https://acme.okta.com"}),
		"the keyring has %q", got)

	all := guide.Questions("")
	again := answers(t, "acme.okta.com")
	assert.NilError(t, New(f, again, time.Minute).Fill(all...))
	assert.Check(t, is.Equal(again.Get(guide.OktaToken).From, guide.FromKeyring))
	assert.Check(t, is.Equal(again.Secret(guide.OktaToken).Reveal(), "typed-token"))
	assert.Check(t, !again.Get(guide.GenesysClientSecret).Given, "a secret of the environment was kept")
	set(t, again, guide.OktaOrg, guide.FromUser, "other.okta.com")
	assert.Check(t, again.Secret(guide.OktaToken).Empty(), "another org would get the token")
	assert.NilError(t, New(f, again, time.Minute).Fill(all...))
	assert.Check(t, !again.Get(guide.OktaToken).Given, "another org gets the token")

	typed := answers(t, "acme.okta.com")
	set(t, typed, guide.OktaToken, guide.FromEnv, "of-this-run")
	k := New(f, typed, time.Minute)
	assert.NilError(t, k.Fill(all...))
	assert.Check(t, is.Equal(typed.Secret(guide.OktaToken).Reveal(), "of-this-run"))
	for range 2 { // what is not there can be taken out, too
		kept, err = k.Keep(guide.OktaToken)
		assert.Check(t, err == nil && len(kept) == 0 && len(f.kept) == 0, "kept %v, %v; the keyring has %v", kept, err, f.kept)
	}
}

// TestUnusableKeyring: a keyring that is not there, locked or hanging is left alone after one sentence, and nothing is kept
// anywhere else.
func TestUnusableKeyring(t *testing.T) {
	t.Parallel()
	hangs := make(chan struct{})
	t.Cleanup(func() { close(hangs) })
	for _, c := range []struct {
		name, says string
		fake       *fake
		limit      time.Duration
	}{
		{"absent", `can't be used ("no such service\x1b[2J"). The wizard asks for secrets and doesn't save them`, &fake{err: errors.New("no such service\x1b[2J")}, time.Minute},
		{"locked", `can't be used ("it is locked")`, &fake{err: errors.New("it is locked")}, time.Minute},
		{"hanging", "didn't respond in time", &fake{hangs: hangs}, 20 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := answers(t, "acme.okta.com")
			k := New(c.fake, a, c.limit)
			err := k.Fill(guide.Questions("")...)
			assert.Check(t, is.ErrorContains(err, c.says))
			set(t, a, guide.OktaToken, guide.FromUser, "typed-token")
			again := k.Fill(guide.Questions("")...)
			if kept, err := k.Keep(guide.GenesysClientSecret); again != nil || err != nil || len(kept) > 0 {
				t.Errorf("said again: %v %v; kept %v", again, err, kept)
			}
			c.fake.mu.Lock()
			defer c.fake.mu.Unlock()
			assert.Check(t, is.Equal(c.fake.calls, 1), "asked")
		})
	}
}

package undo

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestWholeRun(t *testing.T) {
	t.Parallel()
	for _, profile := range oktasim.Profiles() {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 3, Okta: oktasim.Options{Profile: profile}})
			before := w.lists(t)
			noError(t, w.run(t))
			items := w.undo(t)
			same(t, "what both services list", before, w.lists(t))
			if len(items) < 6 || slices.ContainsFunc(items, func(i Item) bool { return i.Act != Delete }) {
				t.Errorf("%+v", items)
			}
			same(t, "left", 0, len(w.book.Run().Left()))
			same(t, "a second undo", 0, len(w.undo(t)))
		})
	}
}

// TestPartialRuns cuts a run off at each of its writes, before and after the service did it.
func TestPartialRuns(t *testing.T) {
	t.Parallel()
	for n := range 12 {
		for _, committed := range []bool{false, true} {
			t.Run(fmt.Sprintf("write %d committed %v", n+1, committed), func(t *testing.T) {
				t.Parallel()
				b := &breaker{at: n, commit: committed}
				w := newWorld(t, simulator.Options{Seed: 4, WrapOkta: b.wrap, WrapGenesys: b.wrap})
				before := w.lists(t)
				b.arm(true)
				if err := w.run(t); err == nil && (n < 11 || !committed) { // the last one is found by a second look
					t.Fatal("the run was not cut off")
				}
				b.arm(false)
				w.visit(t, w.book.Run())
				noError(t, steps.Recall(t.Context(), w.env))
				w.undo(t)
				same(t, "what both services list", before, w.lists(t))
			})
		}
	}
}

// breaker cuts the connection at a write, and at all that follow.
type breaker struct {
	at     int
	commit bool // the service does the first one before its answer is lost

	mu    sync.Mutex
	armed bool
	seen  int
}

func (b *breaker) arm(on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.armed = on
}

func (b *breaker) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch cut, commit := b.judge(r); {
		case !cut:
			next.ServeHTTP(w, r)
		case commit:
			next.ServeHTTP(httptest.NewRecorder(), r)
			panic(http.ErrAbortHandler)
		default:
			panic(http.ErrAbortHandler)
		}
	})
}

func (b *breaker) judge(r *http.Request) (cut, commit bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.armed || r.Method == http.MethodGet || strings.HasSuffix(r.URL.Path, "/token") {
		return false, false
	}
	b.seen++
	return b.seen > b.at, b.commit && b.seen == b.at+1
}

// TestExistingThings: what was there before is put back to what it was, and nothing of it goes.
func TestExistingThings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	noError(t, w.run(t))
	result := w.env.Result(0)
	before := w.lists(t)

	// Another page on the same things, by somebody who made a note of their ids only.
	w.visit(t, journal.NewRun(time.Now(), "test"))
	w.set(t, guide.AppName, result.Okta.AppID)
	w.set(t, guide.RedirectURIs, "https://shop.example/chat")
	w.set(t, guide.DeploymentName, result.Genesys.DeploymentID)
	noError(t, w.run(t))
	var shown []string
	for _, i := range w.undo(t) {
		shown = append(shown, string(i.Act)+" "+string(i.Kind)+": "+i.Why)
	}
	same(t, "items", []string{
		"restore deployment: allowed domains - shop.example",
		"delete trusted origin: the page cannot call Okta any more",
		"restore app integration: sign-in redirect URIs - https://shop.example/chat, sign-out redirect URIs - https://shop.example/chat",
	}, shown)
	same(t, "what both services list", withoutTimes(before), withoutTimes(w.lists(t)))
}

// withoutTimes takes out what every write moves: when it was, and who it was.
func withoutTimes(lists map[string]string) map[string]string {
	out := map[string]string{}
	for path, text := range lists {
		out[path] = moved.ReplaceAllString(text, "")
	}
	return out
}

var moved = regexp.MustCompile(`"(lastUpdated|dateModified|modifiedDate)": ?"[^"]*"|"lastModifiedUser": ?\{[^}]*\}`)

// TestUsedByOthers: what others use or changed since stays with all that it needs, and why is said.
func TestUsedByOthers(t *testing.T) {
	t.Parallel()
	const alsoApp = "its credential stays at Genesys Cloud, and visitors sign in with it"
	onGenesys := map[guide.ObjectKind]string{
		guide.KindConfiguration: `the deployment "Another page" uses it`,
		guide.KindIntegration:   `the configuration "Web SSO Messenger" signs its visitors in with it`,
		guide.KindCredential:    `the integration "Messenger SSO (Okta)" uses it`,
		guide.KindApp:           alsoApp,
		guide.KindOrigin:        `the app integration "Genesys Cloud Messenger" has a page there, which signs out with it`,
		guide.KindPolicy:        `the app integration "Genesys Cloud Messenger" stays, and needs it`,
	}
	onOkta := map[guide.ObjectKind]string{
		guide.KindApp:    "other pages use it since: http://localhost:8080/more, https://other.example/",
		guide.KindPolicy: onGenesys[guide.KindPolicy],
		guide.KindOrigin: onGenesys[guide.KindOrigin],
	}
	for name, tt := range map[string]struct {
		change func(*testing.T, *world)
		kept   map[guide.ObjectKind]string
		left   int // of the record's entries
	}{
		"a deployment":        {deployAnother, onGenesys, 11},
		"other pages at Okta": {otherPages, onOkta, 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 6})
			noError(t, w.run(t))
			tt.change(t, w)
			kept := map[guide.ObjectKind]string{}
			for _, i := range w.undo(t) {
				if i.Act == Keep {
					kept[i.Kind] = i.Why
				}
			}
			same(t, "kept", tt.kept, kept)
			same(t, "left in the record", tt.left, len(w.book.Run().Left()))
		})
	}
}

// deployAnother puts another deployment on the run's configuration.
func deployAnother(t *testing.T, w *world) {
	t.Helper()
	made := w.env.Result(0).Genesys
	_, err := w.admin.Genesys.CreateDeployment(t.Context(), genesys.NewDeployment{
		Name: "Another page", ConfigurationID: made.ConfigurationID, ConfigurationVersion: made.ConfigurationVersion, AllowAllDomains: true,
	})
	noError(t, err)
}

// otherPages gives the run's app two pages more, one of them beside the run's own.
func otherPages(t *testing.T, w *world) {
	t.Helper()
	app, err := w.admin.Okta.App(t.Context(), w.env.Result(0).Okta.AppID)
	noError(t, err)
	app.RedirectURIs = append(app.RedirectURIs, "http://localhost:8080/more", "https://other.example/")
	_, err = w.admin.Okta.UpdateApp(t.Context(), app)
	noError(t, err)
}

// TestChangedSettings: where somebody changed an integration's settings since, they stay with the credential that they
// name, and with the app whose credential it is.
func TestChangedSettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 12})
	noError(t, w.run(t))
	theirs := w.installedByHand(t)

	w.visit(t, journal.NewRun(time.Now(), "test"))
	for key, name := range map[guide.Key]string{
		guide.AppName: "Second app", guide.IntegrationName: theirs, guide.MessengerConfig: "Second", guide.DeploymentName: "Second",
	} {
		w.set(t, key, name)
	}
	noError(t, w.run(t))
	config, err := w.admin.Genesys.IntegrationConfig(t.Context(), theirs)
	noError(t, err)
	for key := range config.Properties {
		config.Properties[key] = "https://other.example/.well-known/openid-configuration"
	}
	_, err = w.admin.Genesys.UpdateIntegrationConfig(t.Context(), theirs, config)
	noError(t, err)

	acts := map[guide.ObjectKind]Act{}
	for _, i := range w.undo(t) {
		acts[i.Kind] = i.Act
	}
	for _, kind := range []guide.ObjectKind{guide.KindSettings, guide.KindCredential, guide.KindApp, guide.KindPolicy} {
		same(t, string(kind), Keep, acts[kind])
	}
	same(t, "configuration", Delete, acts[guide.KindConfiguration])
}

// installedByHand installs an integration of the same type with the same Discovery URI, as a person would, and returns
// its id. It has no credential yet.
func (w *world) installedByHand(t *testing.T) string {
	t.Helper()
	made, err := w.admin.Genesys.Integration(t.Context(), w.env.Result(0).Genesys.IntegrationID)
	noError(t, err)
	model, err := w.admin.Genesys.IntegrationConfig(t.Context(), made.ID)
	noError(t, err)
	theirs, err := w.admin.Genesys.CreateIntegration(t.Context(), "By hand", made.TypeID)
	noError(t, err)
	config, err := w.admin.Genesys.IntegrationConfig(t.Context(), theirs.ID)
	noError(t, err)
	config.Properties, config.Notes = model.Properties, "Shop team"
	_, err = w.admin.Genesys.UpdateIntegrationConfig(t.Context(), theirs.ID, config)
	noError(t, err)
	return theirs.ID
}

// TestInterrupted: an undo that is stopped after each of its acts goes on where it was.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	before := w.lists(t)
	noError(t, w.run(t))
	for round := 0; len(w.book.Run().Left()) > 0; round++ {
		items, err := Plan(t.Context(), w.admin, w.book.Run())
		noError(t, err)
		acts := 0
		err = Apply(t.Context(), items, w.book, func() bool { acts++; return acts > 1 }, nil)
		if err != nil && !errors.Is(err, engine.ErrStopped) || round > 20 {
			t.Fatal(err)
		}
	}
	same(t, "what both services list", before, w.lists(t))
}

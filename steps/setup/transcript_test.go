package setup

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/transcript/replaytest"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// echo stands before a service, keeps the credentials that come by, and repeats them in headers of every
// answer, as a careless proxy might.
type echo struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (e *echo) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, text, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok {
			e.mu.Lock()
			e.seen[text] = true
			e.mu.Unlock()
			w.Header().Set("X-Echo", "you sent "+text)
			w.Header().Set("X-Echo-Query", "https://a.test/?seen="+url.QueryEscape(text))
			w.Header().Set("X-Echo-Base64", base64.StdEncoding.EncodeToString([]byte("x:"+text)))
			w.Header().Set("X-Echo-Base64url", base64.RawURLEncoding.EncodeToString([]byte("id:"+text)))
			w.Header().Set("X-Echo-Hex", hex.EncodeToString([]byte(text)))
		}
		next.ServeHTTP(w, r)
	})
}

// transcribed runs the guide with a transcript and returns its text, the run and its secrets.
func transcribed(t *testing.T) (path string, session *Session, sim *simulator.Server, secrets []string) {
	t.Helper()
	seen := &echo{seen: map[string]bool{}}
	sim, session = world(t, simulator.Options{Seed: 9, WrapOkta: seen.wrap, WrapGenesys: seen.wrap, Settle: 5 * time.Millisecond})
	path = filepath.Join(t.TempDir(), "run.jsonl")
	services := session.Dial.(*services.Network)
	noError(t, services.Transcribe(path, "1.2.3"))
	mustRun(t, session)
	noError(t, services.EndTranscript(session.Findings()))

	c := sim.Credentials()
	secrets = append(slices.Collect(maps.Keys(seen.seen)), c.OktaToken, c.GenesysClientSecret)
	ours := must(oktaAdmin(t, sim).AppSecrets(t.Context(), session.Result(0).Okta.AppID))(t)
	for _, s := range ours {
		secrets = append(secrets, s.Secret.Reveal())
	}
	// The API token, the client's credentials as Basic, the access token, and the two again; and the app's secret.
	if len(secrets) != 6 {
		t.Fatalf("%d secrets", len(secrets))
	}
	return path, session, sim, secrets
}

func TestTranscriptHasNoSecret(t *testing.T) {
	t.Parallel()
	path, _, _, secrets := transcribed(t)
	text, err := os.ReadFile(path)
	noError(t, err)
	if strings.Count(string(text), "X-Echo-Base64url") < 20 || !strings.Contains(string(text), `"credentialFields":{`) {
		t.Fatal("the calls are not all there")
	}
	for _, secret := range secrets {
		for form, found := range canaries(string(text), secret) {
			if found {
				t.Errorf("a secret of %d bytes is there: %s", len(secret), form)
			}
		}
		// The search itself finds what is there.
		for _, there := range []string{
			secret, url.QueryEscape("="+secret) + "%3D", hex.EncodeToString([]byte(secret)), strings.ToUpper(hex.EncodeToString([]byte(secret))),
			base64.StdEncoding.EncodeToString([]byte("a" + secret)), base64.RawURLEncoding.EncodeToString([]byte("ab" + secret + "c")),
		} {
			if !slices.Contains(slices.Collect(maps.Values(canaries(`{"a":"`+there+`"}`, secret))), true) {
				t.Errorf("%q is not found", there)
			}
		}
	}
}

var (
	base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{8,}`)
	hexRun    = regexp.MustCompile(`[0-9A-Fa-f]{16,}`)
)

// canaries looks for a secret in every form, by undoing the form wherever something looks like it.
func canaries(text, secret string) map[string]bool {
	quoted, _ := json.Marshal(secret)
	found := map[string]bool{
		"clear": strings.Contains(text, secret),
		"JSON":  strings.Contains(text, strings.Trim(string(quoted), `"`)),
	}
	for _, decode := range []func(string) (string, error){url.QueryUnescape, url.PathUnescape} {
		for line := range strings.SplitSeq(text, "\n") {
			if plain, err := decode(line); err == nil {
				found["URL-encoded"] = found["URL-encoded"] || strings.Contains(plain, secret)
			}
		}
	}
	for _, run := range base64Run.FindAllString(text, -1) {
		run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
		for skip := range min(4, len(run)) {
			rest := run[skip:]
			if len(rest)%4 == 1 {
				rest = rest[:len(rest)-1]
			}
			plain, _ := base64.RawStdEncoding.DecodeString(rest)
			found["base64"] = found["base64"] || strings.Contains(string(plain), secret)
		}
	}
	for _, run := range hexRun.FindAllString(text, -1) {
		for skip := range 2 {
			rest := run[skip : len(run)-(len(run)-skip)%2]
			plain, _ := hex.DecodeString(rest)
			found["hex"] = found["hex"] || strings.Contains(string(plain), secret)
		}
	}
	return found
}

// The same guide against what was recorded comes to the same.
func TestReplay(t *testing.T) {
	t.Parallel()
	path, session, sim, _ := transcribed(t)
	tape := replaytest.Open(t, path)
	oktaURL, genesysURL := tape.Serve(t, apiclient.Okta), tape.Serve(t, apiclient.GenesysCloud)
	again := &Session{Answers: guide.NewAnswers(), Poll: time.Millisecond}
	services := services.New()
	t.Cleanup(services.Close)
	again.Dial, again.Calls = services, services.Calls
	for key, value := range map[guide.Key]string{
		guide.OktaOrg: oktaURL, guide.OktaToken: "any-token", guide.GenesysRegion: genesysURL, guide.GenesysClientID: "any", guide.GenesysClientSecret: "any-secret",
	} {
		set(t, again, key, value)
	}
	mustRun(t, again)

	moved := strings.NewReplacer(
		sim.OktaURL(), oktaURL, sim.GenesysURL(), genesysURL,
		strings.TrimPrefix(sim.OktaURL(), "http://"), strings.TrimPrefix(oktaURL, "http://"),
		strings.TrimPrefix(sim.GenesysURL(), "http://"), strings.TrimPrefix(genesysURL, "http://"),
	)
	var want Result
	text, err := json.Marshal(session.Result(0))
	noError(t, err)
	noError(t, json.Unmarshal([]byte(moved.Replace(string(text))), &want))
	got := again.Result(0)
	// How often something is looked at again is a matter of time.
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(Result{}, "Calls")); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
	same(t, "writes", want.Calls.Writes, got.Calls.Writes)
	if got.Genesys.DeploymentID == "" || got.Snippet == "" {
		t.Error("the runs came to nothing")
	}
}

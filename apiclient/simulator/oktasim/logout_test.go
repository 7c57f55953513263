package oktasim

import (
	"net/url"
	"strings"
	"testing"
)

func TestLogout(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x := o.webClient(nil)
	for _, server := range []string{"/oauth2", "/oauth2/default"} {
		for _, post := range []bool{false, true} {
			b := o.browser()
			hint := o.redeem(server, x, b.code(server, x.id, nil), nil).want(t, "200").text("id_token")
			leave := func(form url.Values) answer {
				form.Set("id_token_hint", hint)
				if post {
					return b.open(server+"/v1/logout", form, nil)
				}
				return b.open(server+"/v1/logout?"+form.Encode(), nil, nil)
			}
			illegal := leave(url.Values{"post_logout_redirect_uri": {leftPage + "/"}}).want(t, "400")
			if !strings.Contains(illegal.raw, "The &#39;post_logout_redirect_uri&#39; parameter must be a Logout redirect URI in the client app settings.") {
				t.Error(illegal.raw)
			}
			if o.Sessions() != 1 {
				t.Error("a refused sign-out has ended the session")
			}
			to, query := leave(url.Values{"post_logout_redirect_uri": {leftPage}, "state": {"s t"}}).landing(t)
			if to != leftPage || query.Get("state") != "s t" || o.Sessions() != 0 {
				t.Error(to, query, o.Sessions())
			}
			leave(url.Values{}).want(t, "200") // nobody is signed in, and no address is given
		}
	}
}

func TestLogoutHints(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x := o.webClient(nil)
	ada := o.browser()
	hers := o.redeem("/oauth2", x, ada.code("/oauth2", x.id, map[string]string{"who": adminLogin}), nil).want(t, "200").text("id_token")
	b := o.browser()
	own := o.redeem("/oauth2/default", x, b.code("/oauth2/default", x.id, nil), nil).want(t, "200").text("id_token")
	for name, tt := range map[string]struct{ server, hint, words string }{
		"none":             {"/oauth2", "", "parameter is missing"},
		"not a token":      {"/oauth2", "x", "must be an ID token"},
		"tampered":         {"/oauth2", hers[:len(hers)-4] + "AAAA", "must be an ID token"},
		"another's":        {"/oauth2", hers, "must be an ID token"},
		"another server's": {"/oauth2", own, "must be an ID token"},
	} {
		a := b.open(tt.server+"/v1/logout?"+url.Values{"id_token_hint": {tt.hint}}.Encode(), nil, nil).want(t, "400")
		if !strings.Contains(a.raw, tt.words) || o.Sessions() != 2 {
			t.Errorf("%s: %d sessions, %s", name, o.Sessions(), a.raw)
		}
	}
}

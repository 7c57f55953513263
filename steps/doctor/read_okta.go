package doctor

import (
	"context"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/syslog"
	"msgsso-wizard/steps/taskgroup"
)

const needsOkta = "This needs a sign-in to Okta."

// logSpan is how far back visitors' sign-ins are checked.
const logSpan = 24 * time.Hour

// readOkta reads the app integration and all that decides who may sign in with it.
func (s *seen) readOkta(ctx context.Context) {
	ofApp := []interface{ skip(why string) }{&s.secrets, &s.groups, &s.users, &s.member, &s.policy, &s.access, &s.names, &s.events}
	if s.conn.Okta == nil {
		why := needsOkta
		if s.conn.OktaErr != nil {
			why = s.conn.OktaErr.Error()
		}
		skipAll(why, append(ofApp, &s.app, &s.servers, &s.origins, &s.user)...)
		return
	}
	api := s.conn.Okta
	var wg taskgroup.Group
	s.servers.start(&wg, "read the authorization servers", func() ([]okta.AuthorizationServer, error) {
		servers, err := oktasteps.AuthServers(ctx, api, s.discoveryURI())
		if okta.NoFeature(err) { // only the org's own
			return nil, nil
		}
		return servers, err
	})
	s.origins.start(&wg, "read the trusted origins", func() ([]okta.TrustedOrigin, error) { return api.TrustedOrigins(ctx) })
	s.org.start(&wg, "read the org's status", func() (okta.Org, error) { return api.Org(ctx) })
	wg.Go(func() { s.readUser(ctx) })
	s.findApp(ctx)
	wg.Wait()
	if !s.app.known {
		skipAll(s.app.gap(), ofApp...)
		return
	}
	id := s.app.value.ID
	s.secrets.start(&wg, "read the client secrets", func() ([]okta.AppSecret, error) { return api.AppSecrets(ctx, id) })
	s.groups.start(&wg, "read the assignments", func() ([]string, error) { return api.AppGroups(ctx, id) })
	s.users.start(&wg, "read the assignments", func() ([]okta.AppUser, error) { return api.AppUsers(ctx, id) })
	s.policy.start(&wg, "read the app sign-in policy", func() (oktasteps.SignInPolicy, error) {
		return oktasteps.ReadSignInPolicy(ctx, api, s.app.value)
	})
	s.access.start(&wg, "read the access policies", func() (access, error) { return s.readAccess(ctx) })
	s.names.start(&wg, "read the claims", func() (oktasteps.Names, error) {
		server, _ := s.server()
		return oktasteps.ReadNames(ctx, api, server, id)
	})
	s.events.start(&wg, "read the System Log", func() ([]okta.LogEvent, error) {
		return api.Logs(ctx, okta.LogQuery{Since: time.Now().Add(-logSpan), Filter: syslog.Filter, Limit: 1000})
	})
	wg.Go(func() { s.readMember(ctx) })
	wg.Wait()
}

const noUserSet = "No user was named."

func (s *seen) readUser(ctx context.Context) {
	if s.cfg.User == "" {
		s.user.skip(noUserSet)
		return
	}
	s.user.read("read the user", func() (okta.User, error) { return s.conn.Okta.User(ctx, s.cfg.User) })
}

func (s *seen) readMember(ctx context.Context) {
	if !s.user.known {
		s.member.skip(s.user.gap())
		return
	}
	s.whole.read("read the groups", func() (okta.Group, error) {
		groups, err := s.conn.Okta.Groups(ctx, "Everyone")
		i := slices.IndexFunc(groups, okta.Group.Everyone)
		if err != nil || i < 0 {
			return okta.Group{}, err
		}
		return groups[i], nil
	})
	s.member.read("read whether the user is assigned", func() (okta.AppUser, error) {
		return s.conn.Okta.AppUser(ctx, s.app.value.ID, s.user.value.ID)
	})
}

// findApp finds the app that visitors sign in with: one that the user named by its ID, else the one whose credential
// the integration has, as its notes say, because Genesys Cloud shows no stored credential; else one by its redirect
// URIs.
func (s *seen) findApp(ctx context.Context) {
	api, a := s.conn.Okta, s.cfg.Env.Answers
	client := a.Value(guide.ManualClientID)
	if client == "" {
		client, _ = s.noted()
	}
	named := a.Get(guide.AppName)
	switch {
	case named.From > guide.FromOrg && strings.HasPrefix(named.Value, "0oa"):
		s.app.read("read the app integration", func() (okta.App, error) { return api.App(ctx, named.Value) })
	case client != "":
		s.app.read("read the app integration", func() (okta.App, error) { return api.AppOfClient(ctx, client) })
	default:
		s.guessApp(ctx)
	}
}

// guessApp takes the only app that has a redirect URI where the deployment's Messenger may start.
func (s *seen) guessApp(ctx context.Context) {
	apps, err := s.conn.Okta.Apps(ctx, "")
	if err != nil {
		s.app.err = explain.InWords("read the app integrations", err)
		return
	}
	apps = slices.DeleteFunc(apps, func(app okta.App) bool {
		return app.ApplicationType != "web" || !slices.ContainsFunc(app.RedirectURIs, s.mayStart)
	})
	if len(apps) != 1 {
		s.app.skip("The integration doesn't name the app of its credential, and its redirect URIs don't identify the app. Enter the app's ID as the app integration name.")
		return
	}
	s.app.value, s.app.known, s.guessed = apps[0], true, true
}

// readAccess reads the policies of the server that the Discovery URI names, and looks whether "default" has one for
// the app where that is another server.
func (s *seen) readAccess(ctx context.Context) (access, error) {
	server, found := s.server()
	if !found {
		return access{server: okta.AuthorizationServer{Issuer: s.issuer()}}, nil
	}
	a := access{server: server}
	for _, other := range s.servers.value {
		here := other.ID == server.ID
		if other.Status != "ACTIVE" || !here && other.Name != "default" {
			continue
		}
		policies, err := s.conn.Okta.Policies(ctx, other.ID)
		if err != nil {
			return a, err
		}
		for _, p := range policies {
			switch {
			case p.Status != "ACTIVE" || !oktasteps.Covers(p, s.app.value.ClientID):
			case here:
				rules, err := s.conn.Okta.Rules(ctx, other.ID, p.ID)
				if err != nil {
					return a, err
				}
				a.policies = append(a.policies, policy{p, rules})
			case slices.Contains(p.Clients, s.app.value.ClientID):
				a.other = other.Issuer
			}
		}
	}
	return a, nil
}

// issuer is that of the Discovery URI; empty: none.
func (s *seen) issuer() string {
	if issuer, ok := oidc.IssuerOf(parsed(s.discoveryURI())); ok {
		return issuer
	}
	return ""
}

// server is the authorization server of the Discovery URI, with no id for the org's own. An org's servers have their
// own paths, whatever domain they are asked at (contract okta.md 4).
func (s *seen) server() (okta.AuthorizationServer, bool) {
	issuer := parsed(s.issuer())
	if issuer.Host == "" || s.foreign() != "" {
		return okta.AuthorizationServer{}, false
	}
	if issuer.Path == "" {
		return okta.AuthorizationServer{Name: "the org authorization server", Issuer: issuer.String(), Status: "ACTIVE"}, true
	}
	for _, known := range s.servers.value {
		if parsed(known.Issuer).Path == issuer.Path {
			return known, true
		}
	}
	return okta.AuthorizationServer{}, false
}

package doctor

import (
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/steps/syslog"
)

func checkAssigned(s *seen) []Finding {
	app := s.app.value
	groups, users := len(s.groups.value), len(s.users.value)
	switch {
	case app.Implicit:
		return fine("Everyone in the org can sign in (Federation Broker Mode).")
	case groups+users == 0:
		return fails(fmt.Sprintf("No one is assigned to the app integration %q.", app.Label), "Okta refuses every sign-in: \"User is not assigned to the client application.\"", "Assign users or groups in Okta (the app > Assignments).", signintest.FixAssignUser)
	}
	var who []string
	if groups > 0 {
		who = append(who, explain.Counted(groups, "group", "groups"))
	}
	if users > 0 {
		who = append(who, explain.Counted(users, "person", "people"))
	}
	return fine("Assigned: %s.", strings.Join(who, ", "))
}

// checkUser checks the user that was named. Okta doesn't say whether a group includes a user who is in no list.
func checkUser(s *seen) []Finding {
	who := s.cfg.User
	if who == "" {
		return nil
	}
	const refused = "Okta refuses: \"User is not assigned to the client application.\""
	switch {
	case s.user.err != nil && okta.NotFound(s.user.err.Err):
		return fails(fmt.Sprintf("Okta has no user with the login %s.", who), "Only users of this org can sign in.", "Enter the login as in Okta (Directory > People).", "")
	case s.user.gap() != "":
		return skipped(s.user.gap())
	case s.user.value.Status != "" && s.user.value.Status != "ACTIVE":
		return fails(fmt.Sprintf("The Okta status of %s is %s, not ACTIVE.", who, s.user.value.Status), "Only active users can sign in.", "Activate or unlock the user in Okta (Directory > People).", "")
	case s.app.value.Implicit:
		return s.underTheRule(who + " is active, and everyone can sign in")
	case s.member.known:
		return s.underTheRule(who + " is active and assigned")
	case s.member.err != nil && !okta.NotFound(s.member.err.Err), s.member.err == nil:
		return skipped(s.member.gap())
	case s.whole.value.ID != "" && slices.Contains(s.groups.value, s.whole.value.ID):
		return s.underTheRule(who + " is active, and everyone in the org is assigned")
	case len(s.groups.value) > 0:
		return warns(fmt.Sprintf("%s isn't assigned directly. Membership in the %s couldn't be checked.", who, explain.Counted(len(s.groups.value), "assigned group", "assigned groups")), refused, "Check the user's groups in Okta, or assign the user.", signintest.FixAssignUser)
	}
	return fails(fmt.Sprintf("%s isn't assigned to the app integration.", who), refused, "Assign the user, or one of the user's groups (the app > Assignments).", signintest.FixAssignUser)
}

// checkSignInPolicy says how many factors users need. An org on the classic engine names no policy.
func checkSignInPolicy(s *seen) []Finding {
	if s.app.value.SignInPolicy == "" {
		return nil
	}
	return fine("%s", s.policy.value)
}

// underTheRule goes on from what is good about a user: a rule may be for some groups only, or exclude the user. In which
// groups a user is, no call that is known tells (contract okta.md 2).
func (s *seen) underTheRule(good string) []Finding {
	const refused = "Okta refuses them: \"Policy evaluation failed for this request\"."
	all := s.rules()
	allowing := slices.DeleteFunc(slices.Clone(all), func(r ruled) bool { return slices.Contains(r.NotUsers, s.user.value.ID) })
	everyone := func(id string) bool { return id == "EVERYONE" || id == s.whole.value.ID }
	switch {
	case len(all) == 0, len(allowing) > 0 && slices.ContainsFunc(allowing[0].Groups, everyone) && len(allowing[0].NotGroups) == 0:
		return fine("%s.", good)
	case len(allowing) == 0:
		return fails(fmt.Sprintf("The rule %q excludes %s.", all[0].Name, s.cfg.User), refused,
			"Remove the user from the rule's exclusions (Security > API > the server > Access Policies).", "")
	}
	return warns(fmt.Sprintf("%s. Whether the rule %q covers the user couldn't be checked.", good, allowing[0].Name),
		"Okta refuses other users: \"Policy evaluation failed for this request\".",
		"Compare the user's groups with the rule's groups (Directory > People, and Security > API > the server > Access Policies). Or test with this user.", "")
}

// ruled is a rule with the name of its policy.
type ruled struct {
	okta.Rule
	policy string
}

// rules are those that allow visitors, in the order in which Okta tries them.
func (s *seen) rules() (out []ruled) {
	for _, p := range s.access.value.policies {
		for _, r := range p.rules {
			if oktasteps.AllowsSignIn(r) {
				out = append(out, ruled{r, p.Name})
			}
		}
	}
	return out
}

// rule is the first of them, with its policy's name.
func (s *seen) rule() (policy string, r okta.Rule, allowed bool) {
	all := s.rules()
	if len(all) == 0 {
		return "", okta.Rule{}, false
	}
	return all[0].policy, all[0].Rule, true
}

func checkAccess(s *seen) []Finding {
	a := s.access.value
	if _, found := s.server(); !found || s.elsewhere() {
		return skipped(fixFirst)
	}
	if a.server.ID == "" {
		return fine("The org authorization server has no access policies. All assigned users can sign in.")
	}
	const fix = "Add an access policy for the app (Security > API > the server > Access Policies). Its rule must allow Authorization Code and the scopes openid, email, and profile."
	p, r, allowed := s.rule()
	switch {
	case len(a.policies) == 0:
		return fails(fmt.Sprintf("No access policy of the authorization server %q covers the app.", a.server.Name), "Okta refuses every sign-in: \"Policy evaluation failed for this request\".", fix, signintest.FixAccessPolicy)
	case !allowed:
		return fails(fmt.Sprintf("The access policy %q covers the app, but no active rule allows Authorization Code with openid, email, and profile.", a.policies[0].Name), "Okta refuses every sign-in: \"Policy evaluation failed for this request\".", fix, signintest.FixAccessPolicy)
	}
	who, but := "all assigned users", ""
	if !slices.Contains(r.Groups, "EVERYONE") {
		who = "users in " + explain.Counted(len(r.Groups), "group", "groups")
	}
	if !slices.Contains(r.Scopes, "*") && !slices.Contains(r.Scopes, offlineAccess) {
		but = ", without refresh tokens (the page must not request offline_access)"
	}
	for _, left := range []struct {
		ids       []string
		one, many string
	}{{r.NotGroups, "group", "groups"}, {r.NotUsers, "user", "users"}} {
		if n := len(left.ids); n > 0 {
			but = ", except " + explain.Counted(n, left.one, left.many) + but
		}
	}
	return fine("The rule %q of the policy %q allows %s%s.", r.Name, p, who, but)
}

// checkNames looks whether agents see visitors' names. Genesys Cloud reads them in the ID token (contract genesys.md 4).
func checkNames(s *seen) []Finding {
	n := s.names.value
	missing := n.Missing()
	switch _, found := s.server(); {
	case !found || s.elsewhere():
		return skipped(fixFirst)
	case len(missing) == 0:
		return fine("ID tokens include given_name and family_name, so agents see visitors' names.")
	}
	fix := "Add the federated claims given_name (user.profile.firstName) and family_name (user.profile.lastName) to the app."
	if n.Server.ID != "" {
		fix = fmt.Sprintf("Set both claims to ID Token, Always, and Active (Security > API > %s > Claims). All apps that use this server then get both names.", n.Server.Name)
	}
	return warns("ID tokens lack "+strings.Join(missing, " and ")+".", "Agents don't see visitors' names.", fix, FixNames)
}

// messengerLife is the longest life of Messenger's token in minutes; a shorter access token shortens it (contract
// genesys.md 4, 8).
const messengerLife = 15

func checkLife(s *seen) []Finding {
	_, r, allowed := s.rule()
	switch {
	case !allowed || r.AccessMinutes == 0:
		return nil
	case r.AccessMinutes < messengerLife:
		return warns(fmt.Sprintf("Okta's access token is valid for %s (rule %q), which also limits Messenger's.", explain.Counted(r.AccessMinutes, "minute", "minutes"), r.Name),
			"Messenger asks visitors to sign in again while they chat.",
			fmt.Sprintf("Set it to %d minutes or more (the rule > Access token lifetime).", messengerLife), "")
	}
	return fine("Okta's access token is valid for %s.", explain.Counted(r.AccessMinutes, "minute", "minutes"))
}

// What may be wrong with an origin. One that Okta has cannot be added again.
const (
	originMissing     = "%s isn't an active trusted origin with CORS."
	originInactive    = "The trusted origin %s is inactive."
	originWithoutCORS = "The trusted origin %s doesn't have CORS."
)

// originFault is one of them; empty: the origin is trusted.
func (s *seen) originFault(origin address.Origin) string {
	i := slices.IndexFunc(s.origins.value, func(t okta.TrustedOrigin) bool { return origin.Is(t.Origin) })
	switch {
	case i < 0:
		return originMissing
	case s.origins.value[i].Status != "ACTIVE":
		return originInactive
	case !slices.Contains(s.origins.value[i].Scopes, "CORS"):
		return originWithoutCORS
	}
	return ""
}

// checkOrigins looks whether pages of this deployment may end Okta's session.
func checkOrigins(s *seen) []Finding {
	const where = " in Okta (Security > API > Trusted Origins"
	var found []Finding
	for _, f := range []struct{ fault, fix string }{
		{originMissing, "Add it" + where + ", CORS and Redirect)."},
		{originInactive, "Activate it" + where + ")."},
		{originWithoutCORS, "Edit it" + where + "): select CORS and Redirect."},
	} {
		origins := slices.DeleteFunc(s.missingOrigins(), func(o string) bool { return s.originFault(address.OriginOf(o)) != f.fault })
		if len(origins) > 0 {
			found = append(found, warns(fmt.Sprintf(f.fault, strings.Join(origins, ", ")),
				"The page can't end the Okta session, so visitors who sign out are signed in again.", f.fix, FixOrigins)...)
		}
	}
	if len(found) == 0 {
		return fine("The pages' origins are trusted.")
	}
	return found
}

// missingOrigins are the origins, without CORS, of the page that was named, or else of the redirect URIs on which
// Messenger may start.
func (s *seen) missingOrigins() []string {
	pages := slices.DeleteFunc(s.addresses(), func(uri string) bool { return !s.mayStart(uri) })
	if s.page.known {
		pages = []string{s.page.value.URL}
	}
	var missing []string
	for _, p := range pages {
		origin := address.OriginOf(p)
		if text := origin.String(); text != "" && s.originFault(origin) != "" && !slices.Contains(missing, text) {
			missing = append(missing, text)
		}
	}
	return missing
}

// shownVisits is how many kinds of failed sign-ins are shown.
const shownVisits = 5

// checkVisits tells what visitors ran into lately. It is past, so it fails nothing: what is wrong now, other checks say.
func checkVisits(s *seen) []Finding {
	visits := slices.DeleteFunc(slices.Clone(s.events.value), func(e okta.LogEvent) bool { return e.Agent == apiclient.UserAgent }) // the wizard's own checks
	sentences := syslog.Explain(visits, s.app.value.ClientID, s.app.value.ID)
	if len(sentences) == 0 {
		return fine("Okta's System Log of the last 24 hours has no failed sign-in.")
	}
	var out []Finding
	for _, e := range sentences[:min(len(sentences), shownVisits)] {
		what := fmt.Sprintf("%s: %s", explain.Moment(e.At), e.Problem)
		if e.Times > 1 {
			what = fmt.Sprintf("%s (%d times in 24 hours)", what, e.Times)
		}
		out = append(out, Finding{State: Warn, What: what, Why: "Okta's System Log says so (" + e.Code + ").", Fix: e.Fix, DocURL: e.DocURL})
	}
	return out
}

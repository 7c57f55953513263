package doctor

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/genesys"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/signintest"
)

func checkDeployment(s *seen) []Finding {
	d := s.deployment.value
	if d.Status == "Active" {
		return fine("The deployment %q is Active.", d.Name)
	}
	return fails(fmt.Sprintf("The deployment %q is %s, not Active.", d.Name, d.Status),
		"Messenger doesn't start on any page.",
		"Open it ("+guide.PathDeployments+"). If it is Pending, wait a minute.", "")
}

// checkDomains compares the allowed domains with the page that was named, and with the app's redirect URIs, to which
// visitors come back.
func checkDomains(s *seen) []Finding {
	domains := s.domains()
	allowed := domains.Domains
	const why = "Messenger starts only on allowed domains (GenesysJS.domainNotAllowed)."
	const fix = "Add the host to the deployment's allowed domains, without scheme and port (" + guide.PathDeployments + ")."
	switch {
	case domains.AllowAll:
		return fine("The deployment allows every domain.")
	case len(allowed) == 0:
		return fails("The deployment allows no domain.", why, fix, signintest.FixDomains)
	}
	if s.page.known && !s.mayStart(s.page.value.URL) {
		return fails(fmt.Sprintf("The page is on %s, but the deployment allows %s.", address.OriginOf(s.page.value.URL).Host, strings.Join(allowed, ", ")), why, fix, signintest.FixDomains)
	}
	unfit := func(entry string) bool { h, _ := address.ParseHost(entry); return !h.Is(entry) }
	var odd []Finding
	if i := slices.IndexFunc(allowed, unfit); i >= 0 {
		right, _ := address.ParseHost(allowed[i]) // of an international name
		odd = warns(fmt.Sprintf("The allowed domain %q isn't a bare host name.", allowed[i]), "Browsers compare a host in ASCII, without scheme and port. This entry never matches.", "Replace it with "+cmp.Or(right.String(), "the host name")+".", "")
	}
	if i := slices.IndexFunc(allowed, func(entry string) bool { h, _ := address.ParseHost(entry); return h.Shared() }); i >= 0 {
		odd = append(odd, warns(fmt.Sprintf("The allowed domain %q is a public suffix.", allowed[i]), "Messenger also starts on websites of others.", "Replace it with your own hosts ("+guide.PathDeployments+").", "")...)
	}
	fit := slices.DeleteFunc(slices.Clone(allowed), unfit)
	if len(fit) == 0 { // all are odd
		odd[0].State = Fail
		return odd
	}
	uris := s.app.value.RedirectURIs
	if s.app.known && len(uris) > 0 && !slices.ContainsFunc(uris, s.mayStart) {
		return fails(fmt.Sprintf("The deployment allows %s, but the app's redirect URIs are on %s.", strings.Join(allowed, ", "), strings.Join(guide.Hosts(uris), ", ")), why, fix, signintest.FixDomains)
	}
	if stray := guide.Hosts(slices.DeleteFunc(s.addresses(), s.mayStart)); s.app.known && len(stray) > 0 {
		odd = append(odd, warns(fmt.Sprintf("The deployment allows %s, but not %s, where the app has a redirect URI.", strings.Join(fit, ", "), strings.Join(stray, ", ")), why, fix, "")...)
	}
	return append(fine("Allowed domains: %s.", strings.Join(fit, ", ")), odd...)
}

// domains are the deployment's, as the API says, or else as browsers get them.
func (s *seen) domains() genesys.PublicDomains {
	if s.deployment.known {
		return s.deployment.value.Domains()
	}
	return s.publicDomains.value
}

// mayStart reports whether Messenger may start on the page.
func (s *seen) mayStart(page string) bool { return s.domains().Allow(page) }

func checkPublicConfig(s *seen) []Finding {
	public := s.publicConfig.value
	const lag = "The file is cached. Check again in a few minutes."
	switch {
	case !s.deployment.known && !public.AuthEnabled:
		return fails(fmt.Sprintf("Browsers get version %s, with authentication off.", public.Version), "Visitors chat without signing in.", "Publish a version with authentication on, and choose it in the deployment.", "")
	case !s.deployment.known:
		return fine("Browsers get version %s, with authentication on.", public.Version)
	case public.Version != s.deployment.value.ConfigurationVersion:
		return warns(fmt.Sprintf("Browsers still get version %s from the public file. The deployment uses version %s.", public.Version, s.deployment.value.ConfigurationVersion), "Visitors see the other version until the public file is updated.", lag, "")
	case s.pinned.known && public.AuthEnabled != s.pinned.value.SignsIn():
		return warns(fmt.Sprintf("Authentication is %s in the public file. In version %s, it is %s.", genesyssteps.OnOff(public.AuthEnabled), public.Version, genesyssteps.OnOff(s.pinned.value.SignsIn())), "Browsers use the public file.", lag, "")
	}
	return fine("Browsers get version %s, with authentication %s.", public.Version, genesyssteps.OnOff(public.AuthEnabled))
}

func checkPublicDomains(s *seen) []Finding {
	public, d := s.publicDomains.value, s.deployment.value
	if public.AllowAll == d.AllowAllDomains && (d.AllowAllDomains || sameSet(public.Domains, d.AllowedDomains)) {
		return fine("Browsers get the same allowed domains.")
	}
	return warns(fmt.Sprintf("Browsers still get other allowed domains: %s.", strings.Join(public.Domains, ", ")),
		"Browsers use the public file.", "The file is cached. Check again in a few minutes.", "")
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

// older is the version that the deployment should have pinned: the newest one with authentication on, where the
// pinned one has it off.
func (s *seen) older() (better genesys.Configuration, found bool) {
	if !s.pinned.known || s.pinned.value.SignsIn() {
		return better, false
	}
	for _, v := range genesys.NewestFirst(s.versions.value) {
		if v.SignsIn() && v.Number() > s.pinned.value.Number() {
			return v, true
		}
	}
	return better, false
}

// checkPinned tells a deployment that was not moved to the version with authentication on.
func checkPinned(s *seen) []Finding {
	published := genesys.NewestFirst(s.versions.value)
	pinned := s.deployment.value.ConfigurationVersion
	if better, found := s.older(); found {
		return fails(fmt.Sprintf("The deployment uses version %s of the configuration, where authentication is off. It is on in version %s.", pinned, better.Version),
			"Visitors see a new version only after the deployment uses it.",
			"Choose version "+better.Version+" in the deployment ("+guide.PathDeployments+").", signintest.FixPublish)
	}
	switch {
	case s.pinned.err != nil:
		return fails(fmt.Sprintf("Version %s, which the deployment uses, can't be read: %s", pinned, s.pinned.err.Problem), "Visitors get this version.", s.pinned.err.Fix, "")
	case len(published) > 0 && published[0].Version != pinned:
		return fine("The deployment uses version %s. Version %s is newer and has authentication %s.", pinned, published[0].Version, genesyssteps.OnOff(published[0].SignsIn()))
	}
	return fine("The deployment uses version %s, the newest.", pinned)
}

func checkAuthentication(s *seen) []Finding {
	if s.pinned.value.SignsIn() {
		return fine("Authentication is on in version %s.", s.pinned.value.Version)
	}
	if _, known := s.older(); known {
		return nil
	}
	what := fmt.Sprintf("The deployment uses version %s of the configuration %q, where authentication is off. No published version has it on.", s.pinned.value.Version, s.pinned.value.Name)
	fix := "Enable authentication (" + guide.PathConfigurations + ", then the configuration > " + guide.AuthenticationSwitch + "), save a new version, and choose it in the deployment."
	if s.draft.value.SignsIn() {
		what += " The draft has it on, but isn't published."
		fix = "Publish the draft (Save New Version), then choose that version in the deployment."
	}
	return fails(what, "Visitors chat without signing in.", fix, signintest.FixPublish)
}

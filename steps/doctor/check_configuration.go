package doctor

import (
	"fmt"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/signintest"
)

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
		return fine("The deployment uses version %s. Version %s is newer and has authentication %s.", pinned, published[0].Version, onOff(published[0].SignsIn()))
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

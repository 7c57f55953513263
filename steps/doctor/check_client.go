package doctor

import (
	"fmt"

	oktasteps "msgsso-wizard/steps/okta"
)

// checkClientSettings looks for what the app demands of its client that Genesys Cloud, or the page, can't meet.
func checkClientSettings(s *seen) []Finding {
	var found []Finding
	for _, d := range oktasteps.Demands(s.app.value) {
		found = append(found, fails(fmt.Sprintf("The app integration %q %s.", s.app.value.Label, d.What), d.Why, d.Fix, "")...)
	}
	if oktasteps.InZonesOnly(s.app.value) {
		found = append(found, warns("Okta accepts token requests of the app from some network zones only.",
			"Sign-in fails unless these zones include Genesys Cloud.",
			"Add the addresses of Genesys Cloud to the zones (Security > Networks), or allow any zone (the app > General).", "")...)
	}
	if found == nil {
		return fine("The app doesn't require DPoP, PAR, encrypted ID tokens, or a network zone.")
	}
	return found
}

// checkSignInPolicy says how many factors users need. An org on the classic engine names no policy.
func checkSignInPolicy(s *seen) []Finding {
	if s.app.value.SignInPolicy == "" {
		return nil
	}
	return fine("%s", s.policy.value)
}

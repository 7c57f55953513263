package signintest

import (
	"context"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/services"
)

// tolerable is how much clocks may differ. An ID token is checked with as much (see oidc.VerifyIDToken).
const tolerable = 2 * time.Minute

// Clocks are how far the clocks of both services are ahead of this computer's, by the Date headers of their answers.
type Clocks struct {
	Okta, Genesys           time.Duration
	KnowsOkta, KnowsGenesys bool
}

// ReadClocks is what the answers so far told; either service may be nil.
func ReadClocks(doc oidc.Document, okta services.Discovery, genesys services.Messenger) (c Clocks) {
	if okta != nil {
		c.Okta, c.KnowsOkta = okta.Skew(doc)
	}
	if genesys != nil {
		c.Genesys, c.KnowsGenesys = genesys.Skew()
	}
	return c
}

// Wrong is the side whose clock is off. Two clocks of three that agree are right; with two, it isn't known. The problem
// is empty where Okta's clock and this computer's agree, or aren't known.
func (c Clocks) Wrong() (side Side, problem, fix string) {
	near := func(d time.Duration) bool { return d.Abs() <= tolerable }
	by := apiclient.Spell(c.Okta.Abs())
	side, problem = SideNone, "This computer's clock and Okta's differ by "+by+". Which one is wrong isn't known."
	fix = "Compare both with a third clock. If this computer's clock is wrong, correct it and test again."
	switch {
	case !c.KnowsOkta || near(c.Okta):
		return SideNone, "", ""
	case c.KnowsGenesys && near(c.Genesys):
		side, problem = SideOkta, "Okta's clock is "+by+" "+direction(c.Okta)+" this computer's and Genesys Cloud's."
		fix = "Check whether a proxy changes Okta's Date header. If not, report the difference to Okta support."
	case c.KnowsGenesys && near(c.Genesys-c.Okta):
		side, problem = SideHere, "This computer's clock is "+by+" "+direction(-c.Okta)+" Okta's and Genesys Cloud's."
		fix = "Correct this computer's clock, then test again."
	}
	return side, problem, fix
}

func direction(ahead time.Duration) string {
	if ahead > 0 {
		return "ahead of"
	}
	return "behind"
}

// outOfTime is an ID token that isn't valid now. Where the clocks agree, its own times are wrong.
func (t *test) outOfTime(ctx context.Context, why string) fault {
	_, _ = t.Messenger.PublicConfig(ctx, t.DeploymentID) // any answer tells Genesys Cloud's time
	side, problem, fix := ReadClocks(t.Document, t.Discovery, t.Messenger).Wrong()
	if problem == "" {
		side, problem = SideOkta, "Okta's clock agrees with this computer's, so the token's times are wrong."
		fix = "Test again. If the error stays, report this message to Okta support."
	}
	return fault{side: side, problem: "The ID token isn't valid. " + why + " " + problem, fix: fix}
}

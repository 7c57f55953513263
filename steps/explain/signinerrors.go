package explain

import (
	"msgsso-wizard/apiclient/genesys"
	browser "msgsso-wizard/apiclient/genesys/signin"
	device "msgsso-wizard/apiclient/okta/signin"
	"msgsso-wizard/steps/guide"
)

// ending is how a sign-in can fail that no service refused.
type ending struct {
	is      error
	class   Class
	key     guide.Key
	retry   bool
	problem string // empty: the error's own words
	fix     string
}

var endings = []ending{
	{
		is: genesys.ErrTokenEnded, class: ClassSignIn, key: guide.GenesysAccessToken,
		problem: "Genesys Cloud does not accept the access token: it ended or was revoked.",
		fix:     "Get a new one and enter it (GENESYSCLOUD_ACCESS_TOKEN), or sign in another way (--genesys-sign-in).",
	},
	{
		is: browser.ErrSignInTimeout, class: ClassSignIn, key: guide.GenesysSignIn, retry: true,
		fix: "Try again, or sign in another way (--genesys-sign-in).",
	},
	{
		is: browser.ErrPortTaken, class: ClassUsage, key: guide.CallbackPort, retry: true,
		fix: "Another port is set by --callback-port.",
	},
	{
		is: device.ErrCodeExpired, class: ClassSignIn, key: guide.OktaSignIn, retry: true,
		problem: "Nobody used Okta's code in time.",
		fix:     "Try again: there will be a new code. Or sign in another way (--okta-sign-in).",
	},
	{
		is: device.ErrDenied, class: ClassSignIn, key: guide.OktaSignIn, retry: true,
		problem: "The sign-in to Okta was refused in the browser.",
		fix:     "Try again and let the device in, or sign in another way (--okta-sign-in).",
	},
}

func (end ending) error(step guide.StepID, err error) error {
	problem := end.problem
	if problem == "" {
		problem = Sentence(err.Error())
	}
	return &Error{Step: step, Class: end.class, Question: end.key, Retry: end.retry, Problem: problem, Fix: end.fix, Err: err}
}

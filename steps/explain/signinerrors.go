package explain

import (
	"msgsso-wizard/apiclient/genesys"
	browser "msgsso-wizard/apiclient/genesys/signin"
	device "msgsso-wizard/apiclient/okta/signin"
	"msgsso-wizard/steps/guide"
)

// endings are how a sign-in can fail that no service refused. Without a Problem, the error's own words are one.
var endings = []struct {
	is   error
	says Error
}{
	{genesys.ErrTokenEnded, Error{
		Class: ClassSignIn, Question: guide.GenesysAccessToken,
		Problem: "Genesys Cloud does not accept the access token: it ended or was revoked.",
		Fix:     "Get a new one and enter it (GENESYSCLOUD_ACCESS_TOKEN), or sign in another way (--genesys-sign-in).",
	}},
	{browser.ErrSignInTimeout, Error{
		Class: ClassSignIn, Question: guide.GenesysSignIn, Retry: true,
		Fix: "Try again, or sign in another way (--genesys-sign-in).",
	}},
	{browser.ErrPortTaken, Error{
		Class: ClassUsage, Question: guide.CallbackPort, Retry: true,
		Fix: "Another port is set by --callback-port.",
	}},
	{device.ErrCodeExpired, Error{
		Class: ClassSignIn, Question: guide.OktaSignIn, Retry: true,
		Problem: "Nobody used Okta's code in time.",
		Fix:     "Try again: there will be a new code. Or sign in another way (--okta-sign-in).",
	}},
	{device.ErrDenied, Error{
		Class: ClassSignIn, Question: guide.OktaSignIn, Retry: true,
		Problem: "The sign-in to Okta was refused in the browser.",
		Fix:     "Try again and let the device in, or sign in another way (--okta-sign-in).",
	}},
}

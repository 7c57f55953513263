package explain

import (
	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	browser "msgsso-wizard/apiclient/genesys/signin"
	"msgsso-wizard/apiclient/loopback"
	device "msgsso-wizard/apiclient/okta/signin"
	"msgsso-wizard/steps/guide"
)

// endings are how a run or a sign-in can fail that no service refused. Without a Problem, the error's own words are one.
var endings = []struct {
	is   error
	says Error
}{
	{apiclient.ErrSetting, Error{Class: ClassUsage, Fix: "Correct it, then try again."}},
	{genesys.ErrTokenEnded, Error{
		Class: ClassSignIn, Question: guide.GenesysAccessToken, Also: []guide.Key{guide.GenesysSignIn},
		Problem: "Genesys Cloud rejected the access token. It has expired or was revoked.",
		Fix:     "Get a new one and enter it, or choose another sign-in method.",
	}},
	{browser.ErrSignInTimeout, Error{
		Class: ClassSignIn, Question: guide.GenesysSignIn, Retry: true,
		Fix: "Try again, or choose another sign-in method.",
	}},
	{loopback.ErrPortTaken, Error{
		Class: ClassUsage, Question: guide.CallbackPort, Retry: true,
		Fix: "Free the port, or set another one and register its redirect URI.",
	}},
	{device.ErrCodeExpired, Error{
		Class: ClassSignIn, Question: guide.OktaSignIn, Retry: true,
		Problem: "The Okta code expired.",
		Fix:     "Try again with a new code, or choose another sign-in method.",
	}},
	{device.ErrDenied, Error{
		Class: ClassSignIn, Question: guide.OktaSignIn, Retry: true,
		Problem: "The sign-in to Okta was refused in the browser.",
		Fix:     "Try again and approve the sign-in, or choose another sign-in method.",
	}},
}

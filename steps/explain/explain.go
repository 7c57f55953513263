package explain

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/guide"
)

// reason turns a kind of refusal into an admin's words. The first that fits counts.
type reason struct {
	fits    func(*apiclient.Error) bool
	class   Class
	key     guide.Key
	retry   bool
	problem func(e *apiclient.Error, what string) string
	fix     string
	doc     string
}

// reasons are the vendors' own before the general ones: what they say outranks what a status says. Of a public read, not
// even that counts.
var reasons = slices.Concat(publicReasons, oktaReasons, genesysReasons, generalReasons)

var generalReasons = []reason{
	{
		fits: func(e *apiclient.Error) bool { return e.Service == apiclient.Okta && status(http.StatusForbidden)(e) }, class: ClassPermission, key: guide.OktaToken,
		problem: say("Okta didn't allow this admin to %[2]s. Okta says: %[3]s"),
		fix:     RoleFix,
	},
	{
		fits: func(e *apiclient.Error) bool {
			return e.Service == apiclient.Okta && status(http.StatusConflict)(e) || alreadyThere(e)
		}, class: ClassConflict, retry: true,
		problem: say("An existing object conflicts, so the wizard couldn't %[2]s. Okta says: %[3]s"),
		fix:     "Try again. The wizard checks what exists first.",
	},
	{
		fits: status(http.StatusLocked), class: ClassFault, retry: true,
		problem: say("%[4]s is processing another change and couldn't %[2]s: %[3]s"),
		fix:     "Retry in a moment. The wizard checks what exists and creates no duplicates.",
	},
	{
		fits: status(http.StatusForbidden), class: ClassPermission, retry: true,
		problem: say("%[4]s didn't allow the wizard to %[2]s: %[3]s"),
		fix:     PermissionFix, doc: permissionDoc,
	},
	{
		fits: status(http.StatusUnauthorized), class: ClassSignIn,
		problem: say("%[1]s no longer accepts the credentials: %[3]s"),
		fix:     "Enter them again.",
	},
	{
		fits: status(http.StatusNotFound), class: ClassConflict, retry: true,
		problem: say("%[4]s can't find an object that it needs to %[2]s: %[3]s"),
		fix:     "It may have been deleted. Try again. The wizard creates what is missing.",
	},
	{
		fits: status(http.StatusTooManyRequests), class: ClassFault, retry: true,
		problem: func(e *apiclient.Error, what string) string {
			pause := "a few minutes"
			if minutes := math.Ceil(e.RetryAfter.Minutes()); minutes > 0 {
				pause = Counted(int(minutes), "minute", "minutes")
			}
			return say("%[4]s's rate limit was reached. Retry in "+pause+". "+string(e.Service)+" says: %[3]s")(e, what)
		},
		fix: "Completed changes are kept.",
	},
	{
		fits: func(e *apiclient.Error) bool { return e.Status >= 400 && e.Status < 500 && e.Err == nil }, class: ClassFault,
		problem: say("%[4]s refused to %[2]s: %[3]s"),
		fix:     "Change the value that it names, or report this message.",
	},
	{
		fits: func(e *apiclient.Error) bool { return e.Status >= 500 }, class: ClassFault, retry: true,
		problem: say("%[4]s failed to %[2]s (HTTP %[5]d)."),
		fix:     "Retry in a moment. The wizard checks what exists and creates no duplicates.",
	},
	{
		fits: kind(apiclient.ErrUnreachable), class: ClassNetwork, retry: true,
		problem: say("%[1]s can't be reached: %[3]s"),
		fix:     "Check the URL, your network, and your proxy (HTTPS_PROXY), then try again.",
	},
	{
		fits: kind(apiclient.ErrTimeout), class: ClassNetwork, retry: true,
		problem: say("%[1]s didn't answer in time."),
		fix:     "Retry. The wizard checks what exists and creates no duplicates.",
	},
	{
		fits: kind(apiclient.ErrTLS), class: ClassNetwork,
		problem: say("The certificate of %[1]s isn't trusted, so nothing was sent: %[3]s"),
		fix:     "If your company inspects TLS traffic, add its CA certificate (--ca-cert or SSL_CERT_FILE). Certificate checks can't be turned off.",
	},
	{
		fits: func(e *apiclient.Error) bool {
			return e.Service == apiclient.GenesysCloud && kind(apiclient.ErrRedirect)(e)
		}, class: ClassNetwork, key: guide.GenesysRegion,
		problem: say("%[1]s redirected the wizard to another address: %[3]s"),
		fix:     "Check the region. A sign-in portal or a proxy can also be the cause.",
	},
	{
		fits: kind(apiclient.ErrRedirect), class: ClassNetwork, key: guide.OktaOrg,
		problem: say("%[1]s redirected the wizard to another address: %[3]s"),
		fix:     "Enter that address if it is yours.",
	},
	{
		fits: kind(apiclient.ErrNotAPI), class: ClassNetwork, retry: true,
		problem: say("A proxy or sign-in portal answered instead of %[4]s at %[1]s."),
		fix:     "Open a page in the browser to sign in to it, then try again.",
	},
	{
		fits: kind(apiclient.ErrIncompleteList), class: ClassFault, retry: true,
		problem: say("%[4]s gave an incomplete list, so the wizard couldn't %[2]s: %[3]s"),
		fix:     "Try again. If the error stays, report this message.",
	},
	{
		fits: func(*apiclient.Error) bool { return true }, class: ClassFault, retry: true,
		problem: say("%[4]s returned an unexpected response, so the wizard couldn't %[2]s: %[3]s"),
		fix:     "Try again. If the error stays, report this message.",
	},
}

const permissionDoc = "https://help.mypurecloud.com/articles/about-roles-permissions/"

// RoleFix is what to do where an admin of Okta lacks a role.
const RoleFix = "Use a super admin's API token, or one of an admin with the app admin, API Access Management admin, and org admin roles. " + guide.TokenCreators

// PermissionFix is what to do where a permission of Genesys Cloud is missing.
const PermissionFix = "Ask a Genesys Cloud admin to add the missing permissions to the account's role (Roles / Permissions), then retry."

// maxSaid is how much of a service's words is repeated, in characters: more would push the rest off the screen.
const maxSaid = 500

// say fills a sentence: 1 the host, 2 what was being done, 3 what the service said, 4 the service, 5 the status.
func say(format string) func(*apiclient.Error, string) string {
	return func(e *apiclient.Error, what string) string {
		said := e.Summary
		if len(e.Causes) > 0 {
			said = strings.Join(e.Causes, " ")
		}
		if words := []rune(said); len(words) > maxSaid {
			said = string(words[:maxSaid]) + "…"
		}
		text := format
		if said == "" {
			text = quotation.ReplaceAllString(format, "")
		}
		return Sentence(strings.NewReplacer("%[1]s", e.Host, "%[2]s", what, "%[3]s", strings.TrimSuffix(said, "."), "%[4]s", string(e.Service), "%[5]d", fmt.Sprint(e.Status)).Replace(text))
	}
}

// quotation is the part of a sentence that goes when the service said nothing.
var quotation = regexp.MustCompile(`( (Okta|Genesys Cloud) says)?:? %\[3\]s$`)

func status(code int) func(*apiclient.Error) bool {
	return func(e *apiclient.Error) bool { return e.Status == code && e.Err == nil }
}

func kind(want error) func(*apiclient.Error) bool {
	return func(e *apiclient.Error) bool { return errors.Is(e.Err, want) }
}

// InWords turns a failed read of something into an *Error in the words of an admin; what goes on after "could not".
// Nil stays nil.
func InWords(what string, err error) *Error {
	if err == nil {
		return nil
	}
	var known *Error
	if errors.As(explainAs("", what, err), &known) {
		return known
	}
	return &Error{Class: ClassFault, Problem: Sentence(err.Error()), Err: err}
}

// Explain turns a step's failure into an *Error in the words of an admin. Nil stays nil.
func Explain(step guide.StepID, err error) error {
	if err == nil {
		return nil
	}
	return explainAs(step, step.Doing(), err)
}

func explainAs(step guide.StepID, what string, err error) error {
	var known *Error
	if errors.As(err, &known) {
		if known.Step == "" {
			known.Step = step
		}
		return known
	}
	var answer *guide.AnswerError
	if errors.As(err, &answer) {
		return &Error{Step: step, Class: ClassUsage, Question: answer.Key, Problem: Sentence(answer.Error()), Fix: answer.Fix, Err: err}
	}
	for _, end := range endings {
		if errors.Is(err, end.is) {
			says := end.says
			says.Step, says.Problem, says.Err = step, cmp.Or(says.Problem, Sentence(err.Error())), err
			return &says
		}
	}
	e, ok := apiclient.AsError(err)
	if !ok {
		return &Error{Step: step, Class: ClassFault, Problem: Sentence(err.Error()), Err: err}
	}
	for _, r := range reasons {
		if r.fits(e) {
			return &Error{
				Step: step, Class: r.class, Question: r.key, Retry: r.retry,
				Problem: r.problem(e, what), Fix: r.fix, DocURL: r.doc, RequestID: e.RequestID, Wait: e.RetryAfter, Err: err,
			}
		}
	}
	return err
}

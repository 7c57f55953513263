package tui

import (
	"errors"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
)

// TestProblemTitleIsShort: what follows a colon is the cause, unless one of the two says too little.
func TestProblemTitleIsShort(t *testing.T) {
	for problem, want := range map[string]string{
		`Okta couldn't activate the app "My chat: one two three": its name was taken by another. Rename it.`: "  ✗ Okta couldn't activate the app \"My chat: one two three\": its name was\n    taken by another.\n    Rename it.\n",
		"The error is between Genesys Cloud and Okta: the stored credential is old. Send it.":                "  ✗ The error is between Genesys Cloud and Okta.\n    The stored credential is old. Send it.\n",
		"Okta says: the token is no more. Get one.":                                                          "  ✗ Okta says: the token is no more.\n    Get one.\n",
		"Genesys Cloud refused the name: too long.":                                                          "  ✗ Genesys Cloud refused the name: too long.\n",
	} {
		driven(t, answeredEnv(t), nil, func(d *drive) {
			d.reach(guide.SectionIntegration)
			d.applyErr = &explain.Error{Problem: problem, Fix: "Fix it.", Class: explain.ClassFault}
			d.press("enter", 4*time.Second)
			d.shows(want)
		})
	}
}

func TestProblemKeys(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.troubled()
		d.press("c")
		d.shows("Copied to the clipboard: the details")
		for _, want := range []string{"Problem: Genesys Cloud refused", "Request: 2f81c0aa-1111", "Step: activation", "create: credential client 0oa1x2y3z4"} {
			assert.Check(t, is.Contains(d.copied, want), "the details lack")
		}
		d.press("o")
		d.shows("The browser didn't open. The address is on the screen.", "https://help.genesys.cloud/articles/roles")
		assert.Check(t, is.Equal(d.opened, "https://help.genesys.cloud/articles/roles"), "opened")
		var e *explain.Error
		assert.Check(t, errors.As(d.outcome().Err, &e) && e.Step == "activation",
			"the outcome tells %v", d.outcome().Err)
		d.applyErr = nil
		d.press("r", 5*time.Second)
		d.shows("done in") // it planned again, and went on by itself
		assert.Check(t, d.outcome().Err, "the outcome still tells")
	})
}

// TestErrorNamesFix: what, why, each step on its own line, and how far the run came.
func TestErrorNamesFix(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.troubled()
		d.shows("  ✗ Genesys Cloud refused to activate the integration.\n    Your role lacks", "  What to do\n  • Ask a Genesys Cloud admin",
			"  In this section                                 3 of 4 · nothing is live yet\n  ✓ access policy", "  ✗ state")
		d.applyErr = &explain.Error{Problem: `"Acme Inc. Web" is unknown. It may be gone.`, Fix: "Look at it. Then retry in 1.5 minutes, e.g. by r."}
		d.press("r", 5*time.Second)
		d.shows("  ✗ \"Acme Inc. Web\" is unknown.\n    It may be gone.\n", "  • Look at it.\n  • Then retry in 1.5 minutes, e.g. by r.\n")
		d.made = append(d.made, engine.Change{Verb: engine.Create, Kind: guide.KindDeployment, Name: "Web SSO"})
		d.hides("nothing is live yet")
	})
}

// TestRetryKeepsCount: a plan after an error finds what the section made before, and counts it.
func TestRetryKeepsCount(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.troubled()
		d.shows("In this section", "3 of 4")
		changes := d.plans[guide.SectionIntegration].Changes
		for i := range changes[:3] {
			changes[i].Verb, changes[i].Why = engine.Reuse, "created by this run"
		}
		d.press("r", 5*time.Second)
		d.shows("In this section", "3 of 4", "= access policy", "✗ state")
		d.applyErr = nil
		d.press("e", "esc", "e")
		d.edit("Visitor names")
		d.press("down", "enter", 2*time.Second)
		d.shows("Planned changes", "not applied yet")
		d.hides("no changes yet")
	})
}

// TestErrorNamesEditAndConsole: an error that may have several ends has a key for each.
func TestErrorNamesEditAndConsole(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionIntegration)
		d.applyErr = explain.New(explain.ClassFault, "", "Genesys Cloud couldn't activate it.", "Check its Discovery URI.").And(guide.DiscoveryURI)
		d.size(120, 30)
		d.press("enter", 4*time.Second)
		d.shows("   enter retry", "e edit Discovery URI", "o open console")
		d.press("o")
		assert.Check(t, is.Contains(d.opened, "apps.mypurecloud.de"))
		d.press("e")
		d.shows("Genesys Cloud couldn't activate it.", "question 2 of 3", "enter plan") // it may be right
	})
}

// TestUnreadyChangeHasWarning: what was changed and isn't ready has no tick, and the words of the plan.
func TestUnreadyChangeHasWarning(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.troubled()
		d.made = append(d.made, engine.Change{Verb: engine.Update, Kind: guide.KindState, Name: guide.Activation, Unready: true})
		d.planErr = &explain.Error{Problem: "Genesys Cloud refused to activate the integration."}
		d.press("r", 5*time.Second)
		d.shows("Created so far", "  ! state            Inactive → Active (not ready yet)\n", "✓ credential       client")
		d.press("q")
		d.shows("Quit setup?", "  ! state            Inactive → Active (not ready yet)\n")
	})
}

// TestLongRateLimitCountsDown: the wait that a service asks for is shown until it is over.
func TestLongRateLimitCountsDown(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionIntegration)
		d.applyErr = &explain.Error{Problem: "Okta's rate limit was reached. Retry in 15 minutes. Okta says: too many requests.", Fix: "Completed changes are kept.", Wait: 15 * time.Minute}
		d.press("enter", 2*time.Second)
		d.shows("✗ Okta's rate limit was reached.\n    Okta says: too many requests.", "  • Press r in 15 min 0 s.\n  • Completed changes are kept.")
		d.after(30 * time.Second)
		d.shows("• Press r in 14 min 30 s.")
		drawn := d.ticks
		d.after(14*time.Minute + 10*time.Second)
		d.shows("• Press r in 20 s.")
		assert.Check(t, d.ticks-drawn > 800 && d.ticks-drawn < 900, "drawn %d times", d.ticks-drawn)
		d.after(30 * time.Second)
		d.shows("• Press r to retry.")
		drawn = d.ticks
		d.after(time.Minute)
		assert.Check(t, is.Equal(d.ticks, drawn), "drawn for nothing")
	})
}

func TestErrorOfAnswer(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.planErr = &explain.Error{Problem: "Okta does not accept the API token.", Fix: "Give another one.", Question: guide.OktaToken}
		d.press("enter", time.Second)
		d.shows("✗ Okta does not accept the API token.", "enter edit API token", "No changes were made so far.")
		d.press("e")
		d.shows("› API token", "Okta does not accept the API token.", "Refused. Enter another one.")
		d.hides("Leave empty to keep it", "enter plan")
		d.press("enter")
		d.shows("✗ This one was refused. Enter another one.")
		d.press("tab", "up") // other answers can be given
		d.shows("› API token", "Refused. Enter another one.")
		d.planErr = nil
		d.press("other-token", "enter") // fixing one answer is enough to look again
		d.after(time.Second)
		d.shows("Planned changes")
		assert.Check(t, is.Equal(d.env.Answers.Secret(guide.OktaToken).Reveal(), "other-token"), "the token")
	})
}

// TestManualSetupNamesItsSteps: a section that the user sets up in the console lacks something; its steps are next, and
// what is chosen may be there by then.
func TestManualSetupNamesItsSteps(t *testing.T) {
	lacks := explain.NotSetUp(guide.SectionConfiguration, "Web SSO Messenger", "")
	var problem *explain.Error
	assert.Assert(t, errors.As(lacks, &problem))
	problem.Section = guide.SectionConfiguration
	entries := map[string]func(*drive){
		"review": func(d *drive) { d.stopped(lacks) },
		"section": func(d *drive) {
			d.reach(guide.SectionIntegration, "enter", 4*time.Second)
			d.planErr = lacks
			d.press("enter", time.Second)
		},
	}
	for entry, fail := range entries {
		t.Run(entry, func(t *testing.T) {
			driven(t, answeredEnv(t), nil, func(d *drive) {
				fail(d)
				d.shows("\"Web SSO Messenger\" doesn't exist in Genesys", "   enter edit configuration")
				d.env.Answers.SetManual(guide.SectionConfiguration, true)
				d.shows("   m manual setup")
				d.press("e", time.Second)
				d.shows("› (•) Web SSO Messenger")
				d.hides("refused: type another")
			})
		})
	}
}

// TestRefusedChoiceOfWizard: what the wizard found without an answer and can't use isn't offered again.
func TestRefusedChoiceOfWizard(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.stopped(&explain.Error{Problem: "Choose the flow that receives visitors' messages.", Question: guide.MessageFlow})
		d.press("e", time.Second)
		d.shows("› (•) Automatic  refused: choose another")
		d.hides("enter keep it")
		d.press("enter")
		d.shows("This one was refused.")
	})
}

// TestRefusedSecretInDemo: a user of a demo has no other secret.
func TestRefusedSecretInDemo(t *testing.T) {
	driven(t, answeredEnv(t), func(c *Config) { c.Demo = true }, func(d *drive) {
		d.stopped(&explain.Error{Problem: "Okta does not accept the API token.", Question: guide.OktaToken})
		d.press("enter")
		d.shows("› API token", "Refused. Here, any other text works.")
		d.press("enter")
		d.shows("In this demo, any other text")
	})
}

// TestRefusedSecretInReview: the keys say what Enter does with what is typed.
func TestRefusedSecretInReview(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.stopped(&explain.Error{Problem: "Okta does not accept the API token.", Question: guide.OktaToken})
		d.press("enter")
		d.shows("› API token", "Refused. Enter another one.", "esc back to the review")
		d.hides("keep it")
		d.press("other-token")
		d.shows("   enter use it")
		d.planErr = nil
		d.press("enter", 2*time.Second)
		d.shows("Apply 9 changes")
		d.toAnswer("API token")
		d.press("enter")
		d.shows("Already set. Leave empty to keep it.", "   enter keep it")
		d.press("esc", 2*time.Second)
		d.toAnswer("Grant types")
		d.press("enter", "down", "down", "space")
		d.shows("   enter use it")
	})
}

func TestErrorOfAnotherSection(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionIntegration)
		d.applyErr = &explain.Error{Problem: "Okta does not accept the API token any more.", Question: guide.OktaToken}
		d.press("enter", 4*time.Second, "e")
		d.shows("Okta setup", "› API token", "Okta does not accept the API token any more.")
		d.press("esc")
		d.shows("r refresh plan")
		d.edit("API token")
		d.shows("esc back")
		d.press("another", "enter")
		d.shows("esc keep and plan")
		d.press("esc", time.Second)
		d.shows("Okta setup", "Planned changes")
	})
}

func TestEditAfterErrorShowsPlan(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.troubled()
		d.press("e", "ctrl+u", "Other name", "enter", "enter", "enter", 2*time.Second)
		d.shows("Planned changes", "Other name  (you)", "enter apply")
	})
}

func TestUnknownErrorsAreExplained(t *testing.T) {
	p := screen.AsProblem(errors.New("disk on fire"))
	assert.Check(t, p.Problem == "Disk on fire." && p.Fix != "", "got %q, %q", p.Problem, p.Fix)
}

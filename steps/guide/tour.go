package guide

// Moment is when the tour of the demo narrates.
type Moment int

// The moments. A section has its own texts for the plan and for what comes after it.
const (
	TourStart Moment = iota
	TourPlan
	TourReview
	TourApply
	TourDone
	TourError
	TourFix // an error that another answer fixes
	TourEnd
)

// Narration is what the tour tells at a moment; empty: nothing.
func Narration(m Moment, section SectionID) string {
	switch m {
	case TourPlan:
		return narrations[section].plan
	case TourDone:
		return narrations[section].done
	default:
		return everywhere[m]
	}
}

var everywhere = map[Moment]string{
	TourStart: "A visitor opens your website, signs in at Okta, and chats as a known user. " +
		"Six sections set this up in both services. " +
		"Nothing in this demo is real, and Enter goes to the next step until you have the snippet.",
	TourReview: "The review lists all answers and all changes in both services. " +
		"Nothing has changed yet, in either service. Press Enter to confirm.",
	TourApply: "The wizard sends the changes to the service, and records each one before and after. " +
		"The chain shows a change as soon as the service confirms it.",
	TourError: "The wizard stopped here. " +
		"The text below says what happened, what exists so far, and what to do. Then press r to retry.",
	TourFix: "The wizard stopped here because an answer is wrong. " +
		"The text below says what happened and what to do. " +
		"Press Enter, and the tour enters another answer for you.",
	TourEnd: "Both services are set, and the snippet is ready for your pages. " +
		"Try next: the page code (p), a test of the sign-in (t), and the doctor (d). " +
		"Undo (u) deletes what this run created.",
}

var narrations = map[SectionID]struct{ plan, done string }{
	SectionOkta: {
		"Okta signs visitors in only for the apps that it lists. " +
			"The wizard creates an app integration for your chat and assigns the users who can sign in. " +
			"Genesys Cloud uses its client ID and client secret later.",
		"Okta now lists your chat as an app, with the page to which it sends visitors back. " +
			"The next sections give its client ID and client secret to Genesys Cloud.",
	},
	SectionGenesys: {
		"The other half of the setup is in Genesys Cloud. " +
			"The wizard signs in there with an OAuth client and checks its permissions first.",
		"Genesys Cloud accepts the OAuth client, and its permissions are sufficient. " +
			"Because the wizard checks them first, a later section doesn't stop for a missing permission.",
	},
	SectionIntegration: {
		"The integration connects the two services. " +
			"It stores Okta's Discovery URI and the credential of the app, so Genesys Cloud can verify visitors. " +
			"If Okta has no access policy for the app, the wizard adds one.",
		"The integration is Active. Genesys Cloud can now redeem a visitor's authorization code at Okta. " +
			"No page uses it yet.",
	},
	SectionConfiguration: {
		"A configuration has a draft and published versions. " +
			"The wizard enables authentication in the draft and publishes it as a new version. " +
			"Visitors never see an unpublished draft.",
		"A published version now requires visitors to sign in. " +
			"No page uses it yet: the deployment decides which version visitors get.",
	},
	SectionDeployment: {
		"Your pages load Messenger through a deployment, and the snippet contains its ID. " +
			"The deployment also has the allowed domains and the flow that receives the messages.",
		"The deployment now uses the published version. " +
			"The last section reads everything back and shows the snippet.",
	},
	SectionSnippet: {
		"The wizard now reads the setup back from Genesys Cloud. " +
			"Then it shows the snippet that you paste into your pages.",
		"",
	},
}

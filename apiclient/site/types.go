package site

// Page is a page of a website. Its texts are cleaned, but for Script.Text and Plugin.Code.
type Page struct {
	URL       string   // where it was found in the end
	Redirects []string // the addresses on the way there, the first one asked for included; empty: none
	Snippets  []Snippet
	Plugins   []Plugin
	Unread    []string // files in which snippet and plugin could not be looked for, each with the reason

	policies []policy
}

// Script is a script element of a page.
type Script struct {
	Offset int    // of the element on the page, in bytes: scripts run in this order
	URL    string // of its file; empty: it stands on the page itself
	Later  bool   // it runs when the rest of the page has been read (defer, async, module)
	Nonce  string // for the Content Security Policy
	Text   string // the code, exactly as it was sent
}

// Snippet is the piece of code that starts Messenger (contract genesys.md 3).
type Snippet struct {
	Script
	DeploymentID string
	Environment  string // of a region, such as prod-euc1
	ScriptURL    string // of Genesys Cloud's genesys.min.js
}

// Plugin is code that registers Messenger's AuthProvider (contract genesys.md 4).
type Plugin struct {
	Script
	Code string // Text, but for its comments
}

// Kind is what a page loads, for a Content Security Policy.
type Kind string

// The kinds that Messenger needs.
const (
	KindScript  Kind = "script"
	KindConnect Kind = "connect"
)

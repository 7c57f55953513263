// Package steps carries out what the guide (steps/guide) describes.
//
//	*.go          one step a file: Plan reads and says, Apply writes and is safe to repeat
//	run.go        carries steps out in the order in which they need each other
//	repair.go     carries some of them out to mend what exists, beside the guide
//	connect.go    opens the orgs for who only looks
//
// A run first plans and then applies. Nothing is written before the plan of every step in the run
// succeeded, and steps that do not need each other run side by side:
//
//	Okta      connect ┬ identify (who am I)
//	                  ├ app ─ assignment ──────────────┐
//	                  ├ trusted origins                ├ credential ─ settings ─ activation ┐
//	                  └ authorization server           │                                    │
//	                      ├ discovery document ────────┤                                    │
//	                      └ access policy and rule     │                                    │
//	Genesys   connect ┬ preflight (permissions)        │                                    │
//	Cloud             ├ inventory (lists)              │                                    │
//	                  └ integration type ─ integration ┴ configuration draft ── publication ┴ deployment ─ read back
//
// The package knows no terminal and sends no request itself: it speaks to the services through the
// interfaces in api.go.
package steps

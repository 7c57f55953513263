// Package signintest signs a user in for real and says on which side a fault is. The browser goes to Okta and comes
// back to a page of this program, twice:
//
//	leg 1   this program redeems the code with the client secret: Okta's side, the ID token included   okta_leg.go
//	leg 2   Genesys Cloud redeems the second code, as for Messenger: a JWT proves the rest         leg.go
//
// No code and no token gets into the page, and both legs' tokens are revoked at the end (leg.go). While the
// browser is away for long, Okta's System Log is asked why (watch.go); after a leg that failed, whatever can be read
// on both sides is (diagnose.go, set_up.go, clocks.go), and one of the causes is named (causes.go). What is right is left
// out. Doctor judges the same setup by the same facts, and names the same cause (agree_test.go).
package signintest

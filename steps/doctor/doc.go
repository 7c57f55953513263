// Package doctor follows the chain of a sign-in backwards, from the page and the deployment to the Okta app, and says
// which links hold. Looking only reads; what it can fix is planned by the guide's own steps and carried out after
// the user agreed.
//
//	read*.go    read everything, side by side, into seen
//	checks.go    the table of checks: each needs some of it and judges
//	check_*.go   the checks, one place of the chain a file
//	fix*.go     the fixes
//
// What cannot be read makes no error: the checks that need it are skipped and say why.
package doctor

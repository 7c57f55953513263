// Package okta has the objects that the guide makes in an Okta org, one file a kind: how they are found, compared,
// created, and undone. The engine does the rest.
package okta

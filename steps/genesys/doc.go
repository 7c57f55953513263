// Package genesys has the objects that the guide makes in a Genesys Cloud organization, one file a kind: how they are
// found, compared, created, and undone. The engine does the rest.
package genesys

// Package fleet sets up several sites that share the orgs: it plans all of them, then applies one after another. Each site
// has a separate session and run journal, so that each can be undone. The connections, and so the sign-in, are shared.
package fleet

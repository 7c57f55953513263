// Package services opens the services that a run speaks to: the interfaces that the steps need of them, and the clients
// that have these over the network. It knows how the answers sign in, and asks a user where that is needed.
package services

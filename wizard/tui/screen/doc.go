// Package screen is what the screens of the full-screen program have in common: what a screen is, what it asks the
// program to do, the state that all share, and the task that each screen that runs something has.
package screen

// Package screens has the screens of the guide, one file each: it shows them, takes their keys, and says with a
// screen.Action what follows.
package screens

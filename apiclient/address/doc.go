// Package address reads web addresses as browsers do, once, into what browsers and services compare:
//
//	"https://www.bücher.example.:443/chat" ──> Origin{https, www.xn--bcher-kva.example} + "/chat"
//
// It refuses what browsers would only guess: no spelling becomes a host that its author didn't write.
package address

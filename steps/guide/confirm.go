package guide

import (
	"fmt"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
)

// confirms are the answers that lead credentials to a host, each with the question that repeats it. A typing error is
// a host of another owner.
var confirms = map[Key]Key{OktaOrg: ConfirmOrg, GenesysRegion: ConfirmRegion}

// Confirmed reports whether credentials may be sent to where the answer leads: to a host of the vendor, to this
// computer, or to one that the user named twice.
func (a *Answers) Confirmed(named Key) bool {
	value := a.Value(named)
	return knownHost(named, value) || value == a.Value(confirms[named])
}

// knownHost reports whether an answer leads to one of the vendor's hosts, to this computer, or to a demo.
func knownHost(named Key, value string) bool {
	if named == GenesysRegion {
		region, _, err := genesys.ParseRegion(value)
		return err == nil && (region.AWS != "" || !genesys.InCloud(region.Domain))
	}
	host := Host(value)
	return okta.InOkta(host) || okta.OnThisComputer(host)
}

// unknownHost is When for the question that confirms an answer.
func unknownHost(named Key) func(*Answers) bool {
	return func(a *Answers) bool { return a.Get(named).Given && !knownHost(named, a.Value(named)) }
}

const notOktas = "This host isn't one of Okta's."

// confirmable refuses an answer that should repeat another and doesn't, and forgets the repetition of another answer
// than is given now. The caller holds the lock.
func (a *Answers) confirmable(key Key, value string) error {
	if repeated := confirms[key]; a.given[repeated].Value != value {
		delete(a.given, repeated)
	}
	if first := a.given[repeats(key)]; first.Given && first.Value != value {
		return fmt.Errorf("%s isn't %s. Enter the same host twice", hostOnly(value), hostOnly(first.Value))
	}
	return nil
}

// repeats is the answer that the question of that key confirms; empty: none. No journal keeps a confirmation.
func repeats(key Key) Key {
	for named, repeated := range confirms {
		if key == repeated {
			return named
		}
	}
	return ""
}

// Confirms reports whether the question repeats another one, for the user who runs the wizard to confirm it.
func (q Question) Confirms() bool { return repeats(q.Key) != "" }

func hostOnly(address string) string { return strings.TrimPrefix(address, "https://") }

// Package apiclient is the transport that every service of the wizard is reached through. It knows HTTP and
// caution, and nothing of the vendors: apiclient/okta, apiclient/genesys and apiclient/oidc sit on top of it.
//
// One call runs down the chain and its answer comes back up:
//
//	Client.Do
//	   |                                                        file
//	   v   wait while the service has asked for a pause         gate.go
//	   |   authenticate                                         request.go
//	   v   one try over the wire, bounded in time and size      try.go, transport.go
//	 (service)
//	   |   no answer: say why                                   unanswered.go
//	   |   remember its clock and its rate limits               ratelimit.go
//	   v   an error answer becomes *Error                       refuse.go, redacterror.go
//	   |   once more, or not                                    retry.go, ratelimit.go
//	   |   decode; texts are cleaned here, once                 decode.go, fill.go, text.go
//	   v   write it to the transcript, if there is one          record.go
//	 the caller's value, or *Error
//
// A call that creates something is never sent twice by itself: when its answer is lost, Error.Maybe is set and
// the caller looks before it decides.
package apiclient

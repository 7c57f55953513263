// Package transcript writes every call of a run to a file, without secrets.
//
//	apiclient.Client ── Record ──► File ── body.go    JSON and forms; nothing else is written
//	                                 │  ── redact.go  by name: client_secret, access_token, ...
//	                                 │  ── claims.go  of a signed token, the names of its claims
//	                                 │  ── sweep.go   by value: every secret of this process, in many forms
//	                                 ▼
//	                            run.jsonl             {about} {exchange} ... {summary}
//
// A secret becomes REDACTED-n, the same n wherever the same secret stood. One real run so settles what the
// vendors do not document, and the file can be read and shown to others.
package transcript

package apiclient

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
)

// unanswered says why no answer came.
func (c *Client) unanswered(ctx context.Context, req Request, err error) *Error {
	if ctx.Err() != nil {
		return c.fault(req, ctx.Err(), "")
	}
	why, kind := Unanswered(err, maxBody)
	return c.fault(req, kind, why)
}

// Unanswered says why in a few words, and which kind of failure a transport's error is; limit is the call's, in bytes. The
// words of err itself are not used: they may carry a URL with its query, or a proxy's password.
func Unanswered(err error, limit int) (why string, kind error) {
	var late net.Error
	switch {
	case errors.Is(err, ErrTooLarge):
		return fmt.Sprintf("more than %d bytes", limit), ErrTooLarge
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return "its compression is broken", ErrMalformed
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &late) && late.Timeout():
		return fmt.Sprintf("no answer within %s", Spell(Timeout)), ErrTimeout
	}
	if why := distrust(err); why != "" {
		return why, ErrTLS
	}
	why = unreachable(err)
	if op := new(net.OpError); errors.As(err, &op) && op.Op == "proxyconnect" {
		why = "through the proxy: " + why
	}
	return why, ErrUnreachable
}

// unreachable turns the cause of a broken connection into a few words.
func unreachable(err error) string {
	var (
		dns   *net.DNSError
		errno syscall.Errno
		proxy proxyRefusal
	)
	switch {
	case errors.Is(err, errProxyAuth):
		return errProxyAuth.Error()
	case errors.As(err, &proxy):
		return proxy.Error()
	case errors.Is(err, ErrElsewhere):
		return ErrElsewhere.Error()
	case errors.As(err, &dns) && dns.IsNotFound:
		return "no such host"
	case errors.As(err, &dns):
		return "its name couldn't be resolved"
	case errors.As(err, &errno):
		return systemError{errno}.Error()
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was cut"
	}
	return "the connection failed"
}

// distrust says what is wrong with the service's certificate; empty: it is not about TLS.
func distrust(err error) string {
	var (
		check  *tls.CertificateVerificationError
		name   x509.HostnameError
		expiry x509.CertificateInvalidError
		record tls.RecordHeaderError
		alert  tls.AlertError
	)
	switch {
	case errors.As(err, &check):
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record):
		return "it doesn't speak TLS"
	case errors.As(err, &alert):
		return "no secure connection could be negotiated"
	default:
		return ""
	}
	why := "it was issued by an authority that this computer doesn't know"
	switch {
	case errors.As(err, &name):
		why = "it is for another host"
	case errors.As(err, &expiry) && expiry.Reason == x509.Expired:
		why = "it has expired or isn't valid yet"
	case errors.As(err, &expiry):
		why = "it isn't a valid certificate"
	}
	if len(check.UnverifiedCertificates) > 0 {
		cert := check.UnverifiedCertificates[0]
		why += fmt.Sprintf(" (subject %s, issuer %s)", cert.Subject, cert.Issuer)
	}
	return why
}

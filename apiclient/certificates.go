package apiclient

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
)

// maxCertificates is the size of the largest file with certificates, in bytes. The system's own has less than 1 MB.
const maxCertificates = 8 << 20

// RootsWith returns the system's certificate authorities, those of the file that --ca-cert names, and those of
// SSL_CERT_FILE, which Go reads by itself only on Unix, and only as PEM. Nil is the system's. The error is an ErrSetting.
func RootsWith(flag string) (*x509.CertPool, error) {
	var pool *x509.CertPool
	for _, from := range [][2]string{{"--ca-cert", flag}, {"SSL_CERT_FILE", os.Getenv("SSL_CERT_FILE")}} {
		if from[1] == "" {
			continue
		}
		certificates, err := readCertificates(ExpandHome(from[1]))
		if err != nil {
			return nil, settingErrorf("%s: %s %v", from[0], Clean(from[1]), err)
		}
		if pool == nil {
			if pool, err = x509.SystemCertPool(); err != nil {
				pool = x509.NewCertPool()
			}
		}
		for _, c := range certificates {
			pool.AddCert(c)
		}
	}
	return pool, nil
}

// readCertificates reads a file in PEM, in any encoding of text, or in DER. Its error goes on after the file's name.
func readCertificates(path string) ([]*x509.Certificate, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, errors.New("can't be read: is a directory")
	}
	data, err := ReadFile(path, "it", maxCertificates)
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", Cause(err))
	}
	if certificates, err := x509.ParseCertificates(data); err == nil && len(certificates) > 0 {
		return certificates, nil
	}
	var certificates []*x509.Certificate
	label := ""
	for block, rest := pem.Decode([]byte(DecodeText(data))); block != nil; block, rest = pem.Decode(rest) {
		label = block.Type
		if c, err := x509.ParseCertificate(block.Bytes); err == nil && (label == "CERTIFICATE" || label == "X509 CERTIFICATE") {
			certificates = append(certificates, c)
		}
	}
	if len(certificates) == 0 {
		return nil, notCertificates(data, label)
	}
	return certificates, nil
}

// pkcs7 is the object identifier of signed data, with which a .p7b file in DER begins.
var pkcs7 = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}

// notCertificates names what a file is that has no certificate; label is that of its last PEM block.
func notCertificates(data []byte, label string) error {
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return errors.New("is empty")
	case label == "PKCS7", label == "CMS", bytes.Contains(data[:min(64, len(data))], pkcs7):
		return errors.New("is a PKCS #7 file (.p7b). Convert it: openssl pkcs7 -print_certs -in FILE -out FILE.pem, with -inform DER if it isn't text")
	case label == "TRUSTED CERTIFICATE":
		return errors.New("has OpenSSL's TRUSTED CERTIFICATE. Convert it: openssl x509 -in FILE -out FILE.pem")
	case strings.HasSuffix(label, "PRIVATE KEY"):
		return errors.New("has a private key and no certificate")
	case label == "CERTIFICATE":
		return errors.New("has a damaged certificate")
	case label != "":
		return fmt.Errorf("has no certificate, but %s", Clean(label))
	default:
		return errors.New("has no certificate in PEM or DER")
	}
}

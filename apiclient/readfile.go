package apiclient

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"unicode/utf16"
)

// ExpandHome replaces the ~ of ~/file with the user's home folder. Shells do so only where it isn't in quotation marks
// or after a flag's equals sign.
func ExpandHome(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	home, err := os.UserHomeDir()
	if !ok || err != nil || rest != "" && !os.IsPathSeparator(rest[0]) {
		return path
	}
	return filepath.Join(home, rest)
}

// ReadFile reads a file that another tool wrote. It must be a plain one, since a pipe would never end, and not larger
// than limit, in bytes. Name is what sentences call it.
func ReadFile(path, name string, limit int) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s isn't a regular file", name)
	}
	f, err := os.Open(path) //nolint:gosec // the admin names the file
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	data, err := ReadAll(f, limit)
	if errors.Is(err, ErrTooLarge) {
		err = fmt.Errorf("%s is larger than %d KiB", name, limit>>10)
	}
	return data, err
}

// DecodeText reads a text file, which editors on Windows write with a byte order mark, also in UTF-16.
func DecodeText(data []byte) string {
	order := map[string]binary.ByteOrder{"\xff\xfe": binary.LittleEndian, "\xfe\xff": binary.BigEndian}[string(data[:min(2, len(data))])]
	if order == nil {
		return strings.TrimPrefix(string(data), "\ufeff")
	}
	var units []uint16
	for pair := range slices.Chunk(data[2:len(data)&^1], 2) {
		units = append(units, order.Uint16(pair))
	}
	return string(utf16.Decode(units))
}

// Cause is why the system refused what a sentence names: without the path, and on each system in the same words.
func Cause(err error) error {
	if errno, ok := errors.AsType[syscall.Errno](err); ok {
		return systemError{errno}
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

type systemError struct{ syscall.Errno }

// Error is a part of a sentence.
func (e systemError) Error() string { return wordsOf(e.Errno, runtime.GOOS) }

// windowsWords are what other systems say. Windows says it in whole sentences.
var windowsWords = map[syscall.Errno]string{
	2: "no such file or directory", 3: "no such file or directory", 5: "permission denied", 19: "read-only file system",
	32: "another program uses it", 33: "another program uses it", 80: "file exists", 112: "no space left on device",
	123: "invalid name", 183: "file exists", 206: "file name too long", 267: "not a directory",
	10013: "permission denied", 10048: "address already in use", 10050: "network is down", 10051: "network is unreachable",
	10053: "connection aborted", 10054: "connection reset by peer", 10060: "connection timed out", 10061: "connection refused",
	10065: "no route to host",
}

func wordsOf(errno syscall.Errno, system string) string {
	if words := windowsWords[errno]; words != "" && system == "windows" {
		return words
	}
	return strings.TrimSuffix(errno.Error(), ".")
}

// ReadAll reads up to limit bytes. More is ErrTooLarge.
func ReadAll(from io.Reader, limit int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(from, int64(limit)+1))
	if len(data) > limit {
		return nil, ErrTooLarge
	}
	return data, err
}

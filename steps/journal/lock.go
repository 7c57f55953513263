package journal

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
)

// Lock makes this process the one that writes until unlock is called. While another one is, the error is an
// ErrLocked that says which. A process that was killed holds no lock.
func (f *Folder) Lock() (unlock func() error, err error) {
	path := filepath.Join(f.path, "lock")
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, about(path, ErrUnsafe)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|noFollow, 0o600)
	if err != nil {
		return nil, about(path, err)
	}
	if info, err := file.Stat(); err != nil || !owns(path, info, f.user) {
		return nil, errors.Join(about(path, cmp.Or(err, ErrOwner)), file.Close())
	}
	if err := lockFile(file); err != nil {
		if errors.Is(err, ErrLocked) {
			err = fmt.Errorf("%w: %s", ErrLocked, holder(file))
		}
		return nil, errors.Join(about(path, err), file.Close())
	}
	if err = file.Truncate(0); err == nil {
		_, err = fmt.Fprintf(file, "process %d, since %s\n", os.Getpid(), time.Now().UTC().Format("2006-01-02 15:04 UTC"))
	}
	if err != nil {
		return nil, errors.Join(about(path, err), file.Close())
	}
	return func() error { return releaseFile(file) }, nil
}

// holder is what the process that holds the lock wrote about itself.
func holder(file *os.File) string {
	text, err := io.ReadAll(io.LimitReader(file, 100))
	if err != nil || len(text) == 0 {
		return "it doesn't say which"
	}
	return apiclient.Clean(strings.TrimSpace(string(text)))
}

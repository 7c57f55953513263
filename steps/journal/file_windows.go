package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"golang.org/x/sys/windows"
)

const noFollow = 0

// closeFolder gives full control of a folder, and of what is in it, to this user, the system, and administrators, and nothing
// to others, whatever the folder above gives them. FAT and some network drives know no such rights and stay as they are.
func closeFolder(path string) error {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return err
	}
	const full = "(A;OICI;FA;;;%s)"
	rights, err := windows.SecurityDescriptorFromString(fmt.Sprintf("D:P"+full+full+full, user.User.Sid, "SY", "BA"))
	if err != nil {
		return err
	}
	list, _, err := rights.DACL()
	if err != nil {
		return err
	}
	_ = windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT,
		windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, list, nil)
	return nil
}

// othersWrite doesn't know: the modes that Go makes up for Windows tell nothing about rights.
func othersWrite(fs.FileInfo) bool { return false }

// owns reports whether a file or folder is this user's, or of those who can do everything anyway: what an elevated process
// makes belongs to the administrators.
func owns(path string, _ fs.FileInfo, _ int) bool {
	about, err := windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return true // the file system has no owners
	}
	owner, _, err := about.Owner()
	user, fault := windows.GetCurrentProcessToken().GetTokenUser()
	return err == nil && fault == nil && (owner.Equals(user.User.Sid) ||
		slices.ContainsFunc([]windows.WELL_KNOWN_SID_TYPE{windows.WinBuiltinAdministratorsSid, windows.WinLocalSystemSid}, owner.IsWellKnown))
}

// lockFile takes the lock on one byte far behind the text, so that others can read who holds it. The system gives it back when
// the process ends.
func lockFile(file *os.File) error {
	const exclusive = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(file.Fd()), exclusive, 0, 1, 0, &windows.Overlapped{Offset: 1 << 20})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return ErrLocked
	}
	return err
}

// releaseFile gives the lock back.
func releaseFile(file *os.File) error { return file.Close() }

// patience is how long a rename waits for another program, such as a virus scanner, to close the file.
const patience = 2 * time.Second

// rename outlasts a power cut, and leaves no file behind where it fails.
func rename(from, to string) error {
	old, err1 := windows.UTF16PtrFromString(from)
	name, err2 := windows.UTF16PtrFromString(to)
	err := errors.Join(err1, err2)
	for end := time.Now().Add(patience); err == nil; time.Sleep(10 * time.Millisecond) {
		fault := windows.MoveFileEx(old, name, windows.MOVEFILE_REPLACE_EXISTING|windows.MOVEFILE_WRITE_THROUGH)
		busy := errors.Is(fault, windows.ERROR_ACCESS_DENIED) || errors.Is(fault, windows.ERROR_SHARING_VIOLATION)
		if fault == nil || !busy || time.Now().After(end) {
			err = fault
			break
		}
	}
	if err != nil {
		err = errors.Join(err, os.Remove(from))
	}
	return err
}

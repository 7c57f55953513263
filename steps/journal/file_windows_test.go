package journal

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/windows"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/internal/kit"
)

// TestRightsOfOthersEnd: others who could write to a state folder by the rights of the folder above it can't any more.
func TestRightsOfOthersEnd(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state")
	assert.NilError(t, os.Mkdir(path, 0o700))
	all := kit.Must(windows.SecurityDescriptorFromString("D:(A;OICI;FA;;;WD)"))(t)
	list, _, err := all.DACL()
	assert.NilError(t, err)
	assert.NilError(t, windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION, nil, nil, list, nil))
	writable := func() bool { // full control, or as Wine has it; Wine also keeps the right to read that the folder above gives
		about := kit.Must(windows.GetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION))(t)
		return strings.Contains(about.String(), "FA;;;WD)") || strings.Contains(about.String(), "0x1301ff;;;WD)")
	}
	assert.Assert(t, writable(), "the case isn't there")
	kit.Must(Open(path))(t)
	assert.Check(t, !writable())
}

// TestScannedFileIsReplaced: another program, such as a virus scanner, has the journal open for a moment.
func TestScannedFileIsReplaced(t *testing.T) {
	f := folder(t)
	r := aRun(began)
	assert.NilError(t, f.Save(r))
	name := kit.Must(windows.UTF16PtrFromString(filepath.Join(f.Path(), r.ID+".json")))(t)
	scanned := kit.Must(windows.CreateFile(name, windows.GENERIC_READ, windows.FILE_SHARE_READ, nil, windows.OPEN_EXISTING, 0, 0))(t)
	time.AfterFunc(50*time.Millisecond, func() { _ = windows.CloseHandle(scanned) })
	r.State = Done
	assert.NilError(t, f.Save(r))
	saved := kit.Must(f.Run(r.ID))(t)
	assert.Check(t, is.Equal(saved.State, Done))
}

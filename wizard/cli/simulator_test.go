package cli

import (
	"os/exec"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
)

// A shell takes the printed lines as they are meant, blanks and quotes in a value included.
func TestPrintedLinesAreShellSafe(t *testing.T) {
	t.Parallel()
	lines := []string{"OKTA_CLIENT_ORGURL=http://127.0.0.1:8080", "MSGSSO_APP_NAME=Ada's $HOME; \"x\"", "EMPTY="}
	for _, f := range simulator.Faults() {
		lines = append(lines, f.Answers...)
	}
	assert.Equal(t, forShell(lines[0]), lines[0])
	assert.Equal(t, forShell("MSGSSO_APP_NAME=Customer portal"), "MSGSSO_APP_NAME='Customer portal'")
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell")
	}
	for _, line := range lines {
		said, err := exec.CommandContext(t.Context(), shell, "-c", "export "+forShell(line)+` && env | grep "^${0%%=*}=" `, line).Output()
		assert.NilError(t, err)
		assert.Equal(t, string(said), line+"\n")
	}
}

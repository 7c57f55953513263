package cli

import (
	"os/exec"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

// A shell takes the printed lines as they are meant, blanks and quotes in a value included.
func TestPrintedLinesAreShellSafe(t *testing.T) {
	t.Parallel()
	lines := []string{"OKTA_CLIENT_ORGURL=http://127.0.0.1:8080", "MSGSSO_APP_NAME=Ada's $HOME; \"x\"", "EMPTY="}
	for _, f := range simulator.Faults() {
		lines = append(lines, f.Answers...)
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell")
	}
	for _, line := range lines {
		name, value, _ := strings.Cut(line, "=")
		said, err := exec.CommandContext(t.Context(), shell, "-c", "export "+guide.ShellVariable(name, value)+` && env | grep "^${0%%=*}=" `, line).Output()
		assert.NilError(t, err)
		assert.Equal(t, string(said), line+"\n")
	}
}

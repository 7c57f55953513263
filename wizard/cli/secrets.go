package cli

import (
	"os"

	"msgsso-wizard/steps"
)

// ForgetSecrets takes the variables that hold secrets out of this process's environment, once they have been
// read, so that a browser or a clipboard tool does not inherit them.
func ForgetSecrets() {
	for _, q := range steps.Questions("") {
		if q.Kind != steps.Hidden {
			continue
		}
		for _, name := range q.Env {
			_ = os.Unsetenv(name) // cannot fail for a name without "="
		}
	}
}

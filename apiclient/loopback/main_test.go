package loopback

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	holdPort() // this program again, as another one that has a port
	goleak.VerifyTestMain(m)
}

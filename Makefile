# The README's commands under short names.
.PHONY: demo test race lint conformance build ci more crash-matrix matrix steady fuzz golden bench luck sizes sbom licenses vulncheck windows screens films release-snapshot release-check

demo:
	go run . demo

test:
	go test ./...

race:
	go test -race ./...

lint:
	golangci-lint run ./...

conformance:
	cd apiclient/conformance && go test ./...

build:
	.ci/build -o msgsso-wizard .

crash-matrix:
	MSGSSO_TESTS=full go test ./wizard/cli/e2e -run TestCrashMatrix -parallel 48 -timeout 60m -v | grep -E 'points|FAIL|^ok'

# The test command with all cases that .ci/run has.
more:
	MSGSSO_TESTS=more go test ./...

# Every delay, lag, and accident of whole runs.
matrix:
	MSGSSO_TESTS=full go test ./steps/setup/matrix -timeout 60m

steady:
	MSGSSO_TESTS=full go test ./wizard/cli/e2e -run TestRepeatedRunsLeakNothing -v

fuzz:
	.ci/fuzz 10m

bench:
	go test ./wizard/tui ./wizard/cli/e2e -run '^$$' -bench . -benchtime 5s

# All tests, ten times while four other programs are busy, once on one processor, once under the race detector.
luck:
	.ci/luck 10

sizes:
	MSGSSO_TESTS=full go test ./wizard/tui -run TestEverySizeFits -v | grep -E 'FAIL|^ok'

golden:
	go test ./wizard/... -update

sbom: build
	.ci/sbom ./msgsso-wizard sbom.cdx.json

# The notices of the modules that are linked, from the module cache.
licenses:
	go test ./wizard/licenses -update

# Its database is online.
vulncheck:
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./...

# The program for Windows and its unit tests, with Wine.
windows:
	.ci/windows

screens:
	.ci/screens/run screens

films:
	.ci/screens/run films

# Everything a release has, in dist/, without publishing (docs/release.md).
release-snapshot:
	.ci/release snapshot

# Two snapshots are the same, and each package installs, runs, and leaves nothing behind. Needs Debian's tools, as root.
release-check:
	.ci/release-check

ci:
	bash .ci/run

# The README's commands under short names.
.PHONY: demo test race lint conformance build ci golden

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
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o msgsso-wizard .

golden:
	go test ./wizard/... -update

ci:
	bash .ci/run

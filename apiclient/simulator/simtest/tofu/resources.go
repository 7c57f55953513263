package tofu

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

// resources has what the providers call before any other, and then each kind of resource: the calls of each phase, and
// the attributes of its file. A call has its method, the status to expect, its path, and remarks; its body is in the next
// line, after a tab. An attribute has its name, the member of an answer, and its value as JSON.
//
//go:embed resources.txt
var resources string

// configure are the calls that the providers make before any other, and all the resources in the order in which they are
// created (contract opentofu.md).
var configure, all = read()

// Resources are those of the contract, in the order in which they are created.
func Resources() []Resource { return all }

func read() (configure []Call, all []Resource) {
	calls, attributes := &configure, map[string]Attribute(nil)
	for line := range strings.SplitSeq(resources, "\n") {
		var x *Resource
		if len(all) > 0 {
			x = &all[len(all)-1]
		}
		name, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "", name == "//":
		case name == "#" && strings.Contains(rest, "_"):
			all = append(all, Resource{Kind: rest, File: map[string]Attribute{}, Edited: map[string]Attribute{}})
		case name == "#":
		case line == "create":
			calls = &x.Create
		case line == "refresh":
			calls = &x.Refresh
		case line == "update":
			calls = &x.Update
		case line == "destroy":
			calls = &x.Destroy
		case line == "file":
			attributes = x.File
		case line == "edited":
			attributes = x.Edited
		case line[0] == '\t':
			(*calls)[len(*calls)-1].Body = line[1:]
		case strings.HasPrefix(rest, "= "):
			member, value, _ := strings.Cut(rest[2:], " ")
			attributes[name] = Attribute{member, decoded(value)}
		default:
			*calls = append(*calls, readCall(line))
		}
	}
	return configure, all
}

func readCall(line string) (c Call) {
	parts := strings.Split(line, "; ")
	if _, err := fmt.Sscan(parts[0], &c.Method, &c.Status, &c.Path); err != nil {
		panic(line)
	}
	for _, remark := range parts[1:] {
		switch word, rest, _ := strings.Cut(remark, " "); word {
		case "keep":
			c.Keep = rest
		case "needs":
			c.Needs = strings.Fields(rest)
		case "until":
			c.Until = rest
		case "against":
			c.Against = rest
		default:
			panic(line)
		}
	}
	return c
}

func decoded(text string) (value any) {
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		panic(text)
	}
	return value
}

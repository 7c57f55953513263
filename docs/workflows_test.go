package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"gotest.tools/v3/assert"
)

// workflow is what the tests read of one.
type workflow struct {
	Permissions *map[string]string
	Concurrency struct{ Group string }
	Jobs        map[string]struct {
		Uses        string
		Permissions map[string]string
		Timeout     int `yaml:"timeout-minutes"`
		Steps       []struct {
			Uses, Run string
			With      map[string]any
		}
	}
}

var (
	// pinned is an action by its commit, with the version for readers.
	pinned    = regexp.MustCompile(`^\s*(?:- )?uses: ([\w-]+/[\w/-]+)@([0-9a-f]{40}) # v\d+\.\d+\.\d+$`)
	usesLine  = regexp.MustCompile(`^\s*(?:- )?uses: (.*)$`)
	untrusted = regexp.MustCompile(`\$\{\{`)
)

// writers are the jobs that may write, and to what.
var writers = map[string]string{"release.yml publish": "attestations contents id-token packages", "codeql.yml analyze": "security-events"}

// TestWorkflows holds GitHub's workflows to what keeps others out of them: actions by commit, as few permissions as the job
// needs, no token left for later steps, and no text of others in a command.
func TestWorkflows(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../.github/workflows/*.yml")
	assert.NilError(t, err)
	assert.Check(t, len(files) >= 3)
	commits := map[string]string{}
	var runs []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		assert.NilError(t, err)
		runs = append(runs, wrongInWorkflow(t, file, string(text), commits)...)
	}
	for _, command := range []string{".ci/run", ".ci/release publish"} {
		assert.Check(t, slices.ContainsFunc(runs, func(run string) bool { return strings.HasSuffix(run, command) }), "no workflow runs %s", command)
	}
}

// wrongInWorkflow checks one, and returns its commands.
func wrongInWorkflow(t *testing.T, file, text string, commits map[string]string) (runs []string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		uses := usesLine.FindStringSubmatch(line)
		if uses == nil || strings.HasPrefix(uses[1], "./") {
			continue
		}
		action := pinned.FindStringSubmatch(line)
		if !assert.Check(t, action != nil, "%s: %s: write the commit, and the version as # v1.2.3", file, line) {
			continue
		}
		repository := strings.Join(strings.Split(action[1], "/")[:2], "/")
		assert.Check(t, commits[repository] == "" || commits[repository] == action[2], "%s: %s: another commit than elsewhere", file, line)
		commits[repository] = action[2]
	}
	var w workflow
	assert.NilError(t, yaml.Unmarshal([]byte(text), &w), file)
	assert.Check(t, !strings.Contains(text, "pull_request_target") && !strings.Contains(text, "workflow_run"), "%s: runs with secrets for the code of others", file)
	assert.Check(t, w.Permissions != nil, "%s: no permissions", file)
	if w.Permissions != nil {
		for name, level := range *w.Permissions {
			assert.Check(t, name == "contents" && level == "read", "%s: all jobs have %s: %s", file, name, level)
		}
	}
	assert.Check(t, w.Concurrency.Group != "", "%s: no concurrency group", file)
	for name, job := range w.Jobs {
		assert.Check(t, job.Uses != "" || job.Timeout > 0, "%s: %s has no timeout", file, name)
		var writes []string
		for scope, level := range job.Permissions {
			if level != "read" && level != "none" {
				writes = append(writes, scope)
			}
		}
		slices.Sort(writes)
		may := writers[filepath.Base(file)+" "+name]
		assert.Check(t, strings.Join(writes, " ") == may, "%s: %s may write to %v, needs: %s", file, name, writes, may)
		for _, step := range job.Steps {
			assert.Check(t, !untrusted.MatchString(step.Run), "%s: %s: pass it in env: %s", file, name, step.Run)
			assert.Check(t, !strings.HasPrefix(step.Uses, "actions/checkout@") || step.With["persist-credentials"] == false, "%s: %s keeps the token in .git", file, name)
			assert.Check(t, filepath.Base(file) != "release.yml" || !strings.HasPrefix(step.Uses, "actions/setup-go@") || step.With["cache"] == false, "%s: %s uses what other workflows stored", file, name)
			runs = append(runs, step.Run)
		}
	}
	return runs
}

// TestDependabotReadsEachManifest: each module and each package of npm gets updates.
func TestDependabotReadsEachManifest(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../.github/dependabot.yml")
	assert.NilError(t, err)
	var config struct {
		Updates []struct {
			Ecosystem   string `yaml:"package-ecosystem"`
			Directory   string
			Directories []string
		}
	}
	assert.NilError(t, yaml.Unmarshal(text, &config))
	listed := map[string]bool{}
	for _, u := range config.Updates {
		for _, folder := range append(u.Directories, u.Directory) {
			listed[u.Ecosystem+" "+folder] = true
		}
	}
	manifests := map[string]string{"go.mod": "gomod ", "package.json": "npm "}
	found := 0
	for _, pattern := range []string{"../*", "../.ci/*/*", "../apiclient/*/*"} {
		files, err := filepath.Glob(pattern)
		assert.NilError(t, err)
		for _, file := range files {
			if ecosystem := manifests[filepath.Base(file)]; ecosystem != "" {
				found++
				folder := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(file)), "..")
				assert.Check(t, listed[ecosystem+"/"+strings.TrimPrefix(folder, "/")], "%s isn't in .github/dependabot.yml", file)
			}
		}
	}
	assert.Check(t, found >= 4 && listed["github-actions /"], "%d manifests", found)
}

// TestIssueForms: each asks, and warns of secrets.
func TestIssueForms(t *testing.T) {
	t.Parallel()
	for name, asks := range map[string][]string{
		"bug.yml":      {"what", "version", "terminal", "transcript", "safe"},
		"question.yml": {"question"},
	} {
		text, err := os.ReadFile("../.github/ISSUE_TEMPLATE/" + name)
		assert.NilError(t, err)
		var form struct {
			Name, Description string
			Body              []struct {
				Type, ID   string
				Attributes map[string]any
			}
		}
		assert.NilError(t, yaml.Unmarshal(text, &form))
		var ids []string
		for _, part := range form.Body {
			if part.Type == "markdown" {
				assert.Check(t, strings.Contains(part.Attributes["value"].(string), "Paste no token"), name)
				continue
			}
			ids = append(ids, part.ID)
			assert.Check(t, part.Attributes["label"] != nil, "%s: %s has no label", name, part.ID)
		}
		assert.Check(t, form.Name != "" && form.Description != "" && slices.Equal(ids, asks), "%s asks for %v, want %v", name, ids, asks)
	}
}

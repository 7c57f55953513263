package docs_test

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// packed is a file of an archive or a package.
type packed struct {
	Src, Dst, Packager string
	Info               map[string]any
	FileInfo           map[string]any `yaml:"file_info"`
}

// releaseConfig is what the test reads of .goreleaser.yaml.
type releaseConfig struct {
	Builds []struct {
		Tool          string
		Flags         []string
		Ldflags       []string
		Goos, Goarch  []string
		ModTimestamp  string `yaml:"mod_timestamp"`
		Env           []string
		Tags, Gcflags any
	}
	Archives []struct {
		BuildsInfo map[string]any `yaml:"builds_info"`
		Files      []packed
	}
	Nfpms []struct {
		Formats  []string
		Mtime    string
		Contents []packed
	}
	Dockers []struct {
		ExtraFiles []string `yaml:"extra_files"`
		Platforms  []string
	} `yaml:"dockers_v2"`
}

// matches are the submatches of a pattern in a file.
func matches(t *testing.T, file, pattern string) (all []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	assert.NilError(t, err)
	for _, found := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
		all = append(all, found[1])
	}
	return all
}

// TestReleaseIsWhatIsTested: GoReleaser builds for the systems of .ci/run with the flags of .ci/build, each archive and
// package has its files, and nothing in them tells when or where they were made.
func TestReleaseIsWhatIsTested(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../.goreleaser.yaml")
	assert.NilError(t, err)
	var c releaseConfig
	assert.NilError(t, yaml.Unmarshal(text, &c))
	assert.Assert(t, len(c.Builds) == 1 && len(c.Archives) == 1 && len(c.Nfpms) == 1 && len(c.Dockers) == 1)

	build := c.Builds[0]
	assert.Check(t, is.Equal(build.Tool, ".ci/build"))
	assert.Check(t, is.DeepEqual(build.Flags, []string{"-buildvcs=true"}), "other flags belong in .ci/build")
	assert.Check(t, is.DeepEqual(build.Ldflags, []string{"-X main.version={{ .Version }}"}), "other flags belong in .ci/build")
	assert.Check(t, build.Tags == nil && build.Gcflags == nil && build.Env == nil, "flags belong in .ci/build")
	var targets []string
	for _, system := range build.Goos {
		for _, processor := range build.Goarch {
			targets = append(targets, system+"/"+processor)
		}
	}
	assert.Check(t, is.DeepEqual(strings.Join(targets, " "), strings.Join(matches(t, "../.ci/run", `for target in ([^;]+);`), " ")))

	const commit = "{{ .CommitDate }}"
	generated := matches(t, "../.ci/release-files", `"\$out/([^"]+)"`)
	exists := func(source string) {
		if name, ok := strings.CutPrefix(source, ".ci/files/"); ok {
			assert.Check(t, slices.ContainsFunc(generated, func(made string) bool {
				ok, _ := path.Match(name, made)
				return ok || strings.HasPrefix(made, name+"/")
			}), ".ci/release-files doesn't make %s", name)
			return
		}
		_, err := os.Stat("../" + source)
		assert.Check(t, err)
	}
	var sources []string
	for _, file := range c.Archives[0].Files {
		exists(file.Src)
		sources = append(sources, file.Src)
		if file.Dst != "" && !strings.Contains(file.Src, "*") {
			assert.Check(t, is.Equal(path.Base(file.Dst), path.Base(file.Src)), "without a pattern, dst names the file")
		}
		assert.Check(t, is.DeepEqual(file.Info, map[string]any{"owner": "root", "group": "root", "mode": 0o644, "mtime": commit}))
	}
	for _, needed := range []string{"LICENSE", "README.md", ".ci/files/man/msgsso-wizard.1.gz", ".ci/files/completions/*"} {
		assert.Check(t, is.Contains(sources, needed), "the archives")
	}
	assert.Check(t, is.Equal(c.Archives[0].BuildsInfo["mtime"], commit))
	assert.Check(t, is.Equal(build.ModTimestamp, "{{ .CommitTimestamp }}"))

	packages := c.Nfpms[0]
	assert.Check(t, is.DeepEqual(packages.Formats, []string{"deb", "rpm", "apk"}))
	assert.Check(t, is.Equal(packages.Mtime, commit))
	for _, format := range packages.Formats {
		var targets []string
		for _, file := range packages.Contents {
			exists(file.Src)
			assert.Check(t, is.DeepEqual(file.FileInfo, map[string]any{"mode": 0o644, "mtime": commit}))
			if file.Packager == "" || file.Packager == format {
				targets = append(targets, path.Dir(file.Dst))
			}
		}
		slices.Sort(targets)
		license, zsh := "/usr/share/licenses/msgsso-wizard", "/usr/share/zsh/site-functions"
		if format == "deb" {
			license, zsh = "/usr/share/doc/msgsso-wizard", "/usr/share/zsh/vendor-completions"
		}
		for _, needed := range []string{license, zsh, "/usr/share/man/man1", "/usr/share/bash-completion/completions", "/usr/share/fish/vendor_completions.d"} {
			assert.Check(t, is.Contains(targets, needed), "%s", format)
		}
	}

	for _, file := range c.Dockers[0].ExtraFiles {
		exists(file)
	}
	assert.Check(t, is.DeepEqual(matches(t, "../Dockerfile", `(?m)^COPY (?:--chown=\S+ )?([^$\s]\S+) `), c.Dockers[0].ExtraFiles))
	assert.Check(t, is.DeepEqual(matches(t, "../Dockerfile", `(?m)^FROM (.+)$`), []string{"scratch"}))
	assert.Check(t, is.Len(matches(t, "../Dockerfile", `(?m)^USER ([1-9]\d+:[1-9]\d+)$`), 1), "a number: a name can't be checked by those who forbid root")
}

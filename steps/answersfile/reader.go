package answersfile

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"msgsso-wizard/steps/guide"
)

// The keys that are no questions.
const (
	keySites = "sites"
	keyName  = "name"
)

// longestName is the longest name of a site: it ends the names of objects.
const longestName = 40

// reader reads one file.
type reader struct{ name string }

// refuse says where something is wrong.
func (r *reader) refuse(at *yaml.Node, fix, format string, args ...any) error {
	return r.refuseAt(at.Line, at.Column, fix, fmt.Errorf(format, args...))
}

func (r *reader) refuseAt(line, column int, fix string, err error) error {
	return &guide.AnswerError{Err: fmt.Errorf("%s, line %d, column %d: %w", r.name, line, column, err), Fix: fix}
}

func (r *reader) file(text string) (File, error) {
	f := File{Answers: guide.NewAnswers()}
	if err := r.characters(text); err != nil {
		return f, err
	}
	from := yaml.NewDecoder(strings.NewReader(text))
	var doc, second yaml.Node
	if err := from.Decode(&doc); errors.Is(err, io.EOF) {
		return f, nil
	} else if err != nil {
		return f, r.notYAML(text, err)
	}
	if err := from.Decode(&second); err == nil {
		return f, r.refuse(&second, "", "an answers file is one document")
	} else if !errors.Is(err, io.EOF) {
		return f, r.notYAML(text, err)
	}
	pairs, err := r.mapping(doc.Content[0], "the file")
	if err != nil {
		return f, err
	}
	var sites *yaml.Node
	for _, p := range pairs {
		if p.key.Value == keySites {
			sites = p.value
		} else if err := r.answer(f.Answers, p, false); err != nil {
			return f, err
		}
	}
	if sites != nil {
		f.Sites, err = r.sites(sites, f.Answers)
	}
	return f, err
}

// pair is a key with its value.
type pair struct{ key, value *yaml.Node }

// mapping takes apart a node that has to be one. Anchors, aliases, and tags are refused: a small file could stand for a
// huge one, and a reviewer sees an answer at one spot and its value at another.
func (r *reader) mapping(n *yaml.Node, what string) ([]pair, error) {
	if err := r.plain(n); err != nil {
		return nil, err
	}
	if n.Kind != yaml.MappingNode {
		return nil, r.refuse(n, "Write one answer on a line, such as okta-org: acme.okta.com.", "%s isn't a list of keys with values", what)
	}
	var pairs []pair
	first := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		p := pair{n.Content[i], n.Content[i+1]}
		for _, node := range []*yaml.Node{p.key, p.value} {
			if err := r.plain(node); err != nil {
				return nil, err
			}
		}
		if p.key.Kind != yaml.ScalarNode {
			return nil, r.refuse(p.key, "", "a key is one word")
		}
		if line := first[p.key.Value]; line > 0 {
			return nil, r.refuse(p.key, "Delete one of them.", "%s is already in line %d", shown(p.key.Value), line)
		}
		first[p.key.Value] = p.key.Line
		pairs = append(pairs, p)
	}
	return pairs, nil
}

// plain refuses what YAML has beyond keys, values, and lists.
func (r *reader) plain(n *yaml.Node) error {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		return r.refuse(n, "Write the value itself.", "an answers file has no anchors (&) and aliases (*)")
	case n.Tag == "!!merge":
		return r.refuse(n, "Write the answers above sites.", "an answers file has no merge keys (<<)")
	case n.Style&yaml.TaggedStyle != 0:
		return r.refuse(n, "Delete the tag.", "an answers file has no tags (!)")
	}
	return nil
}

// answer keeps one answer. A site can't answer what all sites share.
func (r *reader) answer(a *guide.Answers, p pair, ofSite bool) error {
	key := guide.Key(p.key.Value)
	if q, secret := guide.SecretNamed(p.key.Value); secret {
		return r.refuse(p.key, "Delete it here. If others could read the file, replace the secret. Set "+q.Env[0]+" instead, or enter it when asked.",
			"%s is a secret, and an answers file can't have one", shown(p.key.Value))
	}
	q, ok := guide.QuestionFor(key)
	switch {
	case !ok:
		return r.unknown(p.key)
	case q.Confirms():
		return r.refuse(p.key, "Delete it here. "+q.OtherSources()+" confirms it.", "%s is confirmed by the user who runs it, not by a file", key)
	case ofSite && shared[key]:
		return r.refuse(p.key, "Write it above sites.", "all sites have the same %s", key)
	}
	values, err := r.values(q, p.value)
	if err != nil {
		return err
	}
	return a.Set(key, guide.FromFile, values...) // each was tried
}

// secretValue refuses a value that looks like a secret, without the value.
func (r *reader) secretValue(at *yaml.Node, key string) error {
	return r.refuse(at, "Delete it here. If others could read the file, replace the secret. Set secrets as variables, or enter them when asked.",
		"%s: the value looks like a secret, and an answers file can't have one", key)
}

// values are the texts of an answer.
func (r *reader) values(q guide.Question, n *yaml.Node) ([]string, error) {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode && q.Several() {
		nodes = n.Content
	}
	if len(nodes) > maxValues {
		return nil, r.refuse(nodes[maxValues], "", "%s has %d values at most", q.Key, maxValues)
	}
	var values []string
	for _, one := range nodes {
		if err := r.plain(one); err != nil {
			return nil, err
		}
		text, err := r.text(q, one)
		if err != nil {
			return nil, err
		}
		if secret(q.Key, text) {
			return nil, r.secretValue(one, string(q.Key))
		}
		if err := guide.NewAnswers().Set(q.Key, guide.FromFile, text); err != nil {
			return nil, r.refuse(one, "", "%s: %w", q.Key, err)
		}
		values = append(values, text)
	}
	if len(values) == 0 {
		return nil, r.refuse(n, "Delete the key for no answer.", "%s has no value", q.Key)
	}
	return values, nil
}

// text is a value of one answer, as it is written.
func (r *reader) text(q guide.Question, n *yaml.Node) (string, error) {
	tag := n.ShortTag()
	switch {
	case n.Kind == yaml.ScalarNode && (tag == "!!str" || tag == "!!int" && q.Numeric()) && strings.TrimSpace(n.Value) != "":
		return n.Value, nil
	case n.Kind == yaml.ScalarNode && (tag == "!!null" || tag == "!!str"):
		return "", r.refuse(n, "Delete the key for no answer.", "%s has no value", q.Key)
	case n.Kind == yaml.ScalarNode:
		return "", r.refuse(n, "Put the value in quotation marks.", "%s takes text, and YAML reads this as %s", q.Key, kinds[tag])
	case q.Several():
		return "", r.refuse(n, "", "%s takes a text or a list of texts", q.Key)
	default:
		return "", r.refuse(n, "", "%s takes one text", q.Key)
	}
}

// kinds are what YAML reads an unquoted value as.
var kinds = map[string]string{"!!int": "a number", "!!float": "a number", "!!bool": "true or false", "!!timestamp": "a date", "!!binary": "binary data"}

func (r *reader) sites(n *yaml.Node, above *guide.Answers) ([]Site, error) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		return nil, r.refuse(n, "Begin each site with a hyphen and its name.", "sites is a list of sites")
	}
	if len(n.Content) > maxSites {
		return nil, r.refuse(n.Content[maxSites], "Split the file.", "a file has %d sites at most", maxSites)
	}
	var sites []Site
	for _, item := range n.Content {
		site, err := r.site(item, above)
		if err != nil {
			return nil, err
		}
		for _, earlier := range sites {
			if strings.EqualFold(earlier.Name, site.Name) {
				return nil, r.refuse(item, "Give each site another name.", "there is already a site %q", earlier.Name)
			}
			if e := Conflict([]Site{earlier, site}); e != nil {
				return nil, r.refuse(item, e.Fix, "%w", e.Err)
			}
		}
		sites = append(sites, site)
	}
	return sites, nil
}

func (r *reader) site(n *yaml.Node, above *guide.Answers) (Site, error) {
	site := Site{Answers: above.Clone()}
	pairs, err := r.mapping(n, "a site")
	if err != nil {
		return site, err
	}
	for _, p := range pairs {
		if p.key.Value != keyName {
			if err := r.answer(site.Answers, p, true); err != nil {
				return site, err
			}
			continue
		}
		if secret("", p.value.Value) {
			return site, r.secretValue(p.value, keyName)
		}
		if site.Name, err = siteName(p.value); err != nil {
			return site, r.refuse(p.value, "", "%w", err)
		}
	}
	if site.Name == "" {
		return site, r.refuse(n, "Add a name, such as name: shop.", "a site has no name")
	}
	if err := nameObjects(site.Answers, site.Name); err != nil {
		return site, r.refuse(n, "Choose a shorter name.", "%w", err)
	}
	return site, nil
}

// nameOfSite fits names that can be part of the names of objects, and of a command line.
var nameOfSite = regexp.MustCompile(`^[\pL\pN]([\pL\pN ._-]*[\pL\pN])?$`)

func siteName(n *yaml.Node) (string, error) {
	if n.Kind != yaml.ScalarNode || n.ShortTag() != "!!str" || len([]rune(n.Value)) > longestName || !nameOfSite.MatchString(n.Value) {
		return "", fmt.Errorf("the name of a site is a text of 1 to %d letters and digits, also with spaces, dots, hyphens, and underscores inside", longestName)
	}
	return n.Value, nil
}

// unknown refuses a key that is no question, with a similar one.
func (r *reader) unknown(key *yaml.Node) error {
	fix := "A key is the name of a flag, without the dashes. msgsso-wizard --help lists them."
	like := func(text string) string {
		return strings.NewReplacer("-", "", "_", "", " ", "", "s", "").Replace(strings.ToLower(text))
	}
	for _, q := range guide.Questions("") {
		if q.Kind != guide.Hidden && !q.Confirms() && slices.Contains([]string{like(string(q.Key)), like(q.Label)}, like(key.Value)) {
			fix = "Did you mean " + string(q.Key) + "? " + fix
			break
		}
	}
	return r.refuse(key, fix, "there is no answer %s", shown(key.Value))
}

// shown is a key in a sentence. One that could be a secret on the wrong side of a colon isn't shown.
func shown(key string) string {
	if !word.MatchString(key) {
		return "of this name"
	}
	return key
}

var word = regexp.MustCompile(`^[A-Za-z]{1,20}([_-][A-Za-z]{1,20}){0,4}$`)

// characters refuses those that YAML doesn't allow. The parser's error doesn't name their line.
func (r *reader) characters(text string) error {
	line, column := 1, 0
	for i, c := range text {
		column++
		switch _, size := utf8.DecodeRuneInString(text[i:]); {
		case c == '\n':
			line, column = line+1, 0
		case c == utf8.RuneError && size == 1:
			return r.refuseAt(line, column, "Save the file as UTF-8.", errors.New("this isn't YAML: it has a character that isn't UTF-8"))
		case unicode.IsControl(c) && !strings.ContainsRune("\t\r\u0085", c):
			return r.refuseAt(line, column, "Delete the character.", errors.New("this isn't YAML: it has a control character"))
		}
	}
	return nil
}

// inLine is where the parser's error names the line.
var inLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

// notYAML names where it is wrong, else the line near which the parser stopped.
func (r *reader) notYAML(text string, err error) error {
	if at := findSlip(text); at != nil {
		return r.refuseAt(at.line, at.column, at.fix, errors.New("this isn't YAML: "+at.why))
	}
	parts := inLine.FindStringSubmatch(err.Error())
	if parts == nil {
		parts = []string{"", "", "it has a character that YAML doesn't allow"}
	}
	why := parts[2]
	if strings.HasPrefix(why, "unknown anchor") { // it quotes the file
		why = "an answers file has no aliases (*)"
	}
	line, _ := strconv.Atoi(cmp.Or(parts[1], "1"))
	return &guide.AnswerError{
		Err: fmt.Errorf("%s, near line %d: this isn't YAML: %s", r.name, min(line, strings.Count(text, "\n")+1), why),
		Fix: "Check the lines around it. Indent with spaces, and put a value with a special character in quotation marks.",
	}
}

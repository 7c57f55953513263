package genesys

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// typeTests find the type, best evidence first; each has to match exactly one type.
var typeTests = []func(genesys.IntegrationType) bool{
	func(t genesys.IntegrationType) bool { return strings.EqualFold(t.Name, guide.IntegrationTypeName) },
	matches(func(t genesys.IntegrationType) string { return t.Name }, `(?i)open\s*id.*messenger|messenger.*open\s*id`),
	matches(func(t genesys.IntegrationType) string { return t.Description }, `(?i)oauth configuration for messenger`),
}

func matches(text func(genesys.IntegrationType) string, pattern string) func(genesys.IntegrationType) bool {
	re := regexp.MustCompile(pattern)
	return func(t genesys.IntegrationType) bool { return re.MatchString(text(t)) }
}

// category is what the console files the type under. It is evidence only: the API may answer another text.
const category = "WebDeployments"

// pickType returns the type. An *explain.Error of ClassUsage says that several may be meant.
func pickType(types []genesys.IntegrationType, inUse map[string]string, answers *guide.Answers) (genesys.IntegrationType, error) {
	of := func(id string) (genesys.IntegrationType, bool) {
		i := slices.IndexFunc(types, func(t genesys.IntegrationType) bool { return t.ID == id })
		if i < 0 {
			return genesys.IntegrationType{ID: id}, false // the list may leave it out
		}
		return types[i], true
	}
	if answer := answers.Get(guide.IntegrationType); answer.Given {
		t, _ := of(answer.Value)
		return t, nil
	}
	if len(inUse) == 1 {
		for id := range inUse {
			if t, listed := of(id); listed || inUse[id] == "" { // an earlier run's
				return t, nil
			}
		}
	}
	for _, test := range typeTests {
		var fit []genesys.IntegrationType
		for _, t := range types {
			if !t.NonInstallable && test(t) {
				fit = append(fit, t)
			}
		}
		switch {
		case len(fit) == 1:
			return fit[0], nil
		case len(fit) > 1:
			question, _ := typeQuestion(fit, inUse)
			return fit[0], explain.MissingAnswers([]guide.Question{question})
		}
	}
	if question, likely := typeQuestion(types, inUse); likely {
		return genesys.IntegrationType{}, explain.MissingAnswers([]guide.Question{question})
	}
	return genesys.IntegrationType{}, explain.New(explain.ClassPermission, "",
		"This organization doesn't offer the integration type "+guide.IntegrationTypeName+".",
		"Check with Genesys that your license includes web messaging: "+guide.Licenses+". If the type has another name, choose it, or enter the URL of such an integration in the console.").And(guide.IntegrationType)
}

// typeQuestion asks which type is meant: those with evidence first, each with what speaks for it. Where there is none for
// any, all are listed.
func typeQuestion(types []genesys.IntegrationType, inUse map[string]string) (_ guide.Question, likely bool) {
	var candidates, others []guide.Option
	strength := map[string]int{} // how much speaks for a type, by its ID
	for _, t := range types {
		var evidence []string
		if configuration, used := inUse[t.ID]; used {
			evidence = append(evidence, "used by "+strconv.Quote(configuration))
		}
		if typeTests[0](t) || typeTests[1](t) {
			evidence = append(evidence, "name")
		}
		if typeTests[2](t) {
			evidence = append(evidence, "description")
		}
		if strings.EqualFold(t.Category, category) {
			evidence = append(evidence, "category")
		}
		strength[t.ID] = len(evidence)
		switch option := (guide.Option{Value: t.ID, Label: cmp.Or(t.Name, t.ID), Note: strings.Join(evidence, ", ")}); {
		case t.NonInstallable:
		case len(evidence) > 0:
			candidates = append(candidates, option)
		default:
			others = append(others, option)
		}
	}
	slices.SortStableFunc(candidates, func(a, b guide.Option) int {
		return cmp.Compare(strength[b.Value], strength[a.Value])
	})
	q, _ := guide.QuestionFor(guide.IntegrationType)
	if q.Fixed = candidates; len(candidates) == 0 {
		q.Fixed = others
	}
	if len(q.Fixed) > 1 && strength[q.Fixed[0].Value] == strength[q.Fixed[1].Value] {
		q.Example = "ID" // an error proposes neither
	}
	labels := map[string]int{}
	for _, o := range q.Fixed {
		labels[o.Label]++
	}
	for i, o := range q.Fixed {
		if labels[o.Label] > 1 {
			q.Fixed[i].Label = o.Value
		}
	}
	return q, len(candidates) > 0
}

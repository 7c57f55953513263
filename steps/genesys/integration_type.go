package genesys

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

// TypeKeys is what was found out about the integration type: under which names it keeps what matters for signing in.
type TypeKeys struct {
	ID             string
	Name           string
	DiscoveryKey   string              // of the property that takes the Discovery URI
	Properties     map[string]Property // others that are required or answered, by their keys
	CredentialKey  string              // under which an integration of the type keeps its credential
	CredentialType string
	ClientIDField  string
	SecretField    string
	OtherFields    []string         // of the credential, that are required too
	IfReplaced     []guide.Question // questions for the fields, where a credential is stored already
	MaxInstances   int              // 0: not told
}

// Property is the answer for a property of the type, as its schema has it.
type Property struct {
	Value  any
	Chosen bool // by the user: it replaces a stored one
}

// ReadOfType gets everything that was read about the type, whether the wizard understands it or not.
type ReadOfType func(listed, whole genesys.IntegrationType, schema genesys.Schema, types []genesys.CredentialType)

// Earlier returns what runs in this organization were answered before.
type Earlier func(context.Context) (*guide.Answers, error)

// FindType finds out, at this organization, what the integration type "OpenID Connect Messenger Configuration" is called
// and which keys it wants. None of these is documented (contract genesys.md 1.1, 1.2). What can't be known is asked.
func FindType(org Organization, answers *guide.Answers, remember Earlier, read ReadOfType) engine.Find[TypeKeys] {
	return func(ctx context.Context, notes *engine.Notes) (TypeKeys, error) {
		var types []genesys.IntegrationType
		var credentialTypes []genesys.CredentialType
		var inUse map[string]string
		api, err := org.api(ctx)
		if err != nil {
			return TypeKeys{}, err
		}
		g, gctx := taskgroup.WithContext(ctx)
		g.Go(func() (err error) { types, err = api.IntegrationTypes(gctx); return err })
		g.Go(func() (err error) { credentialTypes, err = api.CredentialTypes(gctx); return err })
		g.Go(func() (err error) { inUse, err = org.typesInUse(gctx); return err })
		if err := g.Wait(); err != nil {
			return TypeKeys{}, err
		}
		earlier, err := remember(ctx)
		if err != nil {
			return TypeKeys{}, err
		}
		question, _ := typeQuestion(types, inUse)
		var raised []guide.Question
		if answers.Get(guide.IntegrationType).Given {
			raised = []guide.Question{question}
		}
		own, err := org.named(ctx, answers, func(i genesys.Integration) bool { return mark.Has(i.Config.Notes) })
		if err != nil {
			return TypeKeys{}, err
		}
		evidence := inUse
		if own.TypeID != "" { // an earlier run's
			evidence = map[string]string{own.TypeID: ""}
		}
		found, err := pickType(types, evidence, answers)
		if several, ok := errors.AsType[*explain.Error](err); ok {
			again := question.Remembered(earlier)
			if id := strings.Join(again.Earlier, ""); org.hasType(ctx, types, id) {
				found, err, raised = genesys.IntegrationType{ID: id}, nil, []guide.Question{again}
			} else {
				question.Needed = several.Class == explain.ClassUsage
				notes.Ask(question)
			}
		}
		if err != nil {
			return TypeKeys{}, err
		}
		schema, whole, err := readType(ctx, api, found)
		if err != nil {
			return TypeKeys{}, err
		}
		read(found, whole, schema, credentialTypes)
		stored, err := org.named(ctx, answers, func(i genesys.Integration) bool { return i.TypeID == whole.ID })
		if err != nil {
			return TypeKeys{}, err
		}
		keys, more, err := describe(whole, schema, credentialTypes, answers, earlier, stored.Config)
		if err != nil { // another type may be meant
			question.Needed = false
			notes.Ask(question)
			return keys, err
		}
		raised = append(raised, more...)
		notes.Ask(raised...)
		for _, q := range raised {
			switch a := answers.To(q); {
			case len(q.Earlier) > 0 && a.From == guide.FromLastRun:
				notes.OK(q.Label + ": " + q.Join(a.Values) + ", as in an earlier run.")
			case a.From == guide.FromDefault && a.Given && stored.ID == "":
				notes.OK("The integration type requires " + q.Label + ". The wizard sets " + q.Join(a.Values) + ".")
			}
		}
		return keys, unanswered(answers, raised)
	}
}

// unanswered refuses to continue without answers to the questions.
func unanswered(answers *guide.Answers, questions []guide.Question) error {
	if err := answers.Usable(questions...); err != nil {
		return err
	}
	open := slices.DeleteFunc(slices.Clone(questions), func(q guide.Question) bool { return !q.Needed || answers.To(q).Given })
	if len(open) == 0 {
		return nil
	}
	return explain.MissingAnswers(open)
}

// ReadType reads the keys of a type that an existing integration has. An *explain.Error that wraps nothing says that the
// type is not one that Messenger signs in with.
func ReadType(ctx context.Context, api services.Genesys, typeID string, answers *guide.Answers) (TypeKeys, error) {
	var schema genesys.Schema
	var whole genesys.IntegrationType
	var credentialTypes []genesys.CredentialType
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { whole, err = api.IntegrationType(gctx, typeID); return err })
	g.Go(func() (err error) { schema, err = api.PropertiesSchema(gctx, typeID); return err })
	g.Go(func() (err error) { credentialTypes, err = api.CredentialTypes(gctx); return err })
	if err := g.Wait(); err != nil {
		return TypeKeys{}, err
	}
	keys, _, err := describe(whole, schema, credentialTypes, answers, guide.NewAnswers(), nil)
	return keys, err
}

// StoredIn fills in the names that only the user knows from the settings of an integration that has values there.
func (k TypeKeys) StoredIn(config genesys.IntegrationConfig) TypeKeys {
	names := storedNames(config)
	k.DiscoveryKey = cmp.Or(k.DiscoveryKey, names[guide.DiscoveryProperty])
	k.CredentialKey = cmp.Or(k.CredentialKey, names[guide.CredentialKey])
	return k
}

// storedNames are the names under which an integration has a Discovery URI, and a credential if it has one only.
func storedNames(config genesys.IntegrationConfig) map[guide.Key]string {
	names := map[guide.Key]string{guide.DiscoveryProperty: discoveryKey(config)}
	for key := range config.Credentials {
		if len(config.Credentials) == 1 {
			names[guide.CredentialKey] = key
		}
	}
	return names
}

// named is the integration that the answers name and that fits; one without an ID, if there is none.
func (o Organization) named(ctx context.Context, answers *guide.Answers, fits func(genesys.Integration) bool) (genesys.Integration, error) {
	all, err := o.Integrations.Get(ctx)
	name := answers.Value(guide.IntegrationName)
	for _, i := range all {
		if (i.ID == name || i.Name == name) && i.Config != nil && fits(i) {
			return i, nil
		}
	}
	return genesys.Integration{}, err
}

// hasType reports whether the organization has the type: listed, or as an integration.
func (o Organization) hasType(ctx context.Context, types []genesys.IntegrationType, id string) bool {
	all, _ := o.Integrations.Get(ctx)
	return slices.ContainsFunc(types, func(t genesys.IntegrationType) bool { return t.ID == id }) ||
		slices.ContainsFunc(all, func(i genesys.Integration) bool { return i.TypeID == id })
}

// typesInUse are the types of integrations that a Messenger configuration already signs visitors in with, each with the
// configuration: the best evidence there is.
func (o Organization) typesInUse(ctx context.Context) (map[string]string, error) {
	configurations, integrations, err := engine.Both(ctx, o.Configurations.Get, o.Integrations.Get)
	used := map[string]string{}
	for _, c := range configurations {
		for _, i := range integrations {
			if signsInWith(c) == i.ID {
				used[i.TypeID] = c.Name
			}
		}
	}
	return used, err
}

// readType reads the type's schema and, where the list left them out, the credentials that it takes.
func readType(ctx context.Context, api services.Genesys, t genesys.IntegrationType) (genesys.Schema, genesys.IntegrationType, error) {
	schema, id := genesys.Schema{}, t.ID
	g, ctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { schema, err = api.PropertiesSchema(ctx, id); return err })
	if len(t.Credentials) == 0 {
		g.Go(func() (err error) { t, err = api.IntegrationType(ctx, id); return err })
	}
	err := g.Wait()
	return schema, t, err
}

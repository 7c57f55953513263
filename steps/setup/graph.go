package setup

import (
	"context"
	"errors"
	"slices"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
)

// graph is the nodes of one run. Each is constructed from those that it needs.
type graph struct {
	run     *engine.Run
	applied bool
	renewed *graph // what was applied in place of it; itself, unless the plan waited
	answers *guide.Answers

	okta     *engine.Lookup[oktasteps.Org]
	admin    *engine.Lookup[oktasteps.Admin] // nil: Okta is set up manually
	app      *engine.Node[okta.App]
	rotation *oktasteps.Rotation // nil: the client secret stays
	pages    *engine.Lookup[oktasteps.Pages]
	assigned *engine.Set[oktasteps.Assignment] // nil: the app is not the wizard's to assign
	origins  *engine.Lookup[[]okta.TrustedOrigin]
	server   *engine.Lookup[oktasteps.AuthServer]
	document *engine.Lookup[oidc.Document]

	genesys       genesyssteps.Organization
	organization  *engine.Lookup[genesys.Organization]
	keys          *engine.Lookup[genesyssteps.TypeKeys]
	integration   *engine.Node[genesys.Integration]
	status        engine.Source[genesys.Integration]
	configuration *engine.Node[genesyssteps.Configuration]
	version       *engine.Node[genesys.Configuration]
	deployment    *engine.Node[genesys.Deployment]
	test          *engine.Set[genesys.Deployment] // nil: of a fix
	outcome       *engine.Lookup[genesyssteps.Outcome]
	reached       *engine.Lookup[time.Duration] // after which browsers get what a move changed; nil: nothing is moved
}

// builder builds a graph: for the guide, or for a fix, which leaves nodes out.
type builder struct {
	*Session
	*graph
	in  services.Access
	fix *Fix // nil: the guide's own run
	id  string
}

// build adds the nodes in the guide's order, which decides which of several errors is reported.
func (s *Session) build(answers *guide.Answers, fix *Fix) *graph {
	b := builder{Session: s, graph: &graph{answers: answers}, in: s.access(answers), fix: fix}
	cfg := engine.Config{Ledger: s.changes(), Emit: s.emit, Poll: s.Poll, Unseen: unseen, Allowed: b.allowed}
	if fix == nil {
		cfg.Ahead = s.Ahead
	}
	if s.Journal != nil {
		cfg.Journal, b.id = s.Journal, s.Journal.RunID()
	}
	b.run = engine.New(cfg)
	b.oktaNodes()
	b.genesysNodes()
	b.serverNodes()
	b.claimNodes()
	b.integrationNodes()
	b.messengerNodes()
	return b.graph
}

// allowed refuses a change that the admin's roles do not allow. Permissions of Genesys Cloud are checked by the preflight.
func (g *graph) allowed(ctx context.Context, verb engine.Verb, kind guide.ObjectKind) error {
	if g.admin == nil || kind.InGenesys() {
		return nil
	}
	admin, err := g.admin.Get(ctx)
	if err != nil {
		return err
	}
	return admin.Allows(verb, kind)
}

// unseen reports whether Genesys Cloud refuses a reference because it does not see a new object yet (contract
// genesys.md 2.5).
func unseen(err error) bool {
	return genesys.CodeIs(err, "constraint.validation", "bad.request") && !explain.LacksFeature(err) && !genesys.VersionConflict(err)
}

// has reports whether the run has a node: the guide has all of them but those that only fixes have.
func (b *builder) has(id guide.StepID) bool {
	if b.fix == nil {
		return id != guide.StepAssignUser
	}
	return slices.Contains(b.fix.Nodes, id)
}

// cutOff reports whether the run that made an app may have ended before it assigned a group to it: this run, or an
// unknown one that has no deployment yet. Of a run that came to its end, an admin removed the groups. Where the
// deployments can't be read, the wizard assigns no group.
func (b *builder) cutOff(ctx context.Context, app engine.Planned[okta.App]) bool {
	a := app.Value
	switch {
	case app.Change.OfRun:
		return true
	case a.ManagedBy != mark.Tag || b.Journal != nil && b.Journal.Known(guide.KindApp, a.Label, a.ID):
		return false
	}
	deployments, err := b.genesys.Deployments.Get(ctx)
	return err == nil && !deployedBy(deployments, mark.Run(a.AdminNote))
}

// opens has the session remember what the guide opened. What a fix opens is its own.
func (b *builder) opens(change func(*opened)) {
	if b.fix == nil {
		b.remember(change)
	}
}

func (b *builder) automated() bool { return guide.OktaIsAutomated(b.in.Answers) }

func (b *builder) oktaNodes() {
	const section = guide.SectionOkta
	r, answers := b.run, b.in.Answers
	b.okta = engine.AddLookup(r, guide.StepOkta, section, func(ctx context.Context, l *engine.Notes) (oktasteps.Org, error) {
		org, err := oktasteps.OpenOrg(ctx, b.in, l)
		b.learned.learn("okta_pipeline", "%s", org.Pipeline)
		if err == nil {
			b.opens(func(o *opened) { o.okta = org })
		}
		return org, err
	})
	if !b.automated() {
		b.app = engine.Add(r, guide.StepManualApp, section, oktasteps.NewManualApp(answers))
		b.pages = engine.AddLookup(r, guide.StepPages, section, oktasteps.NewPages(b.app, answers))
		return
	}
	b.admin = engine.AddLookup(r, guide.StepIdentify, section, func(ctx context.Context, l *engine.Notes) (oktasteps.Admin, error) {
		org, err := b.okta.Get(ctx)
		if err != nil {
			return oktasteps.Admin{}, err
		}
		return oktasteps.Identify(ctx, org, l)
	})
	wish := oktasteps.AppWish{}
	if b.fix != nil {
		wish = oktasteps.AppWish{Keep: b.fix.KeepApp, Method: b.fix.Method}
	}
	b.app = engine.Add(r, guide.StepApp, section, oktasteps.NewApp(b.okta, answers, b.id, wish))
	if b.fix != nil && b.fix.Rotate != nil {
		b.secretNodes()
	}
	if b.has(guide.StepSignInPolicy) {
		engine.AddList(r, guide.StepSignInPolicy, section, oktasteps.ShowSignInPolicy(b.okta, b.app))
	}
	b.pages = engine.AddLookup(r, guide.StepPages, section, oktasteps.NewPages(b.app, answers))
	if b.has(guide.StepAssignment) {
		b.assigned = engine.AddSet(r, guide.StepAssignment, section, oktasteps.NewAssignments(b.okta, b.app, answers, b.cutOff))
	}
	if b.has(guide.StepAssignUser) {
		engine.AddSet(r, guide.StepAssignUser, section, oktasteps.NewUserAssignment(b.okta, b.app, b.fix.Assign))
	}
	if b.has(guide.StepOrigins) {
		b.origins = engine.AddList(r, guide.StepOriginList, section, func(ctx context.Context, _ *engine.Notes) ([]okta.TrustedOrigin, error) {
			org, err := b.okta.Get(ctx)
			if err != nil {
				return nil, err
			}
			return org.API.TrustedOrigins(ctx)
		})
		engine.AddSet(r, guide.StepOrigins, section, oktasteps.NewOrigins(b.okta, b.origins, b.originPages))
	}
}

func (b *builder) genesysNodes() {
	const section = guide.SectionGenesys
	answers := b.in.Answers
	session := engine.AddLookup(b.run, guide.StepGenesys, section, func(ctx context.Context, _ *engine.Notes) (genesyssteps.Session, error) {
		s, err := genesyssteps.SignIn(ctx, b.in)
		if err == nil {
			b.opens(func(o *opened) { o.genesys = s })
		}
		return s, err
	})
	b.organization = engine.AddLookup(b.run, guide.StepPreflight, section, func(ctx context.Context, l *engine.Notes) (genesys.Organization, error) {
		s, err := session.Get(ctx)
		if err != nil {
			return genesys.Organization{}, err
		}
		organization, err := genesyssteps.Preflight(ctx, s, l, answers, b.learned.permissions)
		if err == nil {
			b.opens(func(o *opened) { o.organization = organization })
		}
		return organization, err
	})
	b.genesys = genesyssteps.AddLists(b.run, session)
}

func (b *builder) serverNodes() {
	const section = guide.SectionIntegration
	r := b.run
	b.server = engine.AddLookup(r, guide.StepAuthServer, section, func(ctx context.Context, l *engine.Notes) (oktasteps.AuthServer, error) {
		org, err := b.okta.Get(ctx)
		if err != nil {
			return oktasteps.AuthServer{}, err
		}
		given, err := b.discoveryURI(ctx, org)
		if err != nil {
			return oktasteps.AuthServer{}, err
		}
		server, err := oktasteps.ChooseAuthServer(ctx, b.in, org, given, l)
		if e := (*explain.Error)(nil); given.From == guide.FromOrg && errors.As(err, &e) && e.Question == guide.DiscoveryURI {
			err = explain.NotSetUp(section, b.in.Answers.Value(guide.IntegrationName), "the Discovery URI of an active authorization server of "+org.Host())
		}
		return server, err
	})
	b.document = engine.AddLookup(r, guide.StepDiscovery, section, func(ctx context.Context, l *engine.Notes) (oidc.Document, error) {
		org, server, err := engine.Both(ctx, b.okta.Get, b.server.Get)
		if err != nil {
			return oidc.Document{}, err
		}
		pages, err := b.pages.Get(ctx)
		if err != nil {
			return oidc.Document{}, err
		}
		return oktasteps.CheckDiscovery(ctx, b.in, org, server, pages, l)
	})
	if !b.automated() {
		engine.AddLookup(r, guide.StepManualCheck, section, b.checkManualApp)
		return
	}
	if !b.has(guide.StepAccessPolicy) {
		return
	}
	search := engine.AddList(r, guide.StepPolicySearch, section, oktasteps.SearchPolicies(b.okta, b.server, b.app))
	policies := engine.AddSet(r, guide.StepAccessPolicy, section, oktasteps.NewPolicies(b.okta, b.server, search, b.app))
	engine.AddSet(r, guide.StepAccessPolicy, section, oktasteps.NewRules(b.okta, search, policies, b.pages))
}

// discoveryURI is the one that was given, else the one that an integration has that is used as it is: visitors sign in
// with that server, so the access policy and the page code are for that one.
func (b *builder) discoveryURI(ctx context.Context, org oktasteps.Org) (guide.Answer, error) {
	given := b.in.Answers.Get(guide.DiscoveryURI)
	if given.Given || !b.manual(guide.SectionIntegration) {
		return given, nil
	}
	p, err := b.integration.Planned(ctx)
	if uri := genesyssteps.DiscoveryURI(p.Value.Config); err == nil && org.Hosts(uri) {
		given = guide.Answer{Value: uri, Values: []string{uri}, Given: true, From: guide.FromOrg}
	}
	return given, err
}

func (b *builder) claimNodes() {
	const section = guide.SectionIntegration
	if !b.automated() || !b.has(guide.StepClaims) {
		return
	}
	names := engine.AddList(b.run, guide.StepClaims, section, oktasteps.SearchNames(b.okta, b.server, b.app, b.in.Answers))
	engine.AddSet(b.run, guide.StepClaims, section, oktasteps.NewClaims(b.okta, names))
	engine.AddSet(b.run, guide.StepClaims, section, oktasteps.NewFederatedClaims(b.okta, names, b.app))
}

// checkManualApp only looks, and finds nothing out that others need.
func (b *builder) checkManualApp(ctx context.Context, l *engine.Notes) (nothing struct{}, err error) {
	org, app, err := engine.Both(ctx, b.okta.Get, b.app.Planned)
	if err != nil {
		return nothing, err
	}
	doc, err := b.document.Get(ctx)
	if err != nil {
		return nothing, err
	}
	return nothing, oktasteps.CheckManualApp(ctx, b.in, org, app.Value, doc, l)
}

func (b *builder) integrationNodes() {
	const section = guide.SectionIntegration
	r, answers, wish := b.run, b.in.Answers, genesyssteps.CredentialWish{}
	if b.fix != nil {
		wish = genesyssteps.CredentialWish{Keep: !b.fix.Renew && b.rotation == nil, Renew: b.fix.Renew, Rotation: b.rotation}
	}
	if b.manual(section) {
		b.integration = engine.Add(r, guide.StepIntegration, section, asIs(b, section, "", genesyssteps.NewIntegration(b.genesys, nil, answers)))
		b.status = engine.Add(r, guide.StepStatus, section, asIs(b, section, "", genesyssteps.NewStatus(b.genesys, b.integration, nil)))
		engine.AddLookup(r, guide.StepSettings, section, genesyssteps.CheckManual(b.integration, b.document))
		return
	}
	b.keys = engine.AddLookup(r, guide.StepTypeKeys, section, genesyssteps.FindType(b.genesys, answers, b.earlier, b.learned.integrationType))
	b.integration = engine.Add(r, guide.StepIntegration, section, genesyssteps.NewIntegration(b.genesys, b.keys, answers))
	if b.rotation != nil {
		b.rotationNodes(wish)
		return
	}
	var settings engine.Source[genesyssteps.Settings]
	if b.has(guide.StepSettings) {
		credential := engine.Add(r, guide.StepCredential, section, genesyssteps.NewCredential(r, b.genesys, b.keys, b.okta, b.app, b.integration, answers, wish))
		settings = engine.Add(r, guide.StepSettings, section, genesyssteps.NewSettings(b.genesys, b.keys, b.okta, b.app, b.document, b.integration, credential, wish))
	}
	b.status = b.integration
	if b.has(guide.StepStatus) {
		b.status = engine.Add(r, guide.StepStatus, section, genesyssteps.NewStatus(b.genesys, b.integration, settings))
	}
}

// learnLag keeps after how long browsers got a change.
func (b *builder) learnLag(lag time.Duration) {
	b.learned.learn("cdn_lag", "%s", lag.Round(time.Millisecond))
}

// moveNodes are those of a fix that moves a deployment to another version.
func (b *builder) moveNodes() {
	b.deployment = engine.Add(b.run, guide.StepDeployment, guide.SectionDeployment, genesyssteps.NewMove(b.genesys, b.in.Answers, *b.fix.Move))
	b.reached = engine.AddCheck(b.run, guide.StepReadBack, guide.SectionSnippet, genesyssteps.ReachBrowsers(b.run, b.genesys, b.deployment, b.learnLag))
}

// earlier is what runs in this organization were answered before. A fix names what it is for.
func (b *builder) earlier(ctx context.Context) (*guide.Answers, error) {
	if b.fix != nil || b.Earlier == nil {
		return guide.NewAnswers(), nil
	}
	organization, err := b.organization.Get(ctx)
	if err != nil {
		return nil, err
	}
	return b.Earlier(organization.ID), nil
}

func (b *builder) messengerNodes() {
	if b.fix != nil && b.fix.Move != nil {
		b.moveNodes()
		return
	}
	r, answers := b.run, b.in.Answers
	b.configuration = engine.Add(r, guide.StepConfiguration, guide.SectionConfiguration,
		asIs(b, guide.SectionConfiguration, "", genesyssteps.NewConfiguration(b.genesys, b.integration, answers, b.id)))
	b.version = engine.Add(r, guide.StepVersion, guide.SectionConfiguration,
		asIs(b, guide.SectionConfiguration, "a version with authentication on (Save New Version)", genesyssteps.NewVersion(r, b.genesys, b.configuration, b.integration, b.status)))
	in := genesyssteps.DeploymentInputs{Configuration: b.configuration, Version: b.version, Integration: b.integration, Pages: b.pages}
	if b.fix != nil {
		in.Pages = nil
		if !b.has(guide.StepVersion) {
			in = genesyssteps.DeploymentInputs{}
		}
	}
	b.deployment = engine.Add(r, guide.StepDeployment, guide.SectionDeployment,
		asIs(b, guide.SectionDeployment, "", genesyssteps.NewDeployment(b.genesys, in, answers, b.id)))
	shown := engine.Source[genesys.Deployment](b.deployment)
	if b.fix == nil {
		b.test = engine.AddSet(r, guide.StepTestDeployment, guide.SectionDeployment, genesyssteps.NewTestDeployment(b.genesys, in, b.deployment, answers, b.id))
		shown = genesyssteps.Shown{Live: b.deployment, Test: b.test}
	}
	if b.fix == nil && b.automated() {
		engine.AddSet(r, guide.StepOrigins, guide.SectionDeployment, oktasteps.NewOrigins(b.okta, b.origins, b.servedPages))
	}
	b.outcome = engine.AddCheck(r, guide.StepReadBack, guide.SectionSnippet, genesyssteps.ReadBack(r, b.genesys, shown, b.status, b.learnLag))
}

// manual reports whether the user sets up the section in the console. A fix changes what it is for.
func (b *builder) manual(section guide.SectionID) bool {
	return b.fix == nil && b.in.Answers.Manual(section)
}

// asIs opens a resource as it is, if the user sets up its section in the console.
func asIs[T any](b *builder, section guide.SectionID, lacks string, open engine.Open[engine.Resource[T]]) engine.Open[engine.Resource[T]] {
	if !b.manual(section) {
		return open
	}
	name := b.in.Answers.Value(guide.ChosenIn(section))
	return engine.AsIs(open, lacks, func(lacks string) error { return explain.NotSetUp(section, name, lacks) })
}

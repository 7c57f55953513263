package steps

import (
	"context"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// connectGenesys signs in to the Genesys Cloud organization and looks what the OAuth client may do there.
type connectGenesys struct{}

func (connectGenesys) ID() string               { return "genesys" }
func (connectGenesys) Section() guide.SectionID { return guide.SectionGenesys }

// neededPermissions are what the steps use (contract genesys.md 1.3, 2.1, 6).
var neededPermissions = []string{
	"integrations:integration:view", "integrations:integration:add", "integrations:integration:edit",
	"webDeployments:configuration:view", "webDeployments:configuration:add", "webDeployments:configuration:edit",
	"webDeployments:deployment:view", "webDeployments:deployment:add", "webDeployments:deployment:edit",
	"architect:flow:view",
}

func (connectGenesys) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	region, _, err := genesys.ParseRegion(env.Answers.Value(guide.GenesysRegion))
	if err != nil {
		return nil, err
	}
	login, err := env.genesysLogin()
	if err != nil {
		return nil, err
	}
	api, err := env.Dial.Genesys(env.Answers.Value(guide.GenesysRegion), login)
	if err != nil {
		return nil, err
	}
	if err := api.SignIn(ctx); err != nil {
		return nil, unknownClient(region, err)
	}
	f.genesysActor = actors[login.Method]
	f.genesys, f.region, f.regionName = api, region, env.Answers.Value(guide.GenesysRegion)
	return nil, nil
}

// Apply does nothing: connecting changes nothing.
func (connectGenesys) Apply(context.Context, *Env) error { return nil }

// actors say who it is that has the permissions.
var actors = map[string]string{
	guide.GenesysByClient:  "the OAuth client",
	guide.GenesysByBrowser: "your user",
	guide.GenesysByToken:   "the owner of the access token",
}

// worthTrying is how many other regions are named to who may be in a wrong one.
const worthTrying = 3

// unknownClient names other regions where this one does not know the client.
func unknownClient(r genesys.Region, err error) error {
	e, _ := apiclient.AsError(err)
	if !genesys.UnknownClient(err) {
		return err
	}
	var others []string
	for _, other := range genesys.OtherRegions(r)[:worthTrying] {
		others = append(others, other.Place+" ("+other.Domain+")")
	}
	return &explain.Error{
		Class: explain.ClassSignIn, Question: guide.GenesysRegion, RequestID: e.RequestID, Err: err,
		Problem: e.Host + " does not know the OAuth client: its id is mistyped, or it belongs to another region.",
		Fix:     "Compare the id with Admin > Integrations > OAuth, or change the region (--genesys-region). Worth trying: " + strings.Join(others, ", ") + ".",
	}
}

// preflight tells whose organization it is and finds missing permissions before the first write. It is a step
// of its own so that reading the organization delays no other step.
type preflight struct{}

func (preflight) ID() string               { return "preflight" }
func (preflight) Section() guide.SectionID { return guide.SectionGenesys }

func (preflight) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	var (
		org  genesys.Organization
		have []string
	)
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { org, err = f.genesys.Organization(gctx); return err })
	g.Go(func() error {
		// Whether a client without a user may ask this is not known (contract genesys.md 7): no answer, no verdict.
		var err error
		have, err = f.genesys.Permissions(gctx)
		f.found.learnPermissions(len(have), err)
		return nil
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	f.genesysOrg = org
	f.notice(Notice{guide.SectionGenesys, true, "Signed in to " + org.Name + "."})
	f.notice(Notice{guide.SectionGenesys, true, "Licences are not told; whether yours includes sign-in for Messenger shows in the next section."})
	if len(have) == 0 {
		f.notice(Notice{guide.SectionGenesys, false, "Genesys Cloud does not say what " + f.genesysActor + " may do; a missing permission shows when it is needed."})
		return nil, nil
	}
	if lacking := lackingPermissions(have); len(lacking) > 0 {
		return nil, explain.MissingPermissions(f.genesysActor, lacking)
	}
	f.notice(Notice{guide.SectionGenesys, true, explain.Sentence(f.genesysActor + " has every permission that the next steps need")})
	return nil, nil
}

// Apply does nothing: looking changes nothing.
func (preflight) Apply(context.Context, *Env) error { return nil }

func lackingPermissions(have []string) []string {
	var lacking []string
	for _, need := range neededPermissions {
		if !slices.ContainsFunc(have, func(h string) bool { return grants(h, need) }) {
			lacking = append(lacking, need)
		}
	}
	return lacking
}

// grants reports whether a granted permission, which may hold wildcards, includes the needed one.
func grants(have, need string) bool {
	h, n := strings.Split(have, ":"), strings.Split(need, ":")
	if len(h) != len(n) {
		return have == "*"
	}
	for i := range n {
		if h[i] != "*" && !strings.EqualFold(h[i], n[i]) {
			return false
		}
	}
	return true
}

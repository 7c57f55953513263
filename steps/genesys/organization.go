package genesys

import (
	"context"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Session is a run's sign-in to an organization.
type Session struct {
	API        services.Genesys
	Region     genesys.Region
	RegionName string // as it was answered: a domain, or a loopback address
	Actor      string // who has the permissions, in words
}

// SignIn signs in to the organization.
func SignIn(ctx context.Context, in services.Access) (Session, error) {
	s := Session{RegionName: in.Answers.Value(guide.GenesysRegion)}
	var err error
	if s.Region, _, err = genesys.ParseRegion(s.RegionName); err != nil {
		return s, err
	}
	login, err := in.GenesysLogin()
	if err != nil {
		return s, err
	}
	api, err := in.Dial.Genesys(s.RegionName, login)
	if err != nil {
		return s, err
	}
	if err := api.SignIn(ctx); err != nil {
		return s, unknownClient(s.Region, err)
	}
	s.API, s.Actor = api, actors[login.Method]
	return s, nil
}

// actors say who it is that has the permissions.
var actors = map[string]string{
	guide.GenesysByClient:  "the OAuth client",
	guide.GenesysByBrowser: "your user",
	guide.GenesysByToken:   "the owner of the access token",
}

// worthTrying is how many other regions are named to someone who may be in a wrong one.
const worthTrying = 3

// unknownClient names other regions where this one does not know the client.
func unknownClient(r genesys.Region, err error) error {
	e, _ := apiclient.AsError(err)
	if !genesys.UnknownClient(err) {
		return err
	}
	var others []string
	for _, other := range genesys.OtherRegions(r)[:worthTrying] {
		others = append(others, other.Location+" ("+other.Domain+")")
	}
	return &explain.Error{
		Class: explain.ClassSignIn, Question: guide.GenesysRegion, RequestID: e.RequestID, Err: err,
		Problem: e.Host + " doesn't recognize this OAuth client. Its ID is wrong, or it is in another region.",
		Fix:     "Compare the ID with the OAuth client (" + guide.PathOAuth + "), or change the region. Try " + strings.Join(others, ", ") + ".",
	}
}

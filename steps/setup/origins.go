package setup

import (
	"context"

	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
)

// originPages are the pages whose origins the Okta section wants to be trusted.
func (b *builder) originPages(ctx context.Context) ([]string, error) {
	if b.fix != nil {
		return b.fix.Pages, nil
	}
	own, _, err := b.splitPages(ctx)
	return own, err
}

// servedPages are the unnamed pages with origins that are to be trusted all the same, because the deployment
// serves them. Okta's section knows no deployment yet.
func (b *builder) servedPages(ctx context.Context) ([]string, error) {
	_, found, err := b.splitPages(ctx)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	deployment, err := b.deployment.Planned(ctx)
	return genesyssteps.Served(deployment, b.in.Answers, found), err
}

// splitPages tells the pages of this setup from those that were only found in the app, and whose origins are not trusted:
// another site may own them.
func (b *builder) splitPages(ctx context.Context) (own, found []string, err error) {
	pages, err := b.pages.Get(ctx)
	if err != nil || pages.Redirect.From != guide.FromOrg {
		return pages.Redirect.Values, nil, err
	}
	origins, err := b.origins.Get(ctx)
	for _, page := range pages.Redirect.Values {
		if oktasteps.Trusted(origins, page) {
			own = append(own, page)
		} else {
			found = append(found, page)
		}
	}
	return own, found, err
}

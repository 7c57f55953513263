package doctor

import (
	"cmp"
	"context"
	"slices"

	"msgsso-wizard/apiclient/genesys"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/taskgroup"
)

const (
	noIntegration = "No version of the configuration names an integration."
	needsGenesys  = "This needs a sign-in to Genesys Cloud."
	needsRegion   = "This needs the Genesys Cloud region and a deployment."
)

// readGenesys follows the chain from the deployment to the credential.
func (s *seen) readGenesys(ctx context.Context) {
	var public taskgroup.Group
	public.Go(func() { s.readPublic(ctx) })
	defer public.Wait()
	if s.conn.Genesys == nil {
		skipAll(needsGenesys, &s.pinned, &s.versions, &s.draft, &s.integration, &s.settings, &s.keys, &s.credential)
		return
	}
	api, d := s.conn.Genesys, s.deployment.value
	var wg taskgroup.Group
	s.pinned.start(&wg, "read the version in use", func() (genesys.Configuration, error) {
		return api.ConfigurationVersion(ctx, d.ConfigurationID, d.ConfigurationVersion)
	})
	s.versions.start(&wg, "read the published versions", func() ([]genesys.Configuration, error) {
		return api.ConfigurationVersions(ctx, d.ConfigurationID)
	})
	s.draft.start(&wg, "read the draft", func() (genesys.Configuration, error) { return api.Draft(ctx, d.ConfigurationID) })
	wg.Wait()
	s.readIntegration(ctx)
}

func (s *seen) readPublic(ctx context.Context) {
	if s.conn.Messenger == nil || s.deploymentID == "" {
		skipAll(needsRegion, &s.publicConfig, &s.publicDomains)
		return
	}
	var wg taskgroup.Group
	s.publicConfig.start(&wg, "read the public file", func() (genesys.PublicConfig, error) {
		return s.conn.Messenger.PublicConfig(ctx, s.deploymentID)
	})
	s.publicDomains.start(&wg, "read the public file", func() (genesys.PublicDomains, error) {
		return s.conn.Messenger.PublicDomains(ctx, s.deploymentID)
	})
	wg.Wait()
}

func (s *seen) readIntegration(ctx context.Context) {
	api, id := s.conn.Genesys, s.integrationID(ctx)
	if id == "" {
		skipAll(noIntegration, &s.integration, &s.settings, &s.keys, &s.credential)
		return
	}
	var stored part[[]genesys.Credential]
	var wg taskgroup.Group
	wg.Go(func() {
		s.integration.read("read the integration", func() (genesys.Integration, error) { return api.Integration(ctx, id) })
		if !s.integration.known {
			s.keys.skip(s.integration.gap())
			return
		}
		s.keys.read("read the integration's type", func() (genesyssteps.TypeKeys, error) {
			return genesyssteps.ReadType(ctx, s.conn.Genesys, s.integration.value.TypeID, s.cfg.Env.Answers)
		})
	})
	s.settings.start(&wg, "read the integration's settings", func() (genesys.IntegrationConfig, error) { return api.IntegrationConfig(ctx, id) })
	stored.start(&wg, "read the stored credentials", func() ([]genesys.Credential, error) { return api.Credentials(ctx) })
	wg.Wait()
	s.keys.value = s.keys.value.StoredIn(s.settings.value)
	if why := cmp.Or(s.keys.gap(), s.settings.gap(), stored.gap()); why != "" {
		s.credential.skip(why)
		return
	}
	used := s.settings.value.Credentials[s.keys.value.CredentialKey]
	i := slices.IndexFunc(stored.value, func(c genesys.Credential) bool { return c.ID == used })
	if i < 0 {
		s.credential.skip("The integration has no stored credential.")
		return
	}
	s.credential.value, s.credential.known = stored.value[i], true
}

// integrationID is the integration that the pinned version names, else the newest version that names one, else the
// draft, else the only one that a run of the guide made.
func (s *seen) integrationID(ctx context.Context) string {
	candidates := append([]genesys.Configuration{s.pinned.value}, genesys.NewestFirst(s.versions.value)...)
	for _, c := range append(candidates, s.draft.value) {
		if c.Auth != nil && c.Auth.IntegrationID != "" {
			return c.Auth.IntegrationID
		}
	}
	all, err := s.conn.Genesys.Integrations(ctx)
	all = slices.DeleteFunc(all, func(i genesys.Integration) bool {
		if i.Config == nil {
			return true
		}
		client, _ := mark.Client(i.Config.Notes)
		return client == ""
	})
	if err != nil || len(all) != 1 {
		return ""
	}
	return all[0].ID
}

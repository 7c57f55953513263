package genesyssim

import (
	"slices"
	"time"
)

// readSettings checks a configuration of a request and keeps what a request may set.
func (s *Server) readSettings(body object) (object, error) {
	if err := s.lacks(body); err != nil {
		return nil, err
	}
	if err := check("", body, configurationShape); err != nil {
		return nil, err
	}
	if on, _ := sub(body, "messenger")["enabled"].(bool); on {
		languages, _ := body["languages"].([]any)
		if len(languages) == 0 {
			return nil, broken("languages", "required if the messenger is enabled")
		}
		preferred := str(body, "defaultLanguage")
		if preferred == "" {
			return nil, broken("defaultLanguage", "required if the messenger is enabled")
		}
		if !slices.Contains(languages, any(preferred)) {
			return nil, broken("defaultLanguage", "must be one of the languages")
		}
	}
	settings := object{}
	for key := range ownMembers {
		if member, ok := body[key]; ok {
			settings[key] = member
		}
	}
	return settings, nil
}

func (s *Server) newDraft(settings object, by string, now time.Time) version {
	return version{
		number: draftVersion, settings: settings, modified: now, modifier: by, ready: now.Add(s.settings.Settle),
	}
}

// getDraft is getWebdeploymentsConfigurationVersionsDraft.
func (s *Server) getDraft(c *call) (any, error) {
	cfg, err := s.configuration(c)
	if err != nil {
		return nil, err
	}
	return s.versionObject(cfg, cfg.draft, c.now), nil
}

// putDraft is putWebdeploymentsConfigurationVersionsDraft: what the body leaves out is gone.
func (s *Server) putDraft(c *call) (any, error) {
	cfg, err := s.configuration(c)
	if err != nil {
		return nil, err
	}
	settings, err := s.readSettings(c.body)
	if err != nil {
		return nil, err
	}
	cfg.draft = s.newDraft(settings, c.by(), c.now)
	return s.versionObject(cfg, cfg.draft, c.now), nil
}

package genesyssim

import (
	"strconv"
	"time"
)

// publish is postWebdeploymentsConfigurationVersionsDraftPublish; a draft that is not Active yet cannot be.
func (s *Server) publish(c *call) (any, error) {
	cfg, err := s.configuration(c)
	if err != nil {
		return nil, err
	}
	if cfg.draft.status(c.now) != active {
		return nil, refuse("bad.request")
	}
	return s.versionObject(cfg, s.publishDraft(cfg, c.by(), c.now), c.now), nil
}

// publishDraft copies the draft to the next number; the draft stays as it is.
func (s *Server) publishDraft(cfg *configuration, by string, now time.Time) version {
	v := cfg.draft
	v.number = strconv.Itoa(len(cfg.published) + 1)
	v.published, v.publisher, v.ready = now, by, now.Add(s.settings.Settle)
	v.listed = now.Add(s.options.Lag)
	cfg.published = append(cfg.published, v)
	return v
}

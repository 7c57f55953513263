package genesyssim

import "time"

type organization struct {
	id, name, thirdPartyName, domain string
	siteID, roleID                   string
	divisionID                       string
	adminID, colleagueID             string
	supportedContentID               string
	created                          time.Time
}

func (o organization) divisionObject() object {
	return object{
		"id":           o.divisionID,
		"name":         "Home",
		"description":  "Home Division",
		"homeDivision": true,
		"selfUri":      "/api/v2/authorization/divisions/" + o.divisionID,
	}
}

// organizationMe is getOrganizationsMe.
func (s *Server) organizationMe(*call) (any, error) {
	o := s.organization
	return object{
		"id":                 o.id,
		"name":               o.name,
		"thirdPartyOrgName":  o.thirdPartyName,
		"defaultLanguage":    "en-US",
		"defaultCountryCode": "US",
		"domain":             o.domain,
		"defaultSiteId":      o.siteID,
		"version":            7,
		"state":              "active",
		"voicemailEnabled":   false,
		"productPlatform":    "GenesysCloud",
		"features":           object{"webMessaging": !s.options.NoMessengerLicence, "directory": true, "chat": true},
		"selfUri":            "/api/v2/organizations/me",
	}, nil
}

// defaultSupportedContent is getConversationsMessagingSupportedcontentDefault.
func (s *Server) defaultSupportedContent(*call) (any, error) {
	o := s.organization
	return object{
		"id":          o.supportedContentID,
		"name":        "Default",
		"version":     1,
		"dateCreated": stamp(o.created),
		"mediaTypes":  object{"allow": object{"inbound": []object{{"type": "image/*"}}, "outbound": []object{{"type": "*/*"}}}},
		"selfUri":     "/api/v2/conversations/messaging/supportedcontent/" + o.supportedContentID,
	}, nil
}

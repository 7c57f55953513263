package genesyssim

import "time"

const (
	divisionsURI = "/api/v2/authorization/divisions/"
	contentsURI  = "/api/v2/conversations/messaging/supportedcontent/"
)

type organization struct {
	id, name, thirdPartyName, domain string
	siteID, roleID                   string
	divisionID                       string
	adminID, colleagueID             string
	supportedContentID               string
	created                          time.Time
}

// division is the vendor's AuthzDivision, of the only division.
func (o organization) division() object {
	return object{
		"id":           o.divisionID,
		"name":         "Home",
		"description":  "Home Division",
		"homeDivision": true,
		"selfUri":      divisionsURI + o.divisionID,
	}
}

// content is the vendor's SupportedContent, of the only profile.
func (o organization) content() object {
	return object{
		"id":          o.supportedContentID,
		"name":        "Default",
		"version":     1,
		"dateCreated": stamp(o.created),
		"mediaTypes":  object{"allow": object{"inbound": []object{{"type": "image/*"}}, "outbound": []object{{"type": "*/*"}}}},
		"selfUri":     contentsURI + o.supportedContentID,
	}
}

func homeDivision(c *call) (any, error)   { return c.s.organization.division(), nil }
func defaultContent(c *call) (any, error) { return c.s.organization.content(), nil }

func listContents(c *call) (any, error) {
	return numbered(c, []organization{c.s.organization}, organization.content)
}

// organizationMe is getOrganizationsMe.
func organizationMe(c *call) (any, error) {
	o := c.s.organization
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
		"features":           object{"webMessaging": !c.s.options.NoMessengerLicence, "directory": true, "chat": true},
		"selfUri":            "/api/v2/organizations/me",
	}, nil
}

// products are what the organization has bought. The vendor's documentation names these among others.
var products = []string{"collaboratePro", "communicate", "engage"}

// listProducts is getAuthorizationProducts.
func listProducts(c *call) (any, error) {
	return unpaged(c, products, func(id string) object { return object{"id": id} })
}

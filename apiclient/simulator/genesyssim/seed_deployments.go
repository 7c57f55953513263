package genesyssim

import (
	"maps"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// plantWebDeployments adds a live Messenger with every kind of setting, pinned to the older of two versions,
// and a configuration that a colleague is still editing.
func (s *Server) plantWebDeployments(ids *simkit.IDs) {
	o := s.organization
	day := func(n int) time.Time { return o.created.Add(time.Duration(n) * 24 * time.Hour) }

	website := &configuration{id: ids.UUID(), creator: o.adminID, created: day(10)}
	first := websiteSettings(ids)
	second := maps.Clone(first)
	second["description"] = "Messenger of www.acmecc.example, second edition"
	s.seedVersion(website, first, o.adminID, day(11))
	s.seedVersion(website, second, o.adminID, day(40))

	help := &configuration{id: ids.UUID(), creator: o.adminID, created: day(20)}
	settled := helpSettings("#0165A7")
	s.seedVersion(help, settled, o.adminID, day(21))
	help.draft = s.seedDraft(helpSettings("#AA0000"), o.colleagueID, day(60))

	s.configurations = append(s.configurations, website, help)
	s.deployments = append(s.deployments, &deployment{
		id: ids.UUID(), created: day(12), modified: day(12), modifier: o.adminID, ready: day(12),
		current: deploymentState{
			name: "Main website", description: "Messenger of www.acmecc.example",
			domains:         []any{"www.acmecc.example", "shop.acmecc.example"},
			configurationID: website.id, configurationV: "1", flowID: s.flows[0].id,
			supportedContentID: o.supportedContentID, status: active,
		},
	})
}

func (s *Server) seedDraft(settings object, by string, at time.Time) version {
	return version{number: draftVersion, settings: settings, modified: at, modifier: by, ready: at}
}

func (s *Server) seedVersion(cfg *configuration, settings object, by string, at time.Time) {
	cfg.draft = s.seedDraft(settings, by, at)
	s.publishDraft(cfg, by, at)
}

func websiteSettings(ids *simkit.IDs) object {
	on := object{"enabled": true}
	knowledge := reference(ids.UUID(), "/api/v2/knowledge/knowledgebases/")
	return object{
		"name":            "Main website",
		"description":     "Messenger of www.acmecc.example",
		"languages":       []any{"en-us", "de"},
		"defaultLanguage": "en-us",
		"headlessMode":    object{"enabled": false},
		"customI18nLabels": []any{object{"language": "en-us", "localizedLabels": []any{
			object{"key": "MessengerHomeHeaderTitle", "value": "Welcome to Acme"},
			object{"key": "MessengerHomeHeaderSubTitle", "value": "We usually answer in a minute"},
		}}},
		"messenger": object{
			"enabled":        true,
			"styles":         object{"primaryColor": "#a7017c"},
			"launcherButton": object{"visibility": "OnDemand", "displayType": "IconAndText"},
			"homeScreen":     object{"enabled": true, "logoUrl": "https://www.acmecc.example/logo.png"},
			"apps": object{
				"conversations": object{
					"enabled": true, "showAgentTypingIndicator": true, "showUserTypingIndicator": false,
					"autoStart": object{"enabled": false}, "markdown": on, "conversationClear": on,
					"conversationDisconnect": object{"enabled": true, "type": "Send"},
					"humanize":               object{"enabled": true, "bot": object{"name": "Ada", "avatarUrl": "https://www.acmecc.example/ada.png"}},
					"notifications":          object{"enabled": true, "notificationContentType": "ExcludeMessagesContent"},
				},
				"knowledge": object{"enabled": true, "knowledgeBase": knowledge},
			},
			"sessionPersistenceType": "AcrossSubdomains",
		},
		"position": object{"alignment": "Left", "sideSpace": 24, "bottomSpace": 16},
		"supportCenter": object{
			"enabled": true, "knowledgeBase": knowledge, "routerType": "Hash",
			"customMessages": []any{object{"type": "Welcome", "defaultValue": "How can we help?"}},
			"screens": []any{object{"type": "Home", "moduleSettings": []any{
				object{"type": "Search", "enabled": true}, object{"type": "FAQ", "enabled": true},
			}}},
			"enabledCategories": []any{},
			"styleSetting": object{
				"heroStyle": object{"backgroundColor": "#112233", "textColor": "#FFFFFF"},
				"globalStyle": object{
					"backgroundColor": "#FFFFFF", "primaryColor": "#a7017c", "primaryColorDark": "#6B0150",
					"primaryColorLight": "#F2CCE6", "textColor": "#222222", "fontFamily": "Noto Sans",
				},
			},
			"feedback": on,
		},
		"cobrowse": object{
			"enabled": true, "allowAgentControl": false, "allowAgentNavigation": true,
			"maskSelectors": []any{"#card-number"}, "channels": []any{"Webmessaging"}, "readonlySelectors": []any{".price"},
		},
		"journeyEvents": object{
			"enabled": true, "excludedQueryParameters": []any{"token"}, "pageviewConfig": "Auto",
			"clickEvents": []any{object{"selector": ".buy", "eventName": "buy_clicked"}},
		},
	}
}

func helpSettings(color string) object {
	return object{
		"name":            "Help centre",
		"description":     "Messenger of the help pages",
		"languages":       []any{"en-us"},
		"defaultLanguage": "en-us",
		"messenger": object{
			"enabled":        true,
			"styles":         object{"primaryColor": color},
			"launcherButton": object{"visibility": "On"},
			"homeScreen":     object{"enabled": true},
			"apps":           object{"conversations": object{"enabled": true}},
		},
		"position": object{"alignment": "Auto", "sideSpace": 20, "bottomSpace": 12},
	}
}

package genesyssim

import "maps"

type members = map[string]shape

// Building blocks of the request shapes.
var (
	anything = shape{}
	text     = shape{kind: "string"}
	label    = shape{kind: "string", min: 1, max: 100} // names of web deployments (contract genesys.md 2.2)
	title    = shape{kind: "string", min: 1, max: 256}
	flag     = shape{kind: "boolean"}
	whole    = shape{kind: "integer"}
	bag      = shape{kind: "object"}
	toggle   = has(members{"enabled": flag})
	ref      = has(members{"id": text, "name": anything, "selfUri": anything}, "id")
	status   = oneOf("Pending", "Active", "Inactive", "Error", "Deleting")
)

func has(m members, needs ...string) shape { return shape{kind: "object", members: m, needs: needs} }
func listOf(item shape) shape              { return shape{kind: "array", items: &item} }
func oneOf(values ...string) shape         { return shape{kind: "string", allowed: values} }

// readOnly adds members that a request may carry and the service passes over.
func readOnly(m members, names ...string) members {
	out := maps.Clone(m)
	for _, n := range names {
		out[n] = anything
	}
	return out
}

var (
	createIntegrationShape = has(members{
		"id": anything, "selfUri": anything, "name": title,
		"integrationType": shape{kind: "object", needs: []string{"id"}},
	}, "name", "integrationType")

	configShape = has(readOnly(members{
		"name": title, "version": whole, "properties": bag, "advanced": bag, "notes": text, "credentials": bag,
	}, "id", "selfUri"), "name", "version", "properties", "advanced", "notes", "credentials")

	credentialShape = has(readOnly(members{
		"name": text, "type": shape{kind: "object", needs: []string{"name"}}, "credentialFields": bag,
	}, "id", "selfUri", "createdDate", "modifiedDate"), "type")
)

// ownMembers are those of a configuration that a request may set; readOnlyMembers are passed over.
var (
	readOnlyMembers = []string{
		"id", "version", "status", "selfUri", "dateCreated", "dateModified", "datePublished",
		"lastModifiedUser", "createdUser", "publishedUser",
	}
	configurationShape = has(readOnly(ownMembers, readOnlyMembers...), "name")
	ownMembers         = members{
		"name":             label,
		"description":      text,
		"languages":        listOf(text),
		"defaultLanguage":  text,
		"headlessMode":     toggle,
		"customI18nLabels": listOf(has(members{"language": text, "localizedLabels": listOf(has(members{"key": labelKey, "value": text}))})),
		"messenger":        messengerShape,
		"position":         has(members{"alignment": oneOf("Auto", "Left", "Right"), "sideSpace": whole, "bottomSpace": whole}),
		"supportCenter": has(members{
			"enabled": flag, "knowledgeBase": ref, "customMessages": listOf(bag), "routerType": oneOf("Hash", "Browser"),
			"screens": listOf(bag), "enabledCategories": listOf(bag), "labelFilter": bag, "styleSetting": bag, "feedback": bag,
		}),
		"cobrowse": has(members{
			"enabled": flag, "allowAgentControl": flag, "allowAgentNavigation": flag, "allowDraw": flag,
			"maskSelectors": listOf(text), "channels": listOf(oneOf("Webmessaging", "Voice")),
			"readonlySelectors": listOf(text), "pauseCriteria": listOf(bag),
		}),
		"journeyEvents": bag,
		"video":         bag,
		"authenticationSettings": has(
			members{"enabled": flag, "integrationId": text, "allowSessionUpgrade": flag}, "enabled", "integrationId"),
	}
	labelKey = oneOf("MessengerHomeHeaderTitle", "MessengerHomeHeaderSubTitle", "PushNotificationTitle",
		"PushNotificationBody", "MessengerLauncherButtonText")
)

var messengerShape = has(members{
	"enabled": flag,
	"styles":  has(members{"primaryColor": text}),
	"launcherButton": has(members{
		"visibility": oneOf("On", "Off", "OnDemand"), "displayType": oneOf("Icon", "Text", "IconAndText"),
		"icon": has(members{"url": text}),
	}),
	"homeScreen": has(members{"enabled": flag, "logoUrl": text}),
	"fileUpload": has(members{
		"enableAttachments": flag,
		"modes": listOf(has(members{
			"fileTypes": listOf(oneOf("image/jpeg", "image/gif", "image/png")), "maxFileSizeKB": whole,
		})),
	}),
	"apps": has(members{
		"conversations": conversationsShape,
		"knowledge":     has(members{"enabled": flag, "knowledgeBase": ref}),
	}),
	"sessionPersistenceType": oneOf("AcrossSubdomains", "DomainOrSubdomainOnly"),
})

var conversationsShape = has(members{
	"enabled": flag, "showAgentTypingIndicator": flag, "showUserTypingIndicator": flag,
	"autoStart": toggle, "markdown": toggle, "conversationClear": toggle,
	"conversationDisconnect": has(members{"enabled": flag, "type": oneOf("Send", "ReadOnly")}),
	"humanize":               has(members{"enabled": flag, "bot": has(members{"name": text, "avatarUrl": text})}),
	"notifications": has(members{
		"enabled": flag, "notificationContentType": oneOf("IncludeMessagesContent", "ExcludeMessagesContent"),
	}),
	"sessionDurationSeconds": whole,
})

var deploymentShape = has(readOnly(members{
	"name":             label,
	"description":      text,
	"allowAllDomains":  flag,
	"allowedDomains":   listOf(text),
	"supportedContent": shape{kind: "object", needs: []string{"id"}},
	"flow":             shape{kind: "object", needs: []string{"id"}},
	"pushIntegrations": listOf(bag),
	"configuration":    shape{kind: "object", needs: []string{"id", "version"}},
	"status":           status,
}, "id", "snippet", "selfUri", "dateCreated", "dateModified", "lastModifiedUser"), "name", "configuration")

// What visitors send (WebDeploymentsOAuthExchangeRequest and WebDeploymentsRefreshJWTRequest).
var (
	exchangeShape = has(members{
		"deploymentId": text, "journeyContext": bag,
		"oauth": has(members{
			"code": text, "idToken": text, "redirectUri": text, "nonce": text, "maxAge": whole, "iss": text,
			"codeVerifier": shape{kind: "string", min: shortestVerifier, max: longestVerifier},
		}, "redirectUri"),
	}, "deploymentId")
	refreshShape = has(members{"deploymentId": text, "refreshToken": text}, "deploymentId", "refreshToken")
)

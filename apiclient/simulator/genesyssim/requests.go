package genesyssim

import "maps"

// Building blocks of the requests' shapes.
var (
	anyText = shape{kind: "string"}
	label   = shape{kind: "string", min: 1, max: 100} // names of web deployments (contract genesys.md 2.2)
	title   = shape{kind: "string", min: 1, max: 256}
	aFlag   = shape{kind: "boolean"}
	whole   = shape{kind: "integer"}
	bag     = shape{kind: "object"}
	toggle  = has(members{"enabled": aFlag})
	ref     = has(members{"id": anyText, "name": {}, "selfUri": {}}, "id")
)

// Shapes of what is integrated. The definition requires the name of an integration; the service does not
// (contract genesys.md 1.3).
var (
	newIntegration = has(members{
		"id": {}, "selfUri": {}, "name": title, "integrationType": {kind: "object", needs: []string{"id"}},
	}, "integrationType")

	newState = oneOf(enabled, disabled, deleted, restored)

	newSettings = has(readOnly(members{
		"name": title, "version": whole, "properties": bag, "advanced": bag, "notes": anyText, "credentials": bag,
	}, "id", "selfUri"), "name", "version", "properties", "advanced", "notes", "credentials")

	newCredential = has(readOnly(members{
		"name": anyText, "type": {kind: "object", needs: []string{"name"}}, "credentialFields": bag,
	}, "id", "selfUri", "createdDate", "modifiedDate"), "type")
)

// configurationMembers are those of a configuration that a request may set; the rest is passed over.
var (
	newConfiguration = has(readOnly(configurationMembers, "id", "version", "status", "selfUri", "dateCreated",
		"dateModified", "datePublished", "lastModifiedUser", "createdUser", "publishedUser"), "name")

	configurationMembers = members{
		"name":             label,
		"description":      anyText,
		"languages":        listOf(anyText),
		"defaultLanguage":  anyText,
		"headlessMode":     toggle,
		"customI18nLabels": listOf(has(members{"language": anyText, "localizedLabels": listOf(has(members{"key": labelKey, "value": anyText}))})),
		"messenger":        messengerShape,
		"position":         has(members{"alignment": oneOf("Auto", "Left", "Right"), "sideSpace": whole, "bottomSpace": whole}),
		"supportCenter": has(members{
			"enabled": aFlag, "knowledgeBase": ref, "customMessages": listOf(bag), "routerType": oneOf("Hash", "Browser"),
			"screens": listOf(bag), "enabledCategories": listOf(bag), "labelFilter": bag, "styleSetting": bag, "feedback": bag,
		}),
		"cobrowse": has(members{
			"enabled": aFlag, "allowAgentControl": aFlag, "allowAgentNavigation": aFlag, "allowDraw": aFlag,
			"maskSelectors": listOf(anyText), "channels": listOf(oneOf("Webmessaging", "Voice")),
			"readonlySelectors": listOf(anyText), "pauseCriteria": listOf(bag),
		}),
		"journeyEvents": bag,
		"video":         bag,
		"authenticationSettings": has(
			members{"enabled": aFlag, "integrationId": anyText, "allowSessionUpgrade": aFlag}, "enabled", "integrationId"),
	}

	labelKey = oneOf("MessengerHomeHeaderTitle", "MessengerHomeHeaderSubTitle", "PushNotificationTitle",
		"PushNotificationBody", "MessengerLauncherButtonText")

	messengerShape = has(members{
		"enabled": aFlag,
		"styles":  has(members{"primaryColor": anyText}),
		"launcherButton": has(members{
			"visibility": oneOf("On", "Off", "OnDemand"), "displayType": oneOf("Icon", "Text", "IconAndText"),
			"icon": has(members{"url": anyText}),
		}),
		"homeScreen": has(members{"enabled": aFlag, "logoUrl": anyText}),
		"fileUpload": has(members{"enableAttachments": aFlag, "modes": listOf(has(members{
			"fileTypes": listOf(oneOf("image/jpeg", "image/gif", "image/png")), "maxFileSizeKB": whole,
		}))}),
		"apps": has(members{
			"conversations": conversationsShape,
			"knowledge":     has(members{"enabled": aFlag, "knowledgeBase": ref}),
		}),
		"sessionPersistenceType": oneOf("AcrossSubdomains", "DomainOrSubdomainOnly"),
	})

	conversationsShape = has(members{
		"enabled": aFlag, "showAgentTypingIndicator": aFlag, "showUserTypingIndicator": aFlag,
		"autoStart": toggle, "markdown": toggle, "conversationClear": toggle,
		"conversationDisconnect": has(members{"enabled": aFlag, "type": oneOf("Send", "ReadOnly")}),
		"humanize":               has(members{"enabled": aFlag, "bot": has(members{"name": anyText, "avatarUrl": anyText})}),
		"notifications": has(members{
			"enabled": aFlag, "notificationContentType": oneOf("IncludeMessagesContent", "ExcludeMessagesContent"),
		}),
		"sessionDurationSeconds": whole,
	})
)

// deploymentMembers are those of a deployment that a request may set; the rest is passed over.
var (
	newDeployment = has(readOnly(deploymentMembers, "id", "snippet", "selfUri", "dateCreated", "dateModified",
		"lastModifiedUser"), "name", "configuration")

	deploymentMembers = members{
		"name":             label,
		"description":      anyText,
		"allowAllDomains":  aFlag,
		"allowedDomains":   listOf(anyText),
		"supportedContent": {kind: "object", needs: []string{"id"}},
		"flow":             {kind: "object", needs: []string{"id"}},
		"pushIntegrations": listOf(bag),
		"configuration":    {kind: "object", needs: []string{"id", "version"}},
		"status":           oneOf("Pending", "Active", "Inactive", "Error", "Deleting"),
	}
)

// What visitors send (WebDeploymentsOAuthExchangeRequest and WebDeploymentsRefreshJWTRequest). Messenger for apps
// sends neither redirectUri with an ID token nor deploymentId with a refresh token (contract genesys.md 4).
var (
	newExchange = has(members{
		"deploymentId": anyText, "journeyContext": bag,
		"oauth": has(members{
			"code": anyText, "idToken": anyText, "redirectUri": anyText, "nonce": anyText, "maxAge": whole, "iss": anyText,
			"codeVerifier": {kind: "string", min: shortestVerifier, max: longestVerifier},
		}),
	}, "deploymentId")
	newRefresh = has(members{"deploymentId": anyText, "refreshToken": anyText}, "refreshToken")
)

// settable is what a request sets of an object.
func settable(body object, own members) object {
	out := maps.Clone(body)
	maps.DeleteFunc(out, func(key string, _ any) bool { _, ok := own[key]; return !ok })
	return out
}

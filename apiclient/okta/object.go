package okta

import "msgsso-wizard/apiclient"

// list makes an absent list and an empty one the same, and never null.
func list(s []string) []string { return append([]string{}, s...) }

// asWritten is values, each as it is spelled in was if it is the cleaned form of an element there.
func asWritten(values []string, was any) []string {
	spelled := map[string]string{}
	elements, _ := was.([]any)
	for _, element := range elements {
		if text, ok := element.(string); ok {
			spelled[apiclient.Clean(text)] = text
		}
	}
	values = list(values)
	for i, value := range values {
		if text, ok := spelled[value]; ok {
			values[i] = text
		}
	}
	return values
}

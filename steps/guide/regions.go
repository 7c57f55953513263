package guide

import "msgsso-wizard/apiclient/genesys"

// Regions are the places where Genesys Cloud runs, as the question after the region takes them.
func Regions() []Option {
	var options []Option
	for _, r := range genesys.Regions() {
		options = append(options, Option{Value: r.Domain, Label: r.Place})
	}
	return options
}

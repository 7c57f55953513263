package apiclient

// Object is a JSON object as a service sent it. Types that are read, changed and sent back whole keep
// one, so that members this program does not know survive the round trip.
type Object map[string]any

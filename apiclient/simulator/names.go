package simulator

import "strings"

// What the orgs of a demo are called. There is no host below .example (RFC 2606), so the names lead nowhere else.
const (
	demoOkta         = "acme.okta.example"
	demoRegion       = "genesys.example"
	demoOrganization = "Acme (demo)"
	demoEnvironment  = "demo"
)

// demoHosts are the hosts of a demo by the door that they stand for (contract genesys.md 5).
var demoHosts = [2][]string{
	{demoOkta},
	{"api." + demoRegion, "login." + demoRegion, "apps." + demoRegion, "api-cdn." + demoRegion},
}

// name gives both orgs the names of a demo, by which Genesys Cloud also finds Okta. There, who was handed wrong credentials
// or those of an admin who may not set things up can type others.
func (s *Server) name(opts *Options) {
	s.hosts, s.orgURL = map[string]string{}, "https://"+demoOkta
	opts.Okta.OthersBut, opts.Genesys.OthersBut = wrongToken, wrongSecret
	opts.Genesys.Name, opts.Genesys.Environment, opts.Genesys.Providers = demoOrganization, demoEnvironment, s.hosts
}

// listens notes where the hosts of a door are.
func (s *Server) listens(door int) {
	if s.hosts == nil {
		return
	}
	for _, host := range demoHosts[door] {
		s.hosts[host] = strings.TrimPrefix(s.doors[door].url, "http://")
	}
}

// Names are what a demo's Okta org and region are called, and the addresses (host:port) that their hosts stand for.
func (s *Server) Names() (org, region string, hosts map[string]string) {
	return "https://" + demoOkta, demoRegion, s.hosts
}

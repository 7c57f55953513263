package oktasim

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// admit checks everything about a call that does not depend on its body.
func (s *Server) admit(c *call, rt route) error {
	if rt.access == public {
		// These documents are open to pages of every origin.
		c.header.Set("Access-Control-Allow-Origin", "*")
		return nil
	}
	if err := s.spend(c); err != nil {
		return err
	}
	scheme, given, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if !slices.ContainsFunc([]string{"SSWS", "Bearer"}, func(known string) bool { return strings.EqualFold(known, scheme) }) {
		return fail("E0000005")
	}
	if s.revoked || subtle.ConstantTimeCompare([]byte(given), []byte(s.token)) == 0 || !strings.EqualFold(scheme, "SSWS") {
		return fail("E0000011")
	}
	if rt.access == licensed && s.opts.NoAPIAccessManagement {
		return fail("E0000015")
	}
	if s.opts.ReadOnly && c.writes() && rt.access != owner {
		return fail("E0000006")
	}
	return nil
}

// readBody decodes what a POST or PUT carries and refuses null members, as Okta's definition does
// (contract okta.md 1.4).
func (c *call) readBody() error {
	c.body = object{}
	if c.r.Method != http.MethodPost && c.r.Method != http.MethodPut {
		return nil
	}
	if len(c.raw) == 0 {
		if c.r.ContentLength == 0 && c.r.Header.Get("Content-Length") == "" {
			return fail(lengthRequired)
		}
		return nil
	}
	if !simkit.IsJSON(c.r) {
		return fail("E0000021")
	}
	if json.Unmarshal(c.raw, &c.body) != nil || c.body == nil {
		return fail("E0000003")
	}
	if name := findNull(c.body); name != "" {
		return invalid(name, name+": The field cannot be null")
	}
	return nil
}

// needBody refuses a call whose body is missing.
func (c *call) needBody() error {
	if len(c.raw) == 0 {
		return fail("E0000003")
	}
	return nil
}

// findNull returns the name of the first null member. A profile is free JSON and may hold some.
func findNull(v any) string {
	switch v := v.(type) {
	case object:
		for _, name := range sortedKeys(v) {
			if v[name] == nil {
				return name
			}
			if name == "profile" {
				continue
			}
			if found := findNull(v[name]); found != "" {
				return found
			}
		}
	case []any:
		for _, item := range v {
			if found := findNull(item); found != "" {
				return found
			}
		}
	}
	return ""
}

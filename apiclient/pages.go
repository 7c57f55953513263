package apiclient

import "net/url"

// maxPages ends a list whose pages never repeat; it is far beyond any org's lists.
const maxPages = 500

// Pages reads a list page by page, beginning with req. Read gets one page and returns the address of the next one as
// the service wrote it, empty on the last page; turn makes the request for that address, or says that there is
// nothing behind it. An address that was read already, that leaves the service, or that comes after too many pages
// is an ErrIncompleteList: it is never taken for the list's end, and no credentials go there.
func (c *Client) Pages(req Request, read func(Request) (next string, err error), turn func(Request, *url.URL) (Request, bool)) error {
	seen := map[string]bool{req.Path + "?" + req.Query.Encode(): true}
	for range maxPages {
		next, err := read(req)
		if err != nil || next == "" {
			return err
		}
		u, why := c.sameHost(next)
		if why != "" {
			return c.Incomplete(req, why)
		}
		turned, more := turn(req, u)
		if !more {
			return nil
		}
		page := u.EscapedPath() + "?" + u.Query().Encode()
		if seen[page] {
			return c.Incomplete(req, "its next page was read already")
		}
		seen[page], req = true, turned
	}
	return c.Incomplete(req, "it has more than 500 pages")
}

// Incomplete is the fault of a list that did not come to its end.
func (c *Client) Incomplete(req Request, why string) error {
	return c.fault(req, ErrIncompleteList, why)
}

// sameHost reads the address of a next page, which may be relative. It says why one cannot be followed.
func (c *Client) sameHost(next string) (u *url.URL, why string) {
	u, err := url.Parse(next)
	if err != nil || u.Opaque != "" {
		return nil, "the address of its next page isn't a URL"
	}
	u = c.cfg.Base.ResolveReference(u)
	origin, err := checkBase(&url.URL{Scheme: u.Scheme, User: u.User, Host: u.Host})
	if err != nil {
		return nil, "its next page can't be requested: " + err.Error()
	}
	if *origin != *c.cfg.Base {
		return nil, "its next page is on another host: " + origin.Host
	}
	if _, err := url.ParseQuery(u.RawQuery); err != nil {
		return nil, "the address of its next page can't be read"
	}
	return u, ""
}

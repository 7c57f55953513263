package apiclient

import (
	"net/http"
	"net/url"
)

// fault is a failure that is not an answer of the service itself.
func (c *Client) fault(req Request, kind error, summary string) *Error {
	return &Error{
		Service: c.cfg.Service, Op: req.Op, Method: req.Method, Path: req.Path, Host: c.cfg.Base.Host,
		Summary: Clean(summary), Err: kind,
	}
}

// answered is a failure that an answer tells of: the vendor's decoder reads the codes and the request's id.
func (c *Client) answered(req Request, ans answer, kind error) *Error {
	e := c.fault(req, kind, "")
	e.Status = ans.Status
	if c.cfg.Decode != nil {
		body := ans.body
		if ok(ans.Status) || !isJSON(ans.Header) {
			body = nil
		}
		c.cfg.Decode(e, ans.Header, body)
	}
	e.Code, e.OAuth, e.Summary, e.RequestID = Clean(e.Code), Clean(e.OAuth), Clean(e.Summary), Clean(e.RequestID)
	for i, cause := range e.Causes {
		e.Causes[i] = Clean(cause)
	}
	return e
}

// refuse turns an answer that is no success into an *Error.
func (c *Client) refuse(req Request, ans answer) *Error {
	switch {
	case ans.Status/100 == 3:
		e := c.answered(req, ans, ErrRedirect)
		e.Summary = redirectHost(c.cfg.Base, ans.Header)
		return e
	case ans.Status/100 == 4 && !transient[ans.Status] && isHTML(ans):
		return c.answered(req, ans, ErrNotAPI)
	}
	return c.answered(req, ans, nil)
}

// redirectHost names only the host: the rest of a redirect may carry anything.
func redirectHost(base *url.URL, header http.Header) string {
	u, err := url.Parse(header.Get("Location"))
	if err != nil {
		return ""
	}
	return Clean(base.ResolveReference(u).Host)
}

package site

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
)

var (
	pageTypes   = map[string]bool{"text/html": true, "application/xhtml+xml": true}
	scriptTypes = map[string]bool{
		"": true, "text/javascript": true, "application/javascript": true, "application/x-javascript": true, "text/ecmascript": true,
		"application/ecmascript": true,
	}
)

// Fetch gets a page by its http or https address. It may lack the scheme. Where the snippet or the plugin does not stand on the page itself,
// the script files of the page's own origin are looked through, too. A page that is not there, or is no HTML, is an
// *apiclient.Error.
func (c *Client) Fetch(ctx context.Context, text string) (*Page, error) {
	want := wanted{op: "the page", media: pageTypes, limit: maxPage, may: c.mayPage, reach: &reach{}}
	text, _, err := apiclient.ReadInput(text)
	if err != nil {
		return nil, fault(want, &url.URL{}, apiclient.ErrMalformed, "the URL "+err.Error())
	}
	u, err := address.Parse(withScheme(text))
	if err != nil {
		return nil, fault(want, &url.URL{}, apiclient.ErrMalformed, err.Error())
	}
	at := u.URL()
	at.Fragment, at.RawFragment = "", ""
	if why := c.mayPage(at); why != "" {
		return nil, fault(want, at, apiclient.ErrMalformed, why)
	}
	got, err := c.get(ctx, at, want)
	if err != nil {
		return nil, err
	}
	read := readHTML(got.url, string(got.body))
	page := &Page{
		URL: apiclient.Clean(got.url.String()), Redirects: got.redirects,
		policies: append(policiesOf(got.header.Values("Content-Security-Policy"), got.url), read.policies...),
	}
	length := 0
	for _, each := range page.policies {
		length += each.length
	}
	if length > maxPolicies {
		return nil, fault(want, got.url, apiclient.ErrTooLarge, fmt.Sprintf("more than %d bytes of Content Security Policies", maxPolicies))
	}
	if _, err = page.search(ctx, read.scripts); err != nil {
		return nil, fault(want, got.url, err, "")
	}
	if len(page.Snippets) > 0 && len(page.Plugins) > 0 {
		return page, nil
	}
	page.Snippets, page.Plugins = nil, nil
	page.Unread = c.fill(ctx, got.url, read.scripts, want.reach)
	loaded, err := page.search(ctx, read.scripts)
	if err != nil {
		return nil, fault(want, got.url, err, "")
	}
	page.Unread = append(page.Unread, loaded...)
	return page, nil
}

// withScheme completes an address as a user types it: pages have https, but for those on this computer.
func withScheme(address string) string {
	host, _, _ := strings.Cut(address, "/")
	switch {
	case host == "" || strings.Contains(address, "://"):
		return address
	case apiclient.IsLoopback(host):
		return "http://" + address
	default:
		return "https://" + address
	}
}

// search finds what the scripts, in the page's order, have in them. It returns the script files that they name to load
// them, as those of tag managers do, but for Messenger's own.
func (p *Page) search(ctx context.Context, scripts []Script) (loaded []string, err error) {
	said := map[string]bool{}
	for _, s := range scripts {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		code := uncommented(s.Text)
		p.Snippets = append(p.Snippets, snippetsIn(s, code, maxFound-len(p.Snippets))...)
		if len(p.Plugins) < maxFound && plugin.MatchString(code) {
			p.Plugins = append(p.Plugins, Plugin{s, code})
		}
		for _, file := range loads.FindAllStringSubmatch(code, -1) {
			if text := apiclient.Clean(file[1]) + ": a script loads it"; !said[text] && !bootstrap.MatchString(file[0]) {
				said[text] = true
				loaded = append(loaded, text)
			}
		}
	}
	return loaded, nil
}

// fill fetches the code of the scripts that are files of the page's own origin. It returns the files that were not read.
func (c *Client) fill(ctx context.Context, page *url.URL, scripts []Script, to *reach) []string {
	own := func(u *url.URL) string {
		if u.Scheme == page.Scheme && strings.EqualFold(u.Host, page.Host) && u.User == nil {
			return ""
		}
		return "another origin, " + u.Host
	}
	var (
		unread = make([]string, len(scripts))
		group  errgroup.Group
		asked  int
	)
	group.SetLimit(4)
	for i, s := range scripts {
		at, err := url.Parse(s.URL)
		if s.URL == "" || s.URL == noFile || err != nil {
			continue
		}
		if own(at) != "" {
			unread[i] = s.URL + ": it is of another origin"
			continue
		}
		if asked++; asked > maxScripts {
			unread[i] = fmt.Sprintf("%s: only the first %d scripts are read", s.URL, maxScripts)
			continue
		}
		group.Go(func() error {
			got, err := c.get(ctx, at, wanted{op: "a script", media: scriptTypes, limit: maxScript, may: own, reach: to})
			if err != nil {
				unread[i] = fmt.Sprintf("%s: %v", s.URL, err)
				return nil
			}
			scripts[i].Text = string(got.body)
			return nil
		})
	}
	_ = group.Wait() // what could not be read is in the list
	return slices.DeleteFunc(unread, func(why string) bool { return why == "" })
}

// mayPage says why a page's address is not asked.
func (c *Client) mayPage(at *url.URL) string {
	switch {
	case at.Scheme != "http" && at.Scheme != "https":
		return "its URL starts neither with https:// nor with http://"
	case at.Hostname() == "":
		return "its URL names no host"
	case at.User != nil:
		return "its URL has a user name or password"
	case !c.cfg.Hosts.Reach(at.Host):
		return apiclient.ErrElsewhere.Error()
	}
	return ""
}

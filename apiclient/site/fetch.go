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

// Fetch gets a page by its http or https address, which may lack the scheme. Where the snippet or the plugin does not stand on the page itself,
// the script files of the page's own origin are looked through, too. A page that is not there, or is no HTML, is an
// *apiclient.Error.
func (c *Client) Fetch(ctx context.Context, text string) (*Page, error) {
	want := wanted{op: "the page", media: pageTypes, limit: maxPage, may: c.mayPage}
	u, err := address.Parse(text)
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
	if page.search(read.scripts); len(page.Snippets) > 0 && len(page.Plugins) > 0 {
		return page, nil
	}
	page.Snippets, page.Plugins = nil, nil
	if page.Unread, err = c.fill(ctx, got.url, read.scripts); err != nil {
		return nil, err
	}
	page.search(read.scripts)
	page.Unread = append(page.Unread, loaded(read.scripts)...)
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

// search finds what the scripts, in the page's order, have in them.
func (p *Page) search(scripts []Script) {
	for _, s := range scripts {
		code := uncommented(s.Text)
		p.Snippets = append(p.Snippets, snippetsIn(s, code)...)
		if plugin.MatchString(code) {
			p.Plugins = append(p.Plugins, Plugin{s, code})
		}
	}
}

// fill fetches the code of the scripts that are files of the page's own origin. It returns the files that were not read.
func (c *Client) fill(ctx context.Context, page *url.URL, scripts []Script) ([]string, error) {
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
			got, err := c.get(ctx, at, wanted{op: "a script", media: scriptTypes, limit: maxScript, may: own})
			if err != nil {
				unread[i] = fmt.Sprintf("%s: %v", s.URL, err)
				return nil
			}
			scripts[i].Text = string(got.body)
			return nil
		})
	}
	_ = group.Wait() // what could not be read is in the list
	return slices.DeleteFunc(unread, func(why string) bool { return why == "" }), ctx.Err()
}

// loaded are the script files that scripts name to load them, as those of tag managers do, but for Messenger's own.
func loaded(scripts []Script) []string {
	var said []string
	for _, s := range scripts {
		for _, file := range loads.FindAllStringSubmatch(uncommented(s.Text), -1) {
			text := apiclient.Clean(file[1]) + ": a script loads it"
			if !bootstrap.MatchString(file[0]) && !slices.Contains(said, text) {
				said = append(said, text)
			}
		}
	}
	return said
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

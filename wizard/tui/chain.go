package tui

import (
	"msgsso-wizard/wizard/chain"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/screens"
)

// chain is what is known of the chain by now.
func (r *router) chain() *chain.Chain {
	c := chain.New()
	c.Link(chain.Page).Detail = r.PageHost()
	c.Says = "each sign-in passes through it"
	for i, s := range r.walk {
		if of := screens.SectionOf(s); of != nil {
			of.Links(c, i == r.at)
		}
	}
	for _, s := range []screen.Screen{r.walk[r.at], r.top()} {
		if s, ok := s.(chained); ok {
			s.FillChain(c)
		}
	}
	return c
}

// chained is a screen that knows more of the chain than the sections do.
type chained interface{ FillChain(*chain.Chain) }

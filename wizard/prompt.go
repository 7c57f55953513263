package wizard

import (
	"context"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/services"
)

// prompt is what a person has to do while a step is under way, on its way to the screen.
type prompt struct {
	services.Prompt
	since time.Time
	reply chan typed
	input textinput.Model
	note  string
}

// typed is what the screen answers a prompt.
type typed struct {
	text string
	err  error
}

// promptOver tells that nobody waits for the prompt any more.
type promptOver struct{ *prompt }

// promptThrough returns a setup.Session.Prompt that shows its prompts by sending them to the program's loop.
func promptThrough(send func(tea.Msg)) func(context.Context, services.Prompt) (string, error) {
	return func(ctx context.Context, what services.Prompt) (string, error) {
		if what.Limit > 0 {
			limited, cancel := context.WithTimeout(ctx, what.Limit)
			defer cancel()
			ctx = limited
		}
		p := &prompt{Prompt: what, since: time.Now(), reply: make(chan typed, 1)}
		send(p)
		defer send(promptOver{p})
		select {
		case t := <-p.reply:
			return t.text, t.err
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}

// errSignInAgain answers a prompt that comes where only a set-up is looked at.
var errSignInAgain = &explain.Error{
	Class: explain.ClassSignIn, Problem: "The wizard must sign in again.", Fix: "Go back to the sections Okta and Genesys Cloud (esc) and press r or enter there.",
}

// prompted hands a prompt to the screen whose work asks for it. One that comes late is nobody's: its context
// ended with that work.
func (r *router) prompted(msg tea.Msg) tea.Cmd {
	if p, came := msg.(*prompt); came {
		if len(r.asides) > 0 {
			p.reply <- typed{err: errSignInAgain}
			return nil
		}
		if !r.runs(slotPlan, slotApply, slotOptions) {
			return nil
		}
		r.above = nil // or nobody would see that something is to be done
	}
	return r.do(r.current().result(msg))
}

func (s *section) promptCame(p *prompt) {
	p.input = s.newInput()
	p.input.Focus()
	s.prompts = append(s.prompts, p)
}

// endPrompts answers all prompts that the user stopped.
func (s *section) endPrompts() {
	for _, p := range s.prompts {
		p.reply <- typed{err: engine.ErrStopped}
	}
	s.prompts = nil
}

// promptKey has the keys while there is a prompt. Letters are commands until something was typed.
func (s *section) promptKey(msg tea.KeyPressMsg) action {
	p := s.prompts[0]
	text := strings.TrimSpace(p.input.Value())
	switch key := msg.String(); {
	case key == "esc":
		return s.cancel()
	case key == "up" || key == "down" || key == "pgup" || key == "pgdown":
		return pass{}
	case key == "enter" && text != "":
		s.prompts = s.prompts[1:]
		p.reply <- typed{text: text}
	case text == "" && key == "o" && p.URL != "":
		return openURL{p.URL}
	case text == "" && key == "c" && p.URL != "":
		return copyText{what: "the address", text: p.URL}
	case text == "" && key == "?":
		return show{newWhy(s.world, s.info)}
	case p.Ask != "" && key != "enter":
		p.input, _ = p.input.Update(msg)
		p.note = ""
	}
	return stay{}
}

// cancel gives up what the prompts wait for. What only reads is left for the section's questions, where
// another way can be chosen; what writes ends after the call under way.
func (s *section) cancel() action {
	s.endPrompts()
	switch {
	case s.phase == applying:
		return halt{}
	case s.form != nil: // the prompt came of its options
		return stay{}
	case len(s.open(s.info.ID)) == 0:
		return many{drop{slotPlan}, back{}}
	}
	s.enters(asking)
	s.form = newForm(s.world, s.info.ID)
	return many{drop{slotPlan}, s.form.focus()}
}

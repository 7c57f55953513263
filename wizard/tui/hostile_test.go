package tui

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// hostile is what a name can hold if nothing cleans it: a color, a title, a link, a cleared screen, a return and a
// bell; text that runs backwards; and letters that take two cells, none, or as many as the terminal likes.
const hostile = "\x1b[5;31m\x1b]0;title\x07\x1b]8;;https://evil.test\x1b\\link\x1b]8;;\x1b\\\x9b2J\r\a\u202eback\u2066\u200b" +
	"お客様e\u0301\u0301\u0301👩\u200d👧❤\ufe0f👍🏽🇩🇪"

// spoiled adds the hostile text to every text of a value.
func spoiled[T any](value T) T {
	return spoil(reflect.ValueOf(&value).Elem()).Interface().(T)
}

func spoil(v reflect.Value) reflect.Value {
	to := reflect.New(v.Type()).Elem()
	to.Set(v)
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.Len() > 0 {
			to.SetString(v.String() + hostile)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			to.Set(reflect.New(v.Type().Elem()))
			to.Elem().Set(spoil(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			to.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		}
		for i := range v.Len() {
			to.Index(i).Set(spoil(v.Index(i)))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				to.Field(i).Set(spoil(v.Field(i)))
			}
		}
	}
	return to
}

// spoiledErr spoils what a problem says.
func spoiledErr(err error) error {
	if e, ok := errors.AsType[*explain.Error](err); ok {
		return spoiled(e)
	}
	return err
}

// spoiler tells everything that the fakes tell with hostile names.
type spoiler struct {
	*fake
	verify.Verifier
}

func (s spoiler) Identity() setup.Identity            { return spoiled(s.fake.Identity()) }
func (s spoiler) Made() []engine.Change               { return spoiled(s.fake.Made()) }
func (s spoiler) Result(d time.Duration) setup.Result { return spoiled(s.fake.Result(d)) }

func (s spoiler) Plan(ctx context.Context, ids ...guide.SectionID) (setup.Plan, error) {
	plan, err := s.fake.Plan(ctx, ids...)
	return spoiled(plan), spoiledErr(err)
}

func (s spoiler) Apply(ctx context.Context, plan setup.Plan, stop *engine.Stop) error {
	return spoiledErr(s.fake.Apply(ctx, unspoiled(plan), stop))
}

// unspoiled is a plan as the fakes made it: what they tell of it is spoiled on its way.
func unspoiled(plan setup.Plan) setup.Plan {
	plan.Changes = slices.Clone(plan.Changes)
	for i, c := range plan.Changes {
		c.Name, c.Why = strings.TrimSuffix(c.Name, hostile), strings.TrimSuffix(c.Why, hostile)
		plan.Changes[i] = c
	}
	return plan
}

func (s spoiler) Code(ctx context.Context) (verify.Code, error) {
	code, err := s.Verifier.Code(ctx)
	return spoiled(code), err
}

func (s spoiler) Examine(ctx context.Context, site string) (*doctor.Report, error) {
	found, err := s.Verifier.Examine(ctx, site)
	worse := spoiled(found)
	for i := range worse.Findings { // places are the doctor's own, and the chain is drawn by them
		worse.Findings[i].Area = found.Findings[i].Area
	}
	return worse, err
}

func (s spoiler) Test(ctx context.Context, front signintest.Front) (signintest.Result, error) {
	open, line := front.Open, front.Line
	front.Open = func(a signintest.Address) { open(spoiled(a)) }
	front.Line = func(l signintest.Line) { line(spoiled(l)) }
	result, err := s.Verifier.Test(ctx, front)
	return spoiled(result), spoiledErr(err)
}

func (s spoiler) PlanFix(ctx context.Context, user string, fixes ...signintest.Fix) (setup.Plan, error) {
	plan, err := s.Verifier.PlanFix(ctx, user, fixes...)
	return spoiled(plan), err
}

func (s spoiler) Fix(ctx context.Context, plan setup.Plan, stop *engine.Stop) error {
	return s.Verifier.Fix(ctx, unspoiled(plan), stop)
}

func (s spoiler) Preview(ctx context.Context, code verify.Code, show func(signintest.Address)) error {
	return s.Verifier.Preview(ctx, code, func(a signintest.Address) { show(spoiled(a)) })
}

// spoiledScene is scene, with hostile names.
func spoiledScene(t *testing.T, s sceneOf, test func(*drive)) {
	t.Helper()
	steer := s.steer
	s.steer = func(d *drive) {
		emit, prompt := d.emit, d.env.Prompt
		d.emit = func(ev engine.Event) { emit(spoiled(ev)) }
		d.env.Prompt = func(ctx context.Context, p services.Prompt) (string, error) { return prompt(ctx, spoiled(p)) }
		steer(d)
	}
	scene(t, s, func(c *Config) {
		if !s.bare {
			assert.NilError(t, c.Env.Answers.Set(guide.IntegrationName, guide.FromFlag, style.Visible("Name"+hostile)))
			c.Env.Answers.Found(guide.DeploymentName, "a\u202eb\u200bc") // a flag with it is refused
		}
		f := c.session.(*fake)
		w := spoiler{f, f.verifier}
		c.Resume, c.session, c.Bench = "Going on with a run of "+hostile, w, func(string) verify.Verifier { return w }
	}, test)
}

var ownStyle = regexp.MustCompile(`\x1b\[(|1|2|4|7|3[0-7])(;(1|2|4|7|3[0-7]))*m`)

// TestHostileNames: names on every screen neither reach the terminal uncleaned nor move the text around them, with
// either method that terminals use to count cells.
func TestHostileNames(t *testing.T) {
	seen := 0
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			frames := map[string]string{}
			frameLines := func(size [2]int, d *drive) []string {
				d.size(size[0], size[1])
				checkFits(t, d, size[0], size[1])
				return strings.Split(d.View().Content, "\n")
			}
			frame := func(lines []string) string { return lines[1] + "\n" + lines[len(lines)-1] }
			scene(t, s, nil, func(d *drive) {
				for _, size := range sizes {
					frames[fmt.Sprint(size)] = frame(frameLines(size, d))
				}
			})
			spoiledScene(t, s, func(d *drive) {
				for _, size := range sizes {
					lines := frameLines(size, d)
					got, want := frame(lines), frames[fmt.Sprint(size)]
					assert.Check(t, is.Equal(got, want), "%v: sections and keys", size)
					for _, line := range lines {
						seen += strings.Count(line, "\ufffd")
						checkInert(t, line)
					}
				}
			})
		})
	}
	assert.Check(t, seen >= len(scenes), "hostile text was seen %d times: the screens do not show it", seen)
}

// checkInert looks for what a terminal would act on, or could count in two ways.
func checkInert(t *testing.T, line string) {
	t.Helper()
	text := ownStyle.ReplaceAllString(line, "")
	if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }); i >= 0 {
		t.Errorf("%q is sent to the terminal: %q", []rune(text[i:])[0], line)
	}
	a, b := ansi.StringWidth(line), ansi.StringWidthWc(line)
	assert.Check(t, is.Equal(a, b), "%q", line)
}

// TestHostileOptions checks a list of hostile names as a question's options.
func TestHostileOptions(t *testing.T) {
	q := thousands(guide.Pick, new([]string))
	options := q.options
	q.options = func(ctx context.Context, question guide.Question, filter string) ([]guide.Option, error) {
		list, err := options(ctx, question, filter)
		return spoiled(list[:min(len(list), 20)]), err
	}
	withForm(t, q, func(d *drive, _ *form.PickField) {
		d.press("down", "down")
		for _, size := range sizes {
			d.size(size[0], size[1])
			checkFits(t, d, size[0], size[1])
			lines := strings.Split(d.View().Content, "\n")
			for _, line := range lines {
				checkInert(t, line)
			}
			assert.Check(t, strings.Contains(d.view(), "Shop 00"), "no option is shown:\n%s", d.view())
		}
	})
}

package explain

import "fmt"

type Class int

const (
	ClassFault    Class = 1
	ClassConflict Class = 5
)

type Error struct {
	Class        Class
	Problem, Fix string
	Retry        bool
	Err          error
	Question     string
}

func (e *Error) Error() string             { return e.Problem }
func Explain(step string, err error) error { return err }

// Guard turns a panic into an error, as the real one does.
func Guard(step string, act func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &Error{Class: ClassFault, Problem: fmt.Sprint(value)}
		}
	}()
	return act()
}

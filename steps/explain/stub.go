package explain
type Class int
const ( ClassFault Class = 1; ClassConflict Class = 5 )
type Error struct { Class Class; Problem, Fix string; Retry bool; Err error; Question string }
func (e *Error) Error() string { return e.Problem }
func Explain(step string, err error) error { return err }
func Guard(step string, act func() error) error { return act() }

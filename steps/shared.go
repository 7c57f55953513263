package steps

import "sync"

// shared is a list that several steps of one plan need: it is read once, by whichever asks first.
type shared[T any] struct {
	mu   sync.Mutex
	read bool
	list []T
}

func (s *shared[T]) get(load func() ([]T, error)) ([]T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.read {
		return s.list, nil
	}
	list, err := load()
	if err == nil {
		s.list, s.read = list, true
	}
	return list, err
}

func (s *shared[T]) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list, s.read = nil, false
}

package services

import (
	"msgsso-wizard/apiclient/transcript"
	"msgsso-wizard/steps/explain"
)

// Transcribe writes every call from now on to a new file at path, without secrets. It is called before the
// first call; EndTranscript must follow.
func (s *Network) Transcribe(path, version string) error {
	file, err := transcript.Create(path, version)
	if err != nil {
		return &explain.Error{
			Class: explain.ClassUsage, Problem: explain.Sentence(err.Error()), Err: err,
			Fix: "Nothing was sent. Choose another file (--transcript), or move that one.",
		}
	}
	s.transcript, s.record = file, file
	return nil
}

// EndTranscript writes what the run found out to the end of the transcript and closes it. It does nothing
// where there is none. No call may be under way.
func (s *Network) EndTranscript(found map[string]string) error {
	if s.transcript == nil {
		return nil
	}
	err := s.transcript.Close(found)
	s.transcript = nil
	if err != nil {
		return &explain.Error{
			Class: explain.ClassFault, Problem: explain.Sentence(err.Error()), Err: err,
			Fix: "This doesn't affect what the run created.",
		}
	}
	return nil
}

package cli

import "fmt"

// transcribe begins the transcript that --transcript asks for, before anything is sent.
func (r *run) transcribe() error {
	if r.options.transcript == "" {
		return nil
	}
	return r.services.Transcribe(r.options.transcript, r.Version)
}

// endTranscript ends it and says where it is.
func (r *run) endTranscript() error {
	if r.options.transcript == "" {
		return nil
	}
	if err := r.services.EndTranscript(r.env.Findings()); err != nil {
		return err
	}
	fmt.Fprintf(r.Err, "%s Every call is in %s, without secrets. It names your orgs and what is in them.\n",
		r.marks(r.mode == lines).Done, r.options.transcript)
	return nil
}

package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// patience is the two ways a run is told to end. After the first signal (stop)
// no document is begun, those in hand are finished and the dataset is published;
// the second signal (quit) ends all work at once.
type patience struct {
	stop context.Context
	quit context.Context
}

// interruption is the signal that ended the context, or nil.
func interruption(ctx context.Context) error {
	var signal interrupted
	if ctx.Err() != nil && errors.As(context.Cause(ctx), &signal) {
		return signal
	}
	return nil
}

// watchSignals listens for SIGINT and SIGTERM until the returned function is
// called, and tells onStop of the first. The end of ctx ends both contexts.
func watchSignals(ctx context.Context, onStop func(os.Signal)) (patience, func()) {
	quit, cancelQuit := context.WithCancelCause(ctx)
	stop, cancelStop := context.WithCancelCause(quit)
	arrived := make(chan os.Signal, 2)
	signal.Notify(arrived, syscall.SIGINT, syscall.SIGTERM)
	done := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for _, cancel := range []context.CancelCauseFunc{cancelStop, cancelQuit} {
			select {
			case s := <-arrived:
				cancel(interrupted{s.(syscall.Signal)})
				if quit.Err() == nil {
					onStop(s)
				}
			case <-done:
				return
			}
		}
	})
	return patience{stop: stop, quit: quit}, func() {
		signal.Stop(arrived)
		close(done)
		group.Wait()
		cancelStop(nil)
		cancelQuit(nil)
	}
}

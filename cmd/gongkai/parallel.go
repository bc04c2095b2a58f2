package main

import (
	"context"
	"iter"
	"sync"
)

// parallelMap applies work to each input with the given number of workers and
// yields the results in the order of the inputs. Errors of the inputs and of
// work are yielded in their place and end nothing; the consumer decides.
//
// At most ahead results wait for the consumer, so that a slow consumer holds
// the workers back. Breaking off the loop, or cancelling ctx, stops the feed,
// cancels the context that work sees, and waits until every worker is back: no
// goroutine outlives the loop. After a cancellation the results in hand are
// yielded, then the cause of the cancellation as the last error.
func parallelMap[In, Out any](
	ctx context.Context,
	inputs iter.Seq2[In, error],
	workers, ahead int,
	work func(context.Context, In) (Out, error),
) iter.Seq2[Out, error] {
	type result struct {
		value Out
		err   error
	}
	return func(yield func(Out, error) bool) {
		inner, cancel := context.WithCancel(ctx)
		var group sync.WaitGroup
		defer group.Wait()
		defer cancel()

		slots := make(chan struct{}, max(workers, 1))
		promises := make(chan chan result, max(ahead, 1))
		group.Go(func() {
			defer close(promises)
			for input, err := range inputs {
				promise := make(chan result, 1)
				select {
				case promises <- promise:
				case <-inner.Done():
					return
				}
				if err != nil {
					promise <- result{err: err}
					continue
				}
				select {
				case slots <- struct{}{}:
				case <-inner.Done():
					promise <- result{err: context.Cause(inner)}
					return
				}
				group.Go(func() {
					defer func() { <-slots }()
					value, err := work(inner, input)
					promise <- result{value, err}
				})
			}
		})

		for promise := range promises {
			r := <-promise
			if !yield(r.value, r.err) {
				return
			}
		}
		if ctx.Err() != nil {
			var none Out
			yield(none, context.Cause(ctx))
		}
	}
}

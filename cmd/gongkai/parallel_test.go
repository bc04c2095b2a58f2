package main

import (
	"context"
	"errors"
	"iter"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func numbers(n int) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func TestParallelMapKeepsOrderAndUsesAllWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var busy, most atomic.Int64
		// The first of each group of four is the slowest, so arrival is out of order.
		work := func(_ context.Context, i int) (int, error) {
			now := busy.Add(1)
			for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
			}
			time.Sleep(time.Duration(4-i%4) * time.Second)
			busy.Add(-1)
			return i * i, nil
		}
		next := 0
		for value, err := range parallelMap(t.Context(), numbers(40), 4, 8, work) {
			if err != nil || value != next*next {
				t.Fatalf("result %d: %d, %v", next, value, err)
			}
			next++
		}
		if next != 40 {
			t.Errorf("%d results, want 40", next)
		}
		if most.Load() != 4 {
			t.Errorf("%d workers at once, want 4", most.Load())
		}
		if took := time.Since(start); took >= 60*time.Second {
			t.Errorf("took %v, four workers need less than 60 s for 100 s of work", took)
		}
	})
}

func TestParallelMapIsHeldBackByASlowConsumer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var started atomic.Int64
		work := func(_ context.Context, i int) (int, error) {
			started.Add(1)
			return i, nil
		}
		consumed := int64(0)
		for range parallelMap(t.Context(), numbers(100), 2, 3, work) {
			time.Sleep(time.Second)
			synctest.Wait()
			consumed++
			// In hand: one being consumed, three waiting, one more promise being offered.
			if lead := started.Load() - consumed; lead > 4 {
				t.Fatalf("%d inputs were started ahead of the consumer", lead)
			}
		}
	})
}

func TestParallelMapBreakStopsAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running, started atomic.Int64
		work := func(ctx context.Context, i int) (int, error) {
			running.Add(1)
			started.Add(1)
			defer running.Add(-1)
			if i == 0 {
				return i, nil
			}
			<-ctx.Done()
			time.Sleep(time.Second) // a worker that takes its time to come back
			return i, ctx.Err()
		}
		for range parallelMap(t.Context(), numbers(1000), 3, 5, work) {
			break
		}
		if running.Load() != 0 {
			t.Errorf("%d workers outlive the loop", running.Load())
		}
		if started.Load() > 10 {
			t.Errorf("%d of 1000 inputs were started after a break", started.Load())
		}
	})
}

func TestParallelMapCancelStopsAndWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reason := errors.New("second signal")
		ctx, cancel := context.WithCancelCause(t.Context())
		var running atomic.Int64
		work := func(ctx context.Context, i int) (int, error) {
			running.Add(1)
			defer running.Add(-1)
			select {
			case <-time.After(time.Duration(i) * time.Second):
				return i, nil
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		}
		time.AfterFunc(4500*time.Millisecond, func() { cancel(reason) })
		good := 0
		var last error
		for _, err := range parallelMap(ctx, numbers(1000), 2, 4, work) {
			if err == nil {
				good++
			}
			last = err
		}
		if good != 4 { // 0 and 1 at once, 2 and 3 by the fourth second
			t.Errorf("%d results before the cancellation, want 4", good)
		}
		if !errors.Is(last, reason) {
			t.Errorf("last error %v, want the cause of the cancellation", last)
		}
		if running.Load() != 0 {
			t.Errorf("%d workers outlive the loop", running.Load())
		}
	})
}

func TestParallelMapErrorsStandInTheirPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		badInput, badWork := errors.New("input"), errors.New("work")
		inputs := func(yield func(int, error) bool) {
			_ = yield(0, nil) && yield(0, badInput) && yield(2, nil) && yield(3, nil)
		}
		work := func(_ context.Context, i int) (int, error) {
			if i == 2 {
				return 0, badWork
			}
			return i, nil
		}
		var got []error
		for _, err := range parallelMap(t.Context(), inputs, 2, 2, work) {
			got = append(got, err)
		}
		want := []error{nil, badInput, badWork, nil}
		if len(got) != len(want) {
			t.Fatalf("%d results, want %d", len(got), len(want))
		}
		for i := range want {
			if !errors.Is(got[i], want[i]) {
				t.Errorf("result %d: %v, want %v", i, got[i], want[i])
			}
		}
	})
}

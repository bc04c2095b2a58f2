package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"gongkai/extract"
)

// alone reads documents in this process: a command with one document needs no
// worker, because the document's end is its own. It keeps the same limits by
// leaving a reading behind that does not end. A file that does not open is given
// to a worker, where riskier ways may be tried.
type alone struct {
	stages    stages
	maxMemory uint64 // bytes; 0: no limit
	worker    documentReader
}

func (a alone) read(ctx context.Context, source extract.Source, options documentOptions) (reading, error) {
	result, err := a.readHere(ctx, source, options)
	if err == nil && a.worker != nil && result.Status == statusFailed && result.Failure.Stage == "open" && isBroken(result.Failure.Class) {
		return a.worker.read(ctx, source, options)
	}
	return result, err
}

func isBroken(class string) bool {
	return class == "damaged" || class == "truncated" || class == "no_pages"
}

func (a alone) readHere(ctx context.Context, source extract.Source, options documentOptions) (reading, error) {
	type answer struct {
		reading reading
		err     error
	}
	finished := make(chan answer, 1)
	broken := make(chan *extract.Failure, 1) // the first limit that is met
	give := func(failure *extract.Failure) {
		select {
		case broken <- failure:
		default:
		}
	}

	var mutex sync.Mutex
	var at position
	step := func() position {
		mutex.Lock()
		defer mutex.Unlock()
		return at
	}
	restart := func() {}
	if options.PageTimeout > 0 {
		timer := time.AfterFunc(options.PageTimeout, func() {
			give(&extract.Failure{Stage: step().stage(), Class: classTimeout, Retryable: true,
				Message: fmt.Sprintf("%v: not finished within %v", step(), options.PageTimeout)})
		})
		defer timer.Stop()
		restart = func() { timer.Reset(options.PageTimeout) }
	}
	if options.Timeout > 0 {
		defer time.AfterFunc(options.Timeout, func() { give(documentTimeout(options.Timeout)) }).Stop()
	}
	defer limitMemory(a.maxMemory, func() {
		give(&extract.Failure{Stage: step().stage(), Class: classMemory, Retryable: true,
			Message: fmt.Sprintf("%v: needs more memory than %s", step(), formatBytes(a.maxMemory))})
	})()

	go func() {
		result, err := a.stages.readDocument(ctx, source, options, func(now position) {
			mutex.Lock()
			at = now
			mutex.Unlock()
			restart()
		})
		finished <- answer{result, err}
	}()
	select {
	case answer := <-finished:
		return answer.reading, answer.err
	case failure := <-broken:
		return failedReading(source, options, failure), nil
	case <-ctx.Done():
		return reading{}, context.Cause(ctx)
	}
}

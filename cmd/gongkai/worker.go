package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"syscall"
	"time"

	"gongkai/extract"
)

// workerArgument as the first argument makes the program a worker. People have no
// use for it, so no help names it.
const workerArgument = "document-worker"

// exitMemory is the exit code of a worker that met its memory limit.
const exitMemory = 97

// maxStack bounds the stack of a goroutine in a worker (bytes). Go's own bound, a
// gigabyte, is the whole memory of a worker; real documents need some kilobytes.
const maxStack = 64 << 20

// heapFloor is memory that a worker sets aside and never touches (bytes). The
// collector takes it for live, so with heapGrowth it first runs when 96 MB are in
// use, which most documents never need: between documents next to nothing lives,
// so without the floor the collector begins anew with every document. Raising
// heapGrowth instead would let the largest documents take more memory too.
const heapFloor = 32 << 20

// limitPart is the part of the memory limit that the stack and the floor may have
// each, when the limit is small.
const limitPart = 16

// serveDocuments is the life of a worker process: it answers one request after the
// other until its input ends, which it does when the parent closes it or dies. The
// argument is the memory limit in bytes.
func serveDocuments(stages stages, arguments []string, in io.Reader, out io.Writer, stderr io.Writer) int {
	limit := uint64(0)
	if len(arguments) == 1 {
		limit, _ = strconv.ParseUint(arguments[0], 10, 64)
	}
	// A terminal sends its signals to workers too, and so do service managers. The
	// parent decides what is finished; the end of the input is a worker's signal.
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM)
	stack, floor := maxStack, heapFloor
	if limit > 0 {
		stack, floor = int(min(maxStack, limit/limitPart)), int(min(heapFloor, limit/limitPart))
	}
	debug.SetMaxStack(stack)
	// There are as many workers as cores: a collector that spreads over the other
	// cores would only get in their way.
	runtime.GOMAXPROCS(1)
	setAside := make([]byte, floor)
	defer runtime.KeepAlive(setAside)
	steps := &steps{out: out}
	defer steps.tellRegularly()()
	defer limitMemory(limit, func() {
		steps.tell()
		os.Exit(exitMemory)
	})()

	// Requests are read all the time, so that a worker whose parent is gone ends
	// even when a library never returns.
	requests := make(chan []byte)
	go func() {
		input := bufio.NewReader(in)
		for {
			kind, payload, err := readMessage(input)
			if err != nil || kind != messageRequest {
				os.Exit(exitOK)
			}
			requests <- payload
		}
	}()
	for payload := range requests {
		if err := serveDocument(stages, payload, steps); err != nil {
			fmt.Fprintln(stderr, err)
			return exitInternal
		}
	}
	return exitOK
}

// serveDocument answers one request.
func serveDocument(stages stages, payload []byte, steps *steps) error {
	var asked request
	content, err := openMessage(payload, &asked)
	if err != nil {
		return fmt.Errorf("request: %w", err)
	}
	source := extract.Source{URI: asked.URI, Path: asked.Path, SHA256: asked.SHA256, Bytes: content}
	result, err := stages.readDocument(context.Background(), source, asked.Options, func(at position) {
		steps.begin(at)
		if asked.EveryStep {
			steps.tell()
		}
	})
	if err != nil {
		return err
	}
	body, err := result.pack(asked.Product)
	if err != nil {
		result = failedReading(source, asked.Options, &extract.Failure{Stage: "normalize", Class: classInternal, Message: err.Error()})
		if body, err = result.pack(asked.Product); err != nil {
			return err
		}
	}
	return steps.reply(reply{Contents: result.contents, Stack: result.Stack, Memory: memoryHeld()}, body)
}

// stepEvery is how often a worker tells which page it is at. A message for each
// page would wake the parent a thousand times a second, for a twentieth of all
// processor time; a worker that dies suddenly may be some pages further.
const stepEvery = 20 * time.Millisecond

// steps tells the parent how far the document in hand has come.
type steps struct {
	mutex sync.Mutex
	out   io.Writer
	at    position
	told  bool
}

func (s *steps) begin(at position) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.at, s.told = at, false
}

// tell sends the step that was begun last, once. A parent that does not listen
// shows in the reply.
func (s *steps) tell() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if !s.told && s.at != (position{}) {
		s.told = true
		writeStep(s.out, s.at)
	}
}

// tellRegularly tells the steps until the returned function is called.
func (s *steps) tellRegularly() (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(stepEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				s.tell()
			}
		}
	}()
	return func() { close(done) }
}

// reply ends the document.
func (s *steps) reply(answer reply, body []byte) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.at = position{}
	return writeMessage(s.out, messageReply, answer, body)
}

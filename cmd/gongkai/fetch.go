package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"gongkai/extract"
)

// userAgent tells the operator of a server who asks.
const userAgent = "gongkai/" + version + " (reads published fiscal disclosures; asks slowly)"

// How often and how long a server is asked. Publication servers of counties are
// small machines: two documents at a time, five a second, are what a person with
// a few windows open would ask for.
const (
	fetchesEach   = 2 // at a time, of one host
	fetchPause    = 200 * time.Millisecond
	fetchAttempts = 4
	firstBackoff  = time.Second      // doubles with each attempt
	longestWait   = 2 * time.Minute  // what Retry-After may ask for
	stallTime     = 30 * time.Second // without a byte
	maxRedirects  = 10
)

// validators are what a server says of a document's state, to be asked later
// whether it is still the same.
type validators struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// content is what reading an input gives.
type content struct {
	bytes []byte
	validators
	// unchanged: the server says that the document is the one the validators were
	// given for, and sent no bytes.
	unchanged bool
}

// fetcher downloads documents from http and https addresses. robots.txt is for
// programs that follow links (RFC 9309); a fetcher asks only for addresses that
// a person has listed, so it does not read it. Its methods may be called from
// several goroutines.
type fetcher struct {
	client *http.Client
	// noMore ends waiting for another attempt: the run is to end.
	noMore  context.Context
	limit   time.Duration // for one document with all attempts; 0: none
	pause   time.Duration // between two requests to one host
	backoff time.Duration
	stall   time.Duration
	most    int64 // bytes of a document

	mutex sync.Mutex
	hosts map[string]*host
}

// host is the queue before one server.
type host struct {
	slots chan struct{}
	next  time.Time // before which no request begins
}

func newFetcher(noMore context.Context, limit time.Duration) *fetcher {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = fetchesEach
	return &fetcher{
		client: &http.Client{Transport: transport, CheckRedirect: checkRedirect},
		noMore: noMore, limit: limit, pause: fetchPause, backoff: firstBackoff, stall: stallTime, most: maxDocumentBytes,
		hosts: make(map[string]*host),
	}
}

// Why a fetch was given up by ourselves.
var (
	errRedirects = fmt.Errorf("more than %d redirects", maxRedirects)
	errScheme    = errors.New("redirected to what is no web address")
	errStalled   = errors.New("the server stopped sending")
)

func checkRedirect(next *http.Request, via []*http.Request) error {
	switch {
	case len(via) > maxRedirects:
		return errRedirects
	case next.URL.Scheme != "http" && next.URL.Scheme != "https":
		return errScheme
	}
	return nil
}

// fetchFault is why one attempt failed.
type fetchFault struct {
	failure   *extract.Failure
	transient bool          // another attempt may succeed
	wait      time.Duration // the server asks to wait so long
}

// fetch downloads a document, unless the server says that it is the one that
// known was given for.
func (f *fetcher) fetch(ctx context.Context, address string, known validators) (content, *extract.Failure) {
	if f.limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, f.limit)
		defer cancel()
	}
	wait := f.backoff
	for attempt := 1; ; attempt++ {
		got, fault := f.attempt(ctx, address, known)
		if fault == nil {
			return got, nil
		}
		if ctx.Err() != nil && f.limit > 0 {
			return content{}, unreachable(fmt.Sprintf("not fetched within %v; the last attempt: %s", f.limit, fault.failure.Message))
		}
		if !fault.transient || attempt == fetchAttempts {
			return content{}, fault.failure
		}
		if fault.wait > longestWait {
			fault.failure.Message += fmt.Sprintf("; it asks to come back in %v", fault.wait)
			return content{}, fault.failure
		}
		if !f.sleep(ctx, max(fault.wait, jitter(wait))) {
			return content{}, fault.failure
		}
		wait *= 2
	}
}

// jitter is a time around the one given, so that several clients that failed
// together do not come back together.
func jitter(wait time.Duration) time.Duration {
	return wait/2 + rand.N(wait)
}

// sleep waits; it is false when the run is to end before.
func (f *fetcher) sleep(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
	case <-f.noMore.Done():
	}
	return false
}

// attempt asks once.
func (f *fetcher) attempt(ctx context.Context, address string, known validators) (content, *fetchFault) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return content{}, &fetchFault{failure: badAddress(err.Error())}
	}
	request.Header.Set("User-Agent", userAgent)
	request.Header.Set("Accept", "application/pdf, */*;q=0.5")
	if known.ETag != "" {
		request.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		request.Header.Set("If-Modified-Since", known.LastModified)
	}
	leave, err := f.queue(ctx, request.URL.Host)
	if err != nil {
		return content{}, transportFault(ctx, err)
	}
	defer leave()

	alive := time.AfterFunc(f.stall, func() { cancel(errStalled) })
	defer alive.Stop()
	response, err := f.client.Do(request)
	if err != nil {
		return content{}, transportFault(ctx, err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotModified && known != (validators{}) {
		return content{validators: known, unchanged: true}, nil
	}
	if response.StatusCode != http.StatusOK {
		return content{}, statusFault(response, time.Now())
	}
	return f.readBody(ctx, response, alive)
}

// readBody reads the body as long as it comes, and never more than a document
// may have.
func (f *fetcher) readBody(ctx context.Context, response *http.Response, alive *time.Timer) (content, *fetchFault) {
	got := content{validators: validators{response.Header.Get("ETag"), response.Header.Get("Last-Modified")}}
	if response.ContentLength > f.most {
		return got, &fetchFault{failure: tooLarge()}
	}
	body := watchedReader{response.Body, func() { alive.Reset(f.stall) }}
	var buffer bytes.Buffer
	buffer.Grow(int(max(0, response.ContentLength)) + bytes.MinRead)
	if _, err := buffer.ReadFrom(io.LimitReader(body, f.most+1)); err != nil {
		return got, transportFault(ctx, err)
	}
	if int64(buffer.Len()) > f.most {
		return got, &fetchFault{failure: tooLarge()}
	}
	got.bytes = buffer.Bytes()
	return got, nil
}

// watchedReader tells when bytes come.
type watchedReader struct {
	io.Reader
	came func()
}

func (r watchedReader) Read(buffer []byte) (int, error) {
	n, err := r.Reader.Read(buffer)
	if n > 0 {
		r.came()
	}
	return n, err
}

// queue waits until the host may be asked, and returns the way to leave it.
func (f *fetcher) queue(ctx context.Context, name string) (leave func(), err error) {
	f.mutex.Lock()
	h := f.hosts[name]
	if h == nil {
		h = &host{slots: make(chan struct{}, fetchesEach)}
		f.hosts[name] = h
	}
	f.mutex.Unlock()
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	leave = func() { <-h.slots }
	f.mutex.Lock()
	turn := h.next
	if now := time.Now(); turn.Before(now) {
		turn = now
	}
	h.next = turn.Add(f.pause)
	f.mutex.Unlock()
	timer := time.NewTimer(time.Until(turn))
	defer timer.Stop()
	select {
	case <-timer.C:
		return leave, nil
	case <-ctx.Done():
		leave()
		return nil, context.Cause(ctx)
	}
}

// transportFault is a fault below HTTP.
func transportFault(ctx context.Context, err error) *fetchFault {
	if cause := context.Cause(ctx); cause != nil {
		err = cause // says more than "context canceled"
	}
	var asked *url.Error
	if errors.As(err, &asked) {
		err = asked.Err // the address is in every message already
	}
	var unknown *net.DNSError
	var connection *net.OpError
	var certificate *tls.CertificateVerificationError
	switch { // who was asked on the way to the host is left out
	case errors.As(err, &unknown):
		err = fmt.Errorf("%s: %s", unknown.Name, unknown.Err)
	case errors.As(err, &connection):
		err = connection.Err
	}
	switch {
	case errors.Is(err, errRedirects), errors.Is(err, errScheme), errors.As(err, &certificate):
		return &fetchFault{failure: badAddress(err.Error())}
	case unknown != nil && unknown.IsNotFound:
		return &fetchFault{failure: unreachable(err.Error())}
	default:
		return &fetchFault{failure: unreachable(err.Error()), transient: true}
	}
}

// statusFault is what an answer that is no document means.
func statusFault(response *http.Response, now time.Time) *fetchFault {
	message := "the server answers " + response.Status
	switch code := response.StatusCode; {
	case code == http.StatusTooManyRequests, code == http.StatusRequestTimeout, code >= 500 && code != http.StatusNotImplemented:
		return &fetchFault{failure: unreachable(message), transient: true, wait: retryAfter(response.Header.Get("Retry-After"), now)}
	case code == http.StatusNotFound, code == http.StatusGone:
		failure := badAddress(message)
		failure.Class = classMissing
		return &fetchFault{failure: failure}
	default:
		return &fetchFault{failure: badAddress(message)}
	}
}

// retryAfter reads the header of that name: seconds or a date.
func retryAfter(value string, now time.Time) time.Duration {
	if seconds, err := strconv.Atoi(value); err == nil && seconds > 0 {
		return time.Duration(min(seconds, int(24*time.Hour/time.Second))) * time.Second
	}
	if date, err := http.ParseTime(value); err == nil {
		return max(0, date.Sub(now)).Round(time.Second)
	}
	return 0
}

func unreachable(message string) *extract.Failure {
	return &extract.Failure{Stage: "input", Class: classUnreachable, Message: message, Retryable: true}
}

func badAddress(message string) *extract.Failure {
	return &extract.Failure{Stage: "input", Class: classAddress, Message: message}
}

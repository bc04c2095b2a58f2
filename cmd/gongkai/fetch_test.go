package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/extract"
)

// quickFetcher asks without the patience of the real one.
func quickFetcher(t *testing.T) *fetcher {
	f := newFetcher(t.Context(), 5*time.Second)
	f.pause, f.backoff, f.stall = 0, time.Millisecond, 200*time.Millisecond
	t.Cleanup(f.client.CloseIdleConnections)
	return f
}

// serve starts a server on loopback whose handler also gets the number of the
// request, from 1.
func serve(t *testing.T, handle func(http.ResponseWriter, *http.Request, int64)) (address string, requests *atomic.Int64) {
	t.Helper()
	requests = new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handle(w, r, requests.Add(1))
	}))
	t.Cleanup(server.Close)
	return server.URL + "/2021/a.pdf", requests
}

// expectFailure checks the class of a failure, what its message tells, and how
// often the server was asked.
func expectFailure(t *testing.T, failure *extract.Failure, class, tells string, requests *atomic.Int64, want int64) {
	t.Helper()
	if failure == nil || failure.Class != class || !strings.Contains(failure.Message, tells) {
		t.Errorf("failure %v, want class %s and %q", failure, class, tells)
	}
	if got := requests.Load(); got != want {
		t.Errorf("%d requests, want %d", got, want)
	}
}

func TestFetchTriesAgain(t *testing.T) {
	address, requests := serve(t, func(w http.ResponseWriter, r *http.Request, number int64) {
		switch number {
		case 1:
			w.WriteHeader(http.StatusInternalServerError)
		case 2: // promises more than it sends
			w.Header().Set("Content-Length", "100")
			w.Write([]byte("half"))
		default:
			w.Header().Set("ETag", `"1"`)
			fmt.Fprint(w, "whole")
		}
	})
	got, failure := quickFetcher(t).fetch(t.Context(), address, validators{})
	if failure != nil || string(got.bytes) != "whole" || got.ETag != `"1"` || requests.Load() != 3 {
		t.Errorf("%q, %v after %d requests", got.bytes, failure, requests.Load())
	}
}

func TestFetchGivesUp(t *testing.T) {
	f := quickFetcher(t)
	for status, test := range map[int]struct {
		class    string
		requests int64
	}{
		http.StatusServiceUnavailable: {classUnreachable, fetchAttempts},
		http.StatusTooManyRequests:    {classUnreachable, fetchAttempts},
		http.StatusNotFound:           {classMissing, 1},
		http.StatusForbidden:          {classAddress, 1},
		http.StatusNotModified:        {classAddress, 1}, // nobody asked whether it was
	} {
		address, requests := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { w.WriteHeader(status) })
		_, failure := f.fetch(t.Context(), address, validators{})
		expectFailure(t, failure, test.class, fmt.Sprint(status), requests, test.requests)
		if failure != nil && failure.Retryable != (test.class == classUnreachable) {
			t.Errorf("%d: retryable %v", status, failure.Retryable)
		}
	}
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	_, failure := f.fetch(t.Context(), closed.URL, validators{})
	expectFailure(t, failure, classUnreachable, "connection refused", new(atomic.Int64), 0)
	if failure != nil && strings.Contains(failure.Message, "127.0.0.1") {
		t.Errorf("%q tells what every message tells already", failure.Message)
	}
}

func TestFetchWaitsAsAsked(t *testing.T) {
	now := time.Date(2021, 3, 1, 8, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "7": 7 * time.Second, "-1": 0, "soon": 0, "99999999999": 24 * time.Hour,
		"Mon, 01 Mar 2021 08:01:30 GMT": 90 * time.Second, "Mon, 01 Mar 2021 07:00:00 GMT": 0,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("Retry-After %q is %v, want %v", value, got, want)
		}
	}
	address, requests := serve(t, func(w http.ResponseWriter, _ *http.Request, number int64) {
		if number == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	})
	begun := time.Now()
	if _, failure := quickFetcher(t).fetch(t.Context(), address, validators{}); failure != nil || time.Since(begun) < time.Second {
		t.Errorf("%v after %v and %d requests, want another after a second", failure, time.Since(begun), requests.Load())
	}
	address, requests = serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	_, failure := quickFetcher(t).fetch(t.Context(), address, validators{})
	expectFailure(t, failure, classUnreachable, "it asks to come back in 1h0m0s", requests, 1)
}

// A server that says nothing, one that stops in the middle, and one that never ends.
func TestFetchIsNotHeldUp(t *testing.T) {
	f := quickFetcher(t)
	address, requests := serve(t, func(_ http.ResponseWriter, r *http.Request, _ int64) { <-r.Context().Done() })
	_, failure := f.fetch(t.Context(), address, validators{})
	expectFailure(t, failure, classUnreachable, "stopped sending", requests, fetchAttempts)

	address, requests = serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		w.Write([]byte("%PDF-1.7"))
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	_, failure = f.fetch(t.Context(), address, validators{})
	expectFailure(t, failure, classUnreachable, "stopped sending", requests, fetchAttempts)

	address, requests = serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		for r.Context().Err() == nil { // slowly, so that it never stalls
			w.Write([]byte("more"))
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	f.limit = 500 * time.Millisecond
	_, failure = f.fetch(t.Context(), address, validators{})
	expectFailure(t, failure, classUnreachable, "not fetched within 500ms", requests, 1)
}

func TestFetchBoundsTheSize(t *testing.T) {
	address, requests := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
		w.Header().Set("Content-Length", fmt.Sprint(maxDocumentBytes+1))
	})
	f := quickFetcher(t)
	_, failure := f.fetch(t.Context(), address, validators{})
	expectFailure(t, failure, "limit", "larger than", requests, 1)

	f.most = 1 << 20
	address, requests = serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		for r.Context().Err() == nil {
			w.Write(make([]byte, 1<<16))
		}
	})
	_, failure = f.fetch(t.Context(), address, validators{})
	expectFailure(t, failure, "limit", "larger than", requests, 1)

	var packed bytes.Buffer // much that travels small
	zip := gzip.NewWriter(&packed)
	zip.Write(make([]byte, 2*f.most))
	zip.Close()
	address, requests = serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(packed.Bytes())
	})
	_, failure = f.fetch(t.Context(), address, validators{})
	expectFailure(t, failure, "limit", "larger than", requests, 1)
}

func TestFetchFollowsRedirects(t *testing.T) {
	target, _ := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { fmt.Fprint(w, "there") })
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		http.Redirect(w, r, target, http.StatusFound)
	})
	got, failure := quickFetcher(t).fetch(t.Context(), address, validators{})
	if failure != nil || string(got.bytes) != "there" {
		t.Errorf("%q, %v", got.bytes, failure)
	}
	address, requests := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	})
	_, failure = quickFetcher(t).fetch(t.Context(), address, validators{})
	expectFailure(t, failure, classAddress, "more than 10 redirects", requests, maxRedirects+1)
	address, requests = serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	})
	_, failure = quickFetcher(t).fetch(t.Context(), address, validators{})
	expectFailure(t, failure, classAddress, "no web address", requests, 1)
}

func TestFetchReadsPackedBodies(t *testing.T) {
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request, _ int64) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") || !strings.HasPrefix(r.UserAgent(), "gongkai/") {
			t.Errorf("request with %v", r.Header)
		}
		w.Header().Set("Content-Encoding", "gzip")
		zip := gzip.NewWriter(w)
		zip.Write([]byte("unpacked"))
		zip.Close()
	})
	got, failure := quickFetcher(t).fetch(t.Context(), address, validators{})
	if failure != nil || string(got.bytes) != "unpacked" {
		t.Errorf("%q, %v", got.bytes, failure)
	}
}

// One server sees two requests at a time, and no more than the pause allows.
func TestFetchIsPolite(t *testing.T) {
	var now, most atomic.Int64
	address, requests := serve(t, func(http.ResponseWriter, *http.Request, int64) {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		time.Sleep(20 * time.Millisecond)
		now.Add(-1)
	})
	f := quickFetcher(t)
	f.pause = 10 * time.Millisecond
	begun := time.Now()
	var group sync.WaitGroup
	for range 12 {
		group.Go(func() { f.fetch(t.Context(), address, validators{}) })
	}
	group.Wait()
	if most.Load() > fetchesEach || requests.Load() != 12 || time.Since(begun) < 11*f.pause {
		t.Errorf("%d requests, %d at a time, in %v", requests.Load(), most.Load(), time.Since(begun))
	}
}

func TestFetchEndsWithTheRun(t *testing.T) {
	address, requests := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int64) { w.WriteHeader(http.StatusBadGateway) })
	stop, cancel := context.WithCancel(t.Context())
	f := quickFetcher(t)
	f.noMore, f.backoff = stop, time.Hour
	waitThenStop := time.AfterFunc(50*time.Millisecond, cancel)
	defer waitThenStop.Stop()
	_, failure := f.fetch(t.Context(), address, validators{})
	expectFailure(t, failure, classUnreachable, "502", requests, 1)
}

// site is a server whose documents may change, with validators.
type site struct {
	mutex    sync.Mutex
	pages    map[string]string
	answered map[int]int // answers by status
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	text, found := s.pages[r.URL.Path]
	status := http.StatusOK
	etag := fmt.Sprintf("%q", text)
	switch {
	case !found:
		status = http.StatusServiceUnavailable
	case r.Header.Get("If-None-Match") == etag:
		status = http.StatusNotModified
	}
	s.answered[status]++
	w.Header().Set("ETag", etag)
	w.Header().Set("Retry-After", "9999")
	w.WriteHeader(status)
	if status == http.StatusOK {
		fmt.Fprint(w, text)
	}
}

func (s *site) put(path, text string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.pages[path] = text
}

// counts gives the answers 200 and 304 since the last call.
func (s *site) counts() (whole, unchanged int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	whole, unchanged = s.answered[http.StatusOK], s.answered[http.StatusNotModified]
	clear(s.answered)
	return whole, unchanged
}

// TestAddressesAsInputs converts documents from a server: an unchanged one costs
// an answer without a body, a changed one takes the place of the old, and one that
// could not be reached is there for gongkai retry.
func TestAddressesAsInputs(t *testing.T) {
	t.Chdir(t.TempDir())
	site := &site{pages: map[string]string{"/a.pdf": "3 pages", "/b.pdf": "2 pages", "/copy.pdf": "3 pages"}, answered: map[int]int{}}
	server := httptest.NewServer(site)
	defer server.Close()
	all := "gongkai convert " + server.URL + "/a.pdf " + server.URL + "/b.pdf " + server.URL + "/copy.pdf " + server.URL + "/a.pdf#again -o out"
	run := func(command string, code, wantWhole, wantUnchanged int, summary string) {
		t.Helper()
		got, stderr := execute(t, command)
		whole, unchanged := site.counts()
		if got != code || whole != wantWhole || unchanged != wantUnchanged || !strings.Contains(stderr, summary) {
			t.Errorf("%s: exit code %d, %d bodies, %d unchanged\n%s", command, got, whole, unchanged, stderr)
		}
	}
	run(all, 0, 3, 0, "documents  4 = 2 ok + 0 partial + 0 failed + 2 skipped (2 duplicate)")
	once := datasetFiles(t, "out")
	if sources := once["csv/sources.csv"]; strings.Count(sources, server.URL) != 3 {
		t.Errorf("sources are\n%s", sources)
	}
	run(all, 0, 0, 3, "documents  4 = 0 ok + 0 partial + 0 failed + 4 skipped")
	site.put("/b.pdf", "5 pages")
	run(all, 0, 1, 2, "documents  4 = 1 ok + 0 partial + 0 failed + 3 skipped")
	if documents := datasetFiles(t, "out")["csv/documents.csv"]; strings.Count(documents, "\n") != 3 {
		t.Errorf("documents are\n%s", documents)
	}
	site.put("/b.pdf", "2 pages")
	run(all, 0, 1, 2, "4 = 1 ok")
	for name, content := range datasetFiles(t, "out") {
		if once[name] != content {
			t.Errorf("%s differs although the documents are what they were", name)
		}
	}
	run("gongkai convert "+server.URL+"/later.pdf -o out", exitAll, 0, 0, "the server answers 503 Service Unavailable; it asks to come back in 2h46m39s")
	site.put("/later.pdf", "7 pages")
	run("gongkai retry out", 0, 1, 0, "documents  1 = 1 ok")
	run("gongkai lines "+server.URL+"/a.pdf", 0, 1, 0, "")
}

func TestPasswordsInAddressesStayOut(t *testing.T) {
	t.Chdir(t.TempDir())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "clerk" || password != "geheim" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, "3 pages")
	}))
	defer server.Close()
	code, stderr := execute(t, "gongkai convert "+strings.Replace(server.URL, "://", "://clerk:geheim@", 1)+"/a.pdf -o out")
	if code != 0 || strings.Contains(stderr, "geheim") {
		t.Errorf("exit code %d\n%s", code, stderr)
	}
	for name, content := range allFiles(t, "out") {
		if strings.Contains(content, "geheim") {
			t.Errorf("%s tells the password", name)
		}
	}
}

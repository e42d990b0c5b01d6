package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// journal is a standard output that can be read while others write to it.
type journal struct {
	pause time.Duration // before each write
	mutex sync.Mutex
	text  bytes.Buffer
}

func (j *journal) Write(text []byte) (int, error) {
	time.Sleep(j.pause)
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.text.Write(text)
}

// lines gives what was written so far, each line decoded.
func (j *journal) lines(t *testing.T) []map[string]any {
	t.Helper()
	j.mutex.Lock()
	defer j.mutex.Unlock()
	var lines []map[string]any
	for text := range strings.Lines(j.text.String()) {
		var line map[string]any
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatalf("%q is not one JSON object: %v", text, err)
		}
		lines = append(lines, line)
	}
	return lines
}

// requests gives the lines of requests only.
func (j *journal) requests(t *testing.T) []map[string]any {
	t.Helper()
	var requests []map[string]any
	for _, line := range j.lines(t) {
		if line["status"] != nil {
			requests = append(requests, line)
		}
	}
	return requests
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// A line holds every promised field under its promised name, in seconds and UTC, and not the query.
func TestRequestLineHoldsEveryField(t *testing.T) {
	var out journal
	at := time.Date(2030, 1, 2, 4, 4, 5, 6000, time.FixedZone("", 3600))
	r := &http.Request{
		Method: "GET", URL: &url.URL{Path: "/a&b", RawQuery: "key=secret"}, RemoteAddr: "[::1]:4711",
		Header: http.Header{"X-Request-Id": {"r1"}, "Traceparent": {"00-t-1"}, "X-B3-Traceid": {"b3"}},
	}
	newLogger(&out, config{version: "200", pod: "p"}).request(r, 504, at, 1500*time.Millisecond)
	want := `{"time":"2030-01-02T03:04:05.000006Z","method":"GET","path":"/a&b","status":504,"duration":1.5,"version":"200",` +
		`"pod":"p","client":"::1","request_id":"r1","traceparent":"00-t-1","b3_traceid":"b3"}` + "\n"
	if got := out.text.String(); got != want {
		t.Errorf("got  %s want %s", got, want)
	}
}

// Headers that did not arrive leave no empty fields behind.
func TestRequestLineLeavesOutWhatDidNotArrive(t *testing.T) {
	var out journal
	newLogger(&out, config{}).request(&http.Request{URL: &url.URL{}, RemoteAddr: "pipe"}, 200, time.Now(), 0)
	line := out.lines(t)[0]
	for _, name := range []string{"request_id", "traceparent", "b3_traceid"} {
		if _, there := line[name]; there {
			t.Errorf("%s is there", name)
		}
	}
	if line["client"] != "pipe" {
		t.Errorf("an address without port became %q", line["client"])
	}
}

// Lines written at the same time do not mix.
func TestLinesStayWhole(t *testing.T) {
	var out journal
	log := newLogger(&out, config{version: "200", pod: "p"})
	var all sync.WaitGroup
	for range 8 {
		all.Add(1)
		go func() {
			defer all.Done()
			for range 50 {
				log.event("tick", "x")
			}
		}()
	}
	all.Wait()
	if got := len(out.lines(t)); got != 400 {
		t.Errorf("%d lines, want 400", got)
	}
}

// A standard output that takes nothing more does not stop the service.
func TestLoggerOutlivesItsOutput(t *testing.T) {
	if n, err := newLogger(fullDisk{}, config{}).Write([]byte("broken connection\n")); n != 18 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
}

// clip cuts between runes and replaces what is not UTF-8.
func TestClip(t *testing.T) {
	cases := map[string]struct {
		text  string
		limit int
		want  string
	}{
		"short enough":  {"abc", 3, "abc"},
		"one too many":  {"abcd", 3, "abc"},
		"within a rune": {"aéé", 4, "aé"},
		"not UTF-8":     {"a\xff\xfeb", 9, "a?b"},
		"no room":       {"é", 0, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := clip(c.text, c.limit); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Whatever a client sends, its line is one bounded line of valid JSON, and short values come back as they were.
func FuzzRequestLine(f *testing.F) {
	f.Add("GET", "/a", "10.0.0.1:80", "id", "00-trace-1", "b3")
	f.Add("", "", "", "", "", "")
	f.Add("G\nT", "/\u2028\x00\"\\", "[::1", "\xff\xfe", "}\n{\"status\":200}", strings.Repeat("é", 4000))
	f.Fuzz(func(t *testing.T, method, path, remote, id, trace, b3 string) {
		var out bytes.Buffer
		header := http.Header{"X-Request-Id": {id}, "Traceparent": {trace}, "X-B3-Traceid": {b3}}
		r := &http.Request{Method: method, URL: &url.URL{Path: path}, RemoteAddr: "10.0.0.1:1", Header: header}
		newLogger(&out, config{version: "200", pod: "p"}).request(r, 200, time.Now(), time.Second)
		if text := out.Bytes(); bytes.Count(text, []byte("\n")) != 1 || !utf8.Valid(text) || len(text) > 16384 {
			t.Fatalf("not one bounded line: %q", text)
		}
		var line requestLine
		if err := json.Unmarshal(out.Bytes(), &line); err != nil {
			t.Fatalf("%q: %v", out.Bytes(), err)
		}
		if line.Status != 200 || line.Version != "200" {
			t.Errorf("the client changed fields of ours: %+v", line)
		}
		if utf8.ValidString(id) && len(id) <= maxNameBytes && line.RequestID != id {
			t.Errorf("request id %q became %q", id, line.RequestID)
		}
		_ = clientAddress(remote)
	})
}

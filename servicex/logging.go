package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	// What a client can put into one log line is bounded, so that one line stays one write to a pipe.
	maxPathBytes = 1024
	maxNameBytes = 128
)

// requestLine is one answered, or cancelled, request. Its JSON names are a contract with those who read the logs.
type requestLine struct {
	Time      string  `json:"time"` // RFC 3339, UTC, when the request arrived
	Method    string  `json:"method"`
	Path      string  `json:"path"` // decoded, without the query, which may hold secrets
	Status    int     `json:"status"`
	Duration  float64 `json:"duration"` // seconds
	Version   string  `json:"version"`
	Pod       string  `json:"pod"`
	Client    string  `json:"client"` // address of the peer: the sidecar's in a mesh
	RequestID string  `json:"request_id,omitempty"`
	Trace     string  `json:"traceparent,omitempty"`
	B3Trace   string  `json:"b3_traceid,omitempty"`
}

// eventLine is a step in the life of the process. It has no status, by which it is told from a request.
type eventLine struct {
	Time    string `json:"time"`
	Event   string `json:"event"`
	Detail  string `json:"detail,omitempty"`
	Version string `json:"version"`
	Pod     string `json:"pod"`
}

// logger writes one JSON object a line. It may be used from many goroutines.
type logger struct {
	mutex   sync.Mutex
	out     io.Writer
	version string
	pod     string
}

func newLogger(out io.Writer, cfg config) *logger {
	return &logger{out: out, version: cfg.version, pod: cfg.pod}
}

func (l *logger) request(r *http.Request, status int, start time.Time, took time.Duration) {
	l.write(requestLine{
		Time:      timestamp(start),
		Method:    clip(r.Method, maxNameBytes),
		Path:      clip(r.URL.Path, maxPathBytes),
		Status:    status,
		Duration:  took.Seconds(),
		Version:   l.version,
		Pod:       l.pod,
		Client:    clientAddress(r.RemoteAddr),
		RequestID: clip(r.Header.Get("x-request-id"), maxNameBytes),
		Trace:     clip(r.Header.Get("traceparent"), maxNameBytes),
		B3Trace:   clip(r.Header.Get("x-b3-traceid"), maxNameBytes),
	})
}

func (l *logger) event(event, detail string) {
	l.write(eventLine{Time: timestamp(time.Now()), Event: event, Detail: detail, Version: l.version, Pod: l.pod})
}

// Write takes what net/http itself has to say, such as a broken connection, as an event.
func (l *logger) Write(text []byte) (int, error) {
	l.event("http", clip(strings.TrimSpace(string(text)), maxPathBytes))
	return len(text), nil
}

func (l *logger) write(line any) {
	text := encode(line)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	// A request is worth more than its line: with standard output gone we go on serving.
	_, _ = l.out.Write(text)
}

// encode gives one line of JSON that ends in a newline. Paths stay readable: & is not written as an escape.
func encode(value any) []byte {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err) // only strings, whole numbers and finite floats are handed in
	}
	return buffer.Bytes()
}

// clip shortens text to at most limit bytes, never within a rune, and makes it valid UTF-8.
func clip(text string, limit int) string {
	text = strings.ToValidUTF8(text, "?")
	if len(text) <= limit {
		return text
	}
	for !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}

func clientAddress(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return remote
	}
	return host
}

func timestamp(at time.Time) string {
	return at.UTC().Format("2006-01-02T15:04:05.000000Z")
}

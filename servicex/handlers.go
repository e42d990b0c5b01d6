package main

import (
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	headerVersion = "x-servicex-version"
	headerPod     = "x-servicex-pod"
	healthPath    = "/healthz"

	// The status by which nginx, and after it everybody, logs that the client went away before the answer.
	statusClientClosed = 499

	maxBodyBytes   = 1 << 20
	maxEchoHeaders = 64
	maxEchoBytes   = 256
	redacted       = "(redacted)"
)

// answer is the JSON body of every answer but the probe's.
type answer struct {
	Version string `json:"version"`
	Pod     string `json:"pod"`
	Method  string `json:"method"`
	Host    string `json:"host"`
	Path    string `json:"path"`
	Status  int    `json:"status"`
	// Headers are those that arrived, names in lower case, several values joined by ", ". At most 64, the first by name,
	// each value at most 256 bytes.
	Headers map[string]string `json:"headers"`
	// HeadersLeftOut counts what the limit of 64 kept out.
	HeadersLeftOut int `json:"headers_left_out,omitempty"`
}

// service answers every path alike, so that any route or rewrite in front of it can be tried; only /healthz is its own.
type service struct {
	config
	log     *logger
	running sync.RWMutex // held for reading by each request: whoever gets it for writing knows that all have ended
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(headerVersion, s.version)
	w.Header().Set(headerPod, s.pod)
	// Probes come every few seconds from each node: they would drown the lines that matter, so they are not logged.
	if r.URL.Path == healthPath {
		_, _ = io.WriteString(w, "ok\n")
		return
	}
	s.running.RLock()
	defer s.running.RUnlock()
	start := time.Now()
	status := s.status(w, r)
	if status != statusClientClosed {
		s.reply(w, r, status)
	}
	s.log.request(r, status, start, time.Since(start))
	if status == statusClientClosed {
		// Returning would send an empty 200 to a client that only closed its sending side.
		panic(http.ErrAbortHandler)
	}
}

// status waits when told to and gives the status to answer with, 499 when nobody is left to answer.
func (s *service) status(w http.ResponseWriter, r *http.Request) int {
	if status := s.discardBody(w, r); status != http.StatusOK {
		return status
	}
	if !s.fails {
		return http.StatusOK
	}
	timer := time.NewTimer(s.delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return http.StatusGatewayTimeout
	case <-r.Context().Done():
		return statusClientClosed
	}
}

// discardBody reads the body to its end, because net/http notices that a client went away only once the body is read.
func (s *service) discardBody(w http.ResponseWriter, r *http.Request) int {
	if r.Body == nil || r.Body == http.NoBody {
		return http.StatusOK
	}
	_, err := io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, maxBodyBytes))
	var tooLarge *http.MaxBytesError
	var broken net.Error
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.As(err, &broken) && broken.Timeout():
		return http.StatusRequestTimeout
	case errors.As(err, &broken) || errors.Is(err, io.ErrUnexpectedEOF):
		return statusClientClosed
	case err != nil:
		return http.StatusBadRequest
	}
	return http.StatusOK
}

func (s *service) reply(w http.ResponseWriter, r *http.Request, status int) {
	headers, leftOut := echoHeaders(r.Header)
	w.Header().Set("content-type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(encode(answer{
		Version:        s.version,
		Pod:            s.pod,
		Method:         clip(r.Method, maxNameBytes),
		Host:           clip(r.Host, maxEchoBytes),
		Path:           clip(r.URL.Path, maxPathBytes),
		Status:         status,
		Headers:        headers,
		HeadersLeftOut: leftOut,
	}))
}

// echoHeaders gives the first headers by name, shortened, and the number left out. That credentials arrived is shown,
// what they are is not: answers end up in reports.
func echoHeaders(header http.Header) (map[string]string, int) {
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	kept := names[:min(len(names), maxEchoHeaders)]
	echo := make(map[string]string, len(kept))
	for _, name := range kept {
		value := clip(strings.Join(header[name], ", "), maxEchoBytes)
		switch name {
		case "Authorization", "Cookie", "Proxy-Authorization":
			value = redacted
		}
		echo[clip(strings.ToLower(name), maxNameBytes)] = value
	}
	return echo, len(names) - len(kept)
}

package main

import (
	"context"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// serving runs serve until stop is called; result then has what it returned.
func serving(t *testing.T, cfg config) (address string, out *journal, stop func(), result <-chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	// A slow output: who does not wait for a line misses it.
	out = &journal{pause: 50 * time.Millisecond}
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, cfg, listener, newLogger(out, cfg)) }()
	return listener.Addr().String(), out, cancel, ended
}

func events(t *testing.T, out *journal) string {
	t.Helper()
	var names []string
	for _, line := range out.lines(t) {
		if event, is := line["event"].(string); is {
			names = append(names, event)
		}
	}
	return strings.Join(names, " ")
}

// inHandler sends a request and gives control back once the handler has it: 100 Continue comes when the body is read.
func inHandler(t *testing.T, address string) <-chan int {
	t.Helper()
	reached := make(chan struct{})
	request, err := http.NewRequest("POST", "http://"+address, &signalReader{reached: reached, text: strings.NewReader("x")})
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Expect", "100-continue")
	statuses := make(chan int, 1)
	go func() {
		transport := &http.Transport{ExpectContinueTimeout: time.Hour}
		defer transport.CloseIdleConnections()
		response, err := transport.RoundTrip(request)
		if err != nil {
			statuses <- 0
			return
		}
		_ = response.Body.Close()
		statuses <- response.StatusCode
	}()
	<-reached
	return statuses
}

// signalReader tells when it is first read.
type signalReader struct {
	reached chan struct{}
	text    *strings.Reader
}

func (s *signalReader) Read(into []byte) (int, error) {
	if s.reached != nil {
		close(s.reached)
		s.reached = nil
	}
	return s.text.Read(into)
}

// After the signal a request that waits still gets its 504, new connections are refused, and the end is a clean one.
func TestDrainFinishesWhatWaits(t *testing.T) {
	address, out, stop, result := serving(t, config{fails: true, delay: 300 * time.Millisecond, drain: time.Minute})
	status := inHandler(t, address)
	stop()
	until(t, "a closed port", func() bool {
		connection, err := net.Dial("tcp", address)
		if err == nil {
			_ = connection.Close()
		}
		return err != nil
	})
	if got := <-status; got != 504 {
		t.Errorf("the waiting request got %d", got)
	}
	if err := <-result; err != nil {
		t.Errorf("ended with %v", err)
	}
	if got := events(t, out); got != "listening draining drained" {
		t.Errorf("events: %s", got)
	}
}

// What outlasts the time to drain is cut off, still logged, and said in an error that names the remedy.
func TestDrainEndsInTime(t *testing.T) {
	address, out, stop, result := serving(t, config{fails: true, delay: maxDuration, drain: 50 * time.Millisecond})
	status := inHandler(t, address)
	stop()
	if err := <-result; err == nil || !strings.Contains(err.Error(), "50ms") || !strings.Contains(err.Error(), "drain") {
		t.Errorf("ended with %v", err)
	}
	if got := <-status; got != 0 {
		t.Errorf("the request was answered %d", got)
	}
	if lines := out.requests(t); len(lines) != 1 || lines[0]["status"] != float64(499) {
		t.Errorf("logged %v", lines)
	}
}

// A listener that breaks ends the service with an error, not in silence.
func TestBrokenListenerIsAnError(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	if err := serve(context.Background(), config{}, listener, newLogger(&journal{}, config{})); err == nil {
		t.Error("ended without an error")
	}
}

// Headers beyond the limit are refused by the server before they reach an answer.
func TestHeadersAreLimited(t *testing.T) {
	server, out := started(t, config{}, time.Minute)
	request, err := http.NewRequest("GET", server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("x-long", strings.Repeat("x", maxHeaderBytes+8192))
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != 431 || len(out.requests(t)) != 0 {
		t.Errorf("got %d, log %v", response.StatusCode, out.requests(t))
	}
}

// No server limit ends an answer that is allowed to wait.
func TestTimeoutsLeaveRoomForTheDelay(t *testing.T) {
	server := newServer(&service{config: config{delay: maxDuration}})
	if server.WriteTimeout <= maxDuration+server.ReadTimeout || server.ReadTimeout <= 0 || server.ReadHeaderTimeout <= 0 {
		t.Errorf("write %v, read %v, headers %v", server.WriteTimeout, server.ReadTimeout, server.ReadHeaderTimeout)
	}
}

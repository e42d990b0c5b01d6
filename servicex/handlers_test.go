package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// started serves cfg on a loopback port of its own for the length of the test.
func started(t *testing.T, cfg config, readTimeout time.Duration) (*httptest.Server, *journal) {
	t.Helper()
	var out journal
	server := httptest.NewUnstartedServer(nil)
	server.Config = newServer(&service{config: cfg, log: newLogger(&out, cfg)})
	server.Config.ReadTimeout = readTimeout
	server.Start()
	t.Cleanup(server.Close)
	return server, &out
}

func body(t *testing.T, response *http.Response) answer {
	t.Helper()
	defer func() { _ = response.Body.Close() }()
	var got answer
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	return got
}

// until waits for what another goroutine is about to do; it gives up only where a correct service would never get.
func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never came: %s", what)
		}
	}
}

// Status, headers, body and log line agree on what was answered and by whom, on every path and method.
func TestAnswerSaysWhoGaveIt(t *testing.T) {
	healthy := config{version: "200", pod: "pod-1"}
	failing := config{version: "504", pod: "pod-2", fails: true, delay: time.Millisecond}
	cases := map[string]struct {
		cfg          config
		method, path string
		status       int
	}{
		"healthy":                {healthy, "GET", "/", 200},
		"failing":                {failing, "GET", "/", 504},
		"healthy post":           {healthy, "POST", "/shop/cart", 200},
		"failing post":           {failing, "POST", "/shop/cart", 504},
		"a path not clean":       {healthy, "GET", "/a//../b", 200},
		"below the probe's path": {failing, "GET", "/healthz/x", 504},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			server, out := started(t, c.cfg, time.Minute)
			request, err := http.NewRequest(c.method, server.URL+c.path, strings.NewReader("text"))
			if err != nil {
				t.Fatal(err)
			}
			request.Host = "a.mesh.test"
			request.Header.Set("X-Tester", "yes")
			response, err := server.Client().Do(request)
			if err != nil {
				t.Fatal(err)
			}
			got := body(t, response)
			if response.StatusCode != c.status || response.Header.Get(headerVersion) != c.cfg.version ||
				response.Header.Get(headerPod) != c.cfg.pod || response.Header.Get("content-type") != "application/json" {
				t.Errorf("status %d, headers %v", response.StatusCode, response.Header)
			}
			if got.Status != c.status || got.Version != c.cfg.version || got.Pod != c.cfg.pod || got.Path != c.path ||
				got.Method != c.method || got.Host != "a.mesh.test" || got.Headers["x-tester"] != "yes" {
				t.Errorf("body %+v", got)
			}
			lines := out.requests(t)
			if len(lines) != 1 || lines[0]["status"] != float64(c.status) || lines[0]["path"] != c.path {
				t.Errorf("log %v", lines)
			}
		})
	}
}

// The probe is answered at once and unlogged, also by a version that fails.
func TestProbeIsQuick(t *testing.T) {
	server, out := started(t, config{version: "504", pod: "p", fails: true, delay: maxDuration}, time.Minute)
	response, err := server.Client().Get(server.URL + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if response.StatusCode != 200 || string(text) != "ok\n" || response.Header.Get(headerVersion) != "504" {
		t.Errorf("got %d %q %v", response.StatusCode, text, response.Header)
	}
	if lines := out.lines(t); len(lines) != 0 {
		t.Errorf("logged %v", lines)
	}
}

// A failing version waits at least its delay, also where that is longer than a request may take to arrive.
func TestFailureWaits(t *testing.T) {
	delay := 150 * time.Millisecond
	server, out := started(t, config{fails: true, delay: delay}, 50*time.Millisecond)
	start := time.Now()
	response, err := server.Client().Post(server.URL, "text/plain", strings.NewReader("text"))
	if err != nil {
		t.Fatal(err)
	}
	if got := body(t, response); got.Status != 504 {
		t.Errorf("got %+v", got)
	}
	if took := time.Since(start); took < delay {
		t.Errorf("answered after %v", took)
	}
	if logged := out.requests(t)[0]["duration"].(float64); logged < delay.Seconds() {
		t.Errorf("logged %v s", logged)
	}
}

// A request given up stops waiting and is logged as 499, with or without a body.
func TestCancelledRequestStopsWaiting(t *testing.T) {
	for name, method := range map[string]string{"without a body": "GET", "with a body": "POST"} {
		t.Run(name, func(t *testing.T) {
			cfg := config{fails: true, delay: maxDuration}
			server, out := started(t, cfg, time.Minute)
			ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
			defer cancel()
			var text io.Reader
			if method == "POST" {
				text = strings.NewReader("text")
			}
			request, err := http.NewRequestWithContext(ctx, method, server.URL, text)
			if err != nil {
				t.Fatal(err)
			}
			if response, err := server.Client().Do(request); err == nil {
				t.Fatalf("answered %d", response.StatusCode)
			}
			until(t, "a line with status 499", func() bool { return len(out.requests(t)) == 1 })
			if got := out.requests(t)[0]["status"]; got != float64(499) {
				t.Errorf("logged %v", got)
			}
		})
	}
}

// A client that closes only its sending side has gone for net/http: it gets no answer at all, above all not a 200.
func TestHalfClosedClientGetsNoAnswer(t *testing.T) {
	server, out := started(t, config{fails: true, delay: maxDuration}, time.Minute)
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	if _, err := io.WriteString(connection, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if err := connection.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if text, _ := io.ReadAll(connection); len(text) > 0 {
		t.Errorf("got %q", text)
	}
	if lines := out.requests(t); len(lines) != 1 || lines[0]["status"] != float64(499) {
		t.Errorf("logged %v", lines)
	}
}

// A body too large, too slow, malformed or broken off is told apart; none of them reaches the answer 200.
func TestBodiesRefused(t *testing.T) {
	cases := map[string]struct {
		head, body string
		hangUp     bool
		status     int
	}{
		"too large":  {fmt.Sprintf("Content-Length: %d", maxBodyBytes+1), strings.Repeat("x", maxBodyBytes+1), false, 413},
		"too slow":   {"Content-Length: 9", "x", false, 408},
		"malformed":  {"Transfer-Encoding: chunked", "no size\r\n", false, 400},
		"broken off": {"Content-Length: 9", "x", true, 499},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			server, out := started(t, config{}, 100*time.Millisecond)
			connection, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = connection.Close() }()
			if _, err := fmt.Fprintf(connection, "POST / HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n%s", c.head, c.body); err != nil {
				t.Fatal(err)
			}
			if c.hangUp {
				_ = connection.Close()
			} else if response, err := http.ReadResponse(bufio.NewReader(connection), nil); err != nil {
				t.Error(err)
			} else if got := body(t, response); got.Status != c.status || response.StatusCode != c.status {
				t.Errorf("answered %d, %+v", response.StatusCode, got)
			}
			until(t, "a line", func() bool { return len(out.requests(t)) == 1 })
			if got := out.requests(t)[0]["status"]; got != float64(c.status) {
				t.Errorf("logged %v", got)
			}
		})
	}
}

// The echo is bounded in number and size, says what it left out, and shows that credentials came but not which.
func TestEchoIsBoundedAndDiscreet(t *testing.T) {
	header := http.Header{
		"Authorization": {"Bearer secret"}, "Cookie": {"secret"}, "Accept": {"a", "b"}, "Long": {strings.Repeat("é", 300)},
	}
	for i := range 100 {
		header.Set(fmt.Sprintf("x-%03d", i), "v")
	}
	echo, leftOut := echoHeaders(header)
	if len(echo) != maxEchoHeaders || leftOut != 104-maxEchoHeaders {
		t.Errorf("%d echoed, %d left out", len(echo), leftOut)
	}
	want := map[string]string{
		"authorization": redacted, "cookie": redacted, "accept": "a, b", "long": strings.Repeat("é", maxEchoBytes/2), "x-000": "v",
	}
	for name, value := range want {
		if echo[name] != value {
			t.Errorf("%s is %q, want %q", name, echo[name], value)
		}
	}
}

// Whatever headers arrive, the echo stays within its limits and never shows a credential.
func FuzzEchoHeaders(f *testing.F) {
	f.Add("X-Tester", "yes", "no", uint8(0))
	f.Add("Authorization", "Bearer secret", "", uint8(90))
	f.Add("\xff", "\xfe\n", strings.Repeat("é", 300), uint8(63))
	f.Fuzz(func(t *testing.T, name, first, second string, more uint8) {
		header := http.Header{}
		for i := range int(more) {
			header.Set(fmt.Sprintf("X-More-%d", i), "v")
		}
		header.Add(name, first)
		header.Add(name, second)
		echo, leftOut := echoHeaders(header)
		if len(echo) > maxEchoHeaders || len(echo)+leftOut > len(header) || leftOut < 0 {
			t.Errorf("%d echoed, %d left out, %d arrived", len(echo), leftOut, len(header))
		}
		for name, value := range echo {
			if len(name) > maxNameBytes || len(value) > maxEchoBytes || !utf8.ValidString(name+value) {
				t.Errorf("%q: %q is not bounded", name, value)
			}
			if (name == "authorization" || name == "cookie") && value != redacted {
				t.Errorf("%s shows %q", name, value)
			}
		}
	})
}

// BenchmarkAnswer measures one answer without the network, with the headers a mesh adds.
func BenchmarkAnswer(b *testing.B) {
	cfg := config{version: "200", pod: "servicex-200-5d8f"}
	handler := &service{config: cfg, log: newLogger(io.Discard, cfg)}
	request := httptest.NewRequest("GET", "http://a.mesh.test/shop", nil)
	for _, name := range []string{"x-request-id", "x-forwarded-for", "x-forwarded-proto", "x-b3-traceid", "x-b3-spanid", "user-agent"} {
		request.Header.Set(name, "0af7651916cd43dd8448eb211c80319c")
	}
	b.ReportAllocs()
	for b.Loop() {
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, request)
		if recorder.Code != 200 {
			b.Fatal(recorder.Code)
		}
	}
}

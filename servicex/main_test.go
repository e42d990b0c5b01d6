package main

import (
	"context"
	"net"
	"strconv"
	"strings"
	"testing"
)

// What is wrong with the start is said before anything listens, in one line with the remedy.
func TestRunRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	port := strconv.Itoa(taken.Addr().(*net.TCPAddr).Port)

	cases := map[string]struct {
		args []string
		env  map[string]string
		says []string
	}{
		"an argument":  {[]string{"--port=1"}, nil, []string{`"--port=1"`, "environment variables"}},
		"a wrong wait": {nil, map[string]string{"delay": "5"}, []string{`delay is "5"`, "5s"}},
		"a port taken": {nil, map[string]string{"PORT": port}, []string{port, "in use", "set PORT"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var out journal
			err := run(context.Background(), c.args, environment(c.env), &out)
			if err == nil {
				t.Fatal("was taken")
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("%q does not say %q", err, part)
				}
			}
			if strings.Contains(err.Error(), "\n") || len(out.lines(t)) != 0 {
				t.Errorf("%q, log %v", err, out.lines(t))
			}
		})
	}
}

// With good settings it listens, says where, and a stop before the first request is a clean end.
func TestRunServesUntilStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	var out journal
	result := make(chan error, 1)
	go func() {
		env := map[string]string{"PORT": "0", "VERSION": "200", "POD_NAME": "pod-1"}
		result <- run(ctx, nil, environment(env), &out)
	}()
	until(t, "the line that it listens", func() bool { return events(t, &out) == "listening" })
	line := out.lines(t)[0]
	if line["version"] != "200" || line["pod"] != "pod-1" || line["detail"] == "" {
		t.Errorf("got %v", line)
	}
	stop()
	if err := <-result; err != nil {
		t.Errorf("ended with %v", err)
	}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"time"
)

const (
	headerTimeout = 10 * time.Second
	readTimeout   = 20 * time.Second // headers and body; net/http lifts it once the body is read, so a 504 may take longer
	writeTimeout  = 10 * time.Second // on top of the time to read and the wait before a 504

	// Longer than the hour after which Envoy closes an idle connection to us: were we to close first, a request already on
	// its way would be reset, and a caller would see a failure nobody declared.
	idleTimeout = 65 * time.Minute

	// Envoy passes on up to 60 KiB of headers.
	maxHeaderBytes = 64 << 10
)

// serve answers on listener until ctx ends, then stops accepting and lets what runs finish, also requests that wait for
// their 504. An error means that the listener failed or that requests were cut off after the time to drain.
func serve(ctx context.Context, cfg config, listener net.Listener, lines *logger) error {
	handler := &service{config: cfg, log: lines}
	server := newServer(handler)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	lines.event("listening", listener.Addr().String())

	select {
	case err := <-failed:
		return fmt.Errorf("serving on %s ended: %w", listener.Addr(), err)
	case <-ctx.Done():
	}

	lines.event("draining", "at most "+cfg.drain.String())
	// Not a child of ctx, which has ended already.
	limit, cancel := context.WithTimeout(context.Background(), cfg.drain)
	defer cancel()
	if err := server.Shutdown(limit); err != nil {
		_ = server.Close()
		handler.running.Lock() // those cut off still write their line
		if errors.Is(err, context.DeadlineExceeded) {
			return fmt.Errorf("requests still ran %s after the signal to stop and were cut off: "+
				"set the environment variable drain to more than the longest answer takes", cfg.drain)
		}
		return fmt.Errorf("stopping the server failed: %w", err)
	}
	lines.event("drained", "")
	return nil
}

func newServer(handler *service) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      handler.delay + readTimeout + writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          log.New(handler.log, "", 0),
	}
}

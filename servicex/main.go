// Command servicex is the service the mesh is tried with. It answers 200, or, told to fail, waits and answers 504; every
// answer says which version and which pod gave it. Settings come from the environment only: see loadConfig.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"strconv"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	// With the handler gone a second signal ends the process at once, for whoever cannot wait for the drain.
	context.AfterFunc(ctx, stop)
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "servicex:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends, then drains. It returns nil when every request it had accepted was finished, and otherwise
// an error fit to be shown as it is. Nothing listens before the arguments and the environment are found valid.
func run(ctx context.Context, args []string, getenv func(string) string, stdout io.Writer) error {
	if len(args) > 0 {
		return fmt.Errorf("the argument %q is not understood: servicex takes none; "+
			"set the environment variables PORT, VERSION, POD_NAME, error, delay and drain instead", args[0])
	}
	cfg, err := loadConfig(getenv, os.Hostname)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", ":"+strconv.Itoa(cfg.port))
	if err != nil {
		return fmt.Errorf("cannot listen on port %d: %w; end what holds the port or set PORT to another one", cfg.port, err)
	}
	return serve(ctx, cfg, listener, newLogger(stdout, cfg))
}

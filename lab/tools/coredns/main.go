// Command coredns serves the cluster's names with the few plugins a lab needs.
// The stock main links every cloud provider's SDK, which doubles the build.
package main

import (
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/loop"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/reload"

	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
)

// CoreDNS runs plugins in this order, whatever the Corefile's order is.
func init() {
	dnsserver.Directives = []string{
		"reload", "errors", "health", "ready", "cache", "loop", "kubernetes",
	}
}

func main() {
	coremain.Run()
}

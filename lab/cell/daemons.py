"""The daemons of a cell: command lines, what each waits for, what restarts with what. A pure function."""

from collections.abc import Mapping
from dataclasses import dataclass

from lab.cell.files import CONTAINERD, PKI
from lab.cell.layout import API_PORT, POD_CIDR, SERVICE_CIDR, Layout

# Where the binaries handed in are mounted inside, and the names a cell cannot do without.
TOOLS = "/opt/lab/bin"
BINARIES = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy", "coredns")
PATH = f"{TOOLS}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
ETCD = "127.0.0.1:2379"
# CoreDNS may list nothing before its role is bound, and would then retry ever more slowly.
DNS_BINDING = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/system:coredns"
API_SERVER = "kube-apiserver"


@dataclass(frozen=True, kw_only=True)
class Daemon:
    """One supervised process.

    `after` lists what must answer before it starts: "unix PATH" and "tcp HOST:PORT", sockets, or "api PATH", a GET on
    the API server that must give 200. `restarts_with` names the daemons whose end is the end of this one too.
    """

    name: str
    argv: tuple[str, ...]
    after: tuple[str, ...] = ()
    restarts_with: tuple[str, ...] = ()


def daemons(layout: Layout) -> tuple[Daemon, ...]:
    """All daemons of the cell, those that others wait for first."""
    node = f"api /api/v1/nodes/{layout.node}"
    return (
        Daemon(name="etcd", argv=("etcd", *_etcd())),
        # It would retry a refused connection only a second later.
        Daemon(name=API_SERVER, argv=(API_SERVER, *_api_server(layout)), after=(f"tcp {ETCD}",)),
        Daemon(name="containerd", argv=("containerd", "--config=/etc/containerd/config.toml")),
        Daemon(name="registry", argv=("docker-registry", "serve", "/etc/registry/config.yml")),
        # After several losses of the API server these three come back 50 to 110 s late unless they start anew with it.
        _client("kubelet", _kubelet(layout), f"unix {CONTAINERD}", "api /version"),
        _client("kube-controller-manager", _controller_manager(), "api /readyz"),
        _client("kube-scheduler", _scheduler(), "api /readyz"),
        Daemon(name="kube-proxy", argv=("kube-proxy", *_proxy(layout)), after=("api /readyz", node)),
        Daemon(name="coredns", argv=("coredns", "-conf=/etc/coredns/Corefile"), after=(f"api {DNS_BINDING}",)),
    )


def environment() -> Mapping[str, str]:
    """What every daemon gets, and nothing of the caller's own environment: no proxies, no credentials."""
    return {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8"}


def _client(name: str, flags: tuple[str, ...], *after: str) -> Daemon:
    return Daemon(name=name, argv=(name, *flags), after=after, restarts_with=(API_SERVER,))


def _etcd() -> tuple[str, ...]:
    return (
        "--name=cell",
        "--data-dir=/var/lib/etcd",
        f"--listen-client-urls=http://{ETCD}",
        f"--advertise-client-urls=http://{ETCD}",
        "--listen-peer-urls=http://127.0.0.1:2380",
        "--initial-advertise-peer-urls=http://127.0.0.1:2380",
        "--initial-cluster=cell=http://127.0.0.1:2380",
        # One member elects itself; the default second of waiting for others is lost.
        "--heartbeat-interval=20",
        "--election-timeout=100",
        "--logger=zap",
        "--log-level=warn",
    )


def _api_server(layout: Layout) -> tuple[str, ...]:
    return (
        f"--advertise-address={layout.address}",
        f"--secure-port={API_PORT}",
        f"--etcd-servers=http://{ETCD}",
        "--allow-privileged=true",
        "--authorization-mode=Node,RBAC",
        "--enable-admission-plugins=NodeRestriction",
        "--profiling=false",
        f"--service-cluster-ip-range={SERVICE_CIDR}",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        f"--service-account-key-file={PKI}/sa.pub",
        f"--service-account-signing-key-file={PKI}/sa.key",
        f"--client-ca-file={PKI}/ca.crt",
        f"--tls-cert-file={PKI}/apiserver.crt",
        f"--tls-private-key-file={PKI}/apiserver.key",
        f"--kubelet-certificate-authority={PKI}/ca.crt",
        f"--kubelet-client-certificate={PKI}/apiserver-kubelet-client.crt",
        f"--kubelet-client-key={PKI}/apiserver-kubelet-client.key",
        # Otherwise logs and exec look up the node's name, which no name server knows.
        "--kubelet-preferred-address-types=InternalIP",
        f"--proxy-client-cert-file={PKI}/front-proxy-client.crt",
        f"--proxy-client-key-file={PKI}/front-proxy-client.key",
        f"--requestheader-client-ca-file={PKI}/ca.crt",
        # One CA signs both kinds of clients, so the name alone tells an aggregator from a user.
        "--requestheader-allowed-names=front-proxy-client",
        "--requestheader-username-headers=X-Remote-User",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    )


def _kubelet(layout: Layout) -> tuple[str, ...]:
    return (
        "--config=/etc/kubernetes/kubelet.yaml",
        "--kubeconfig=/etc/kubernetes/kubelet.conf",
        f"--hostname-override={layout.node}",
        f"--node-ip={layout.address}",
    )


def _controller_manager() -> tuple[str, ...]:
    return (
        "--kubeconfig=/etc/kubernetes/controller-manager.conf",
        "--authentication-kubeconfig=/etc/kubernetes/controller-manager.conf",
        "--authorization-kubeconfig=/etc/kubernetes/controller-manager.conf",
        "--bind-address=127.0.0.1",
        "--leader-elect=false",
        "--use-service-account-credentials=true",
        f"--service-account-private-key-file={PKI}/sa.key",
        f"--root-ca-file={PKI}/ca.crt",
        f"--cluster-signing-cert-file={PKI}/ca.crt",
        f"--cluster-signing-key-file={PKI}/ca.key",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
    )


def _scheduler() -> tuple[str, ...]:
    return (
        "--kubeconfig=/etc/kubernetes/scheduler.conf",
        "--authentication-kubeconfig=/etc/kubernetes/scheduler.conf",
        "--authorization-kubeconfig=/etc/kubernetes/scheduler.conf",
        "--bind-address=127.0.0.1",
        "--leader-elect=false",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
    )


def _proxy(layout: Layout) -> tuple[str, ...]:
    return (
        "--kubeconfig=/etc/kubernetes/proxy.conf",
        f"--hostname-override={layout.node}",
        "--proxy-mode=iptables",
        f"--cluster-cidr={POD_CIDR}",
        # The connection table's size belongs to the host.
        "--conntrack-max-per-core=0",
        "--conntrack-tcp-timeout-established=0",
        "--conntrack-tcp-timeout-close-wait=0",
        "--iptables-min-sync-period=100ms",
        "--oom-score-adj=0",
    )

"""What stands in a cell's /etc: a pure function from its layout to texts. Acting on them is `etc`'s."""

import hashlib
import json
from collections.abc import Mapping

import yaml

from lab.cell.layout import DOMAIN, POD_CIDR, SERVICE_DNS, Layout

# Every part that talks to the API server, with the certificate it shows.
CLIENTS = ("admin", "controller-manager", "scheduler", "kubelet", "proxy", "coredns")
PKI = "/etc/kubernetes/pki"
CONTAINERD = "/run/containerd/containerd.sock"
CNI_PLUGINS = "/usr/lib/cni"
# The store that is filled for later cells must not meet the one the cell runs on.
STORE = "/var/lib/containerd-store"
STORE_SOCKET = "/run/containerd-store/containerd.sock"


def files(layout: Layout, *, pause_image: str, registry_port: int) -> Mapping[str, str]:
    """Path below /etc -> text, for every file the cell's daemons read."""
    texts = {
        "hostname": f"{layout.node}\n",
        "machine-id": hashlib.sha256(str(layout.folder).encode()).hexdigest()[:32] + "\n",
        "hosts": f"127.0.0.1 localhost\n::1 localhost\n{layout.address} {layout.node}\n",
        # No name server: what the cell does not know it cannot look up outside.
        "resolv.conf": "",
        "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
        "passwd": "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
        "group": "root:x:0:\ntty:x:5:\nnogroup:x:65534:\n",
        "containerd/config.toml": _containerd(pause_image),
        "containerd/store.toml": _store(),
        "cni/net.d/10-pods.conflist": json.dumps(_cni(), indent=1),
        "registry/config.yml": yaml.safe_dump(_registry(registry_port)),
        "coredns/Corefile": _corefile(),
        "kubernetes/kubelet.yaml": yaml.safe_dump(_kubelet(layout)),
    }
    for client in CLIENTS:
        texts[f"kubernetes/{client}.conf"] = yaml.safe_dump(_kubeconfig(layout, client))
    return texts


def _kubeconfig(layout: Layout, client: str) -> Mapping[str, object]:
    user = {"client-certificate": f"{PKI}/{client}.crt", "client-key": f"{PKI}/{client}.key"}
    cluster = {"server": layout.server, "certificate-authority": f"{PKI}/ca.crt"}
    return kubeconfig(layout.node, cluster=cluster, user=user)


def kubeconfig(name: str, *, cluster: Mapping[str, str], user: Mapping[str, str]) -> Mapping[str, object]:
    """A kubeconfig of one cluster, one user and one context, all called `name`."""
    return {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": dict(cluster)}],
        "users": [{"name": name, "user": dict(user)}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        "current-context": name,
    }


def _containerd(pause_image: str) -> str:
    # Without CAP_SYS_RESOURCE runc cannot lower oom_score_adj and every sandbox fails: hence the restriction.
    return f"""version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
disabled_plugins = [{_UNUSED}]
[grpc]
address = "{CONTAINERD}"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "{pause_image}"
restrict_oom_score_adj = true
max_concurrent_downloads = 10
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "{CNI_PLUGINS}"
conf_dir = "/etc/cni/net.d"
[plugins."io.containerd.grpc.v1.cri".containerd]
snapshotter = "overlayfs"
default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false
"""


def _store() -> str:
    return f"""version = 2
root = "{STORE}"
state = "/run/containerd-store"
disabled_plugins = [{_UNUSED}, "io.containerd.grpc.v1.cri"]
[grpc]
address = "{STORE_SOCKET}"
"""


# Snapshotters of other file systems: each looks for its own and logs that it is not there.
_UNUSED = ", ".join(f'"io.containerd.snapshotter.v1.{name}"' for name in ("aufs", "btrfs", "devmapper", "zfs"))


def _cni() -> Mapping[str, object]:
    # Point to point, not a bridge: answers of a Service then always pass the node's NAT, without the br_netfilter module.
    plugin = {
        "type": "ptp",
        "ipMasq": False,
        "ipam": {"type": "host-local", "subnet": POD_CIDR, "routes": [{"dst": "0.0.0.0/0"}]},
    }
    return {"cniVersion": "0.4.0", "name": "pods", "plugins": [plugin]}


def _registry(port: int) -> Mapping[str, object]:
    storage = {
        "filesystem": {"rootdirectory": "/srv/registry"},
        "maintenance": {"readonly": {"enabled": True}},
    }
    return {
        "version": "0.1",
        "log": {"level": "warn"},
        "storage": storage,
        "http": {"addr": f"127.0.0.1:{port}"},
    }


def _corefile() -> str:
    return f""".:53 {{
  errors
  health 127.0.0.1:8080
  ready 127.0.0.1:8181
  kubernetes {DOMAIN} in-addr.arpa ip6.arpa {{
    kubeconfig /etc/kubernetes/coredns.conf
    ttl 5
  }}
  cache 5
}}
"""


def _kubelet(layout: Layout) -> Mapping[str, object]:
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": layout.address,
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": f"{PKI}/ca.crt"},
        },
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": f"{PKI}/kubelet.crt",
        "tlsPrivateKeyFile": f"{PKI}/kubelet.key",
        "containerRuntimeEndpoint": f"unix://{CONTAINERD}",
        "cgroupDriver": "cgroupfs",
        # Two kubelets on one root would kill each other's pods.
        "cgroupRoot": f"/{layout.node}",
        "enforceNodeAllocatable": [],
        "failCgroupV1": False,
        "failSwapOn": False,
        "oomScoreAdj": 0,
        "clusterDNS": [SERVICE_DNS],
        "clusterDomain": DOMAIN,
        "resolvConf": "",
        "makeIPTablesUtilChains": False,
        "volumePluginDir": "/var/lib/kubelet/volume-plugins",
        "serializeImagePulls": False,
        "registryPullQPS": 0,
        # The disk is the host's: a full one is for its owner to judge, not for a lab that deletes images and pods.
        "imageGCHighThresholdPercent": 100,
        "evictionHard": {"memory.available": "100Mi"},
        "kubeAPIQPS": 500,
        "kubeAPIBurst": 1000,
        "eventRecordQPS": 100,
        "eventBurst": 200,
        "maxPods": 200,
    }

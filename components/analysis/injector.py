"""What injects proxies: the webhooks, and what the injector's ConfigMap says it gives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import yaml

from components.analysis.declared import Declared
from components.analysis.injection import INJECTION, INJECTOR, REVISION, namespace_is_ambient
from components.analysis.policies import labels_of
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import SIDECAR, Workload, selects
from components.api.kubernetes.core import ConfigMap
from components.api.kubernetes.webhook import MutatingWebhookConfiguration, Webhook
from components.api.networking.proxy_config import ProxyConfig

__all__ = [
    "Hook",
    "ImageTypes",
    "has_image_auto",
    "injecting_hooks",
    "injection_webhooks",
    "injects_by_default",
    "is_asked",
    "proxy_images",
    "revisions_of",
    "says_nothing_of_injection",
]

CONTROL_PLANE = "istio-system"


def injection_webhooks(snapshot: Snapshot) -> tuple[Webhook, ...]:
    """The webhooks of Istio among the documents, of whatever revision."""
    return tuple(
        webhook
        for each in snapshot.of("MutatingWebhookConfiguration")
        if isinstance(each.document, MutatingWebhookConfiguration)
        for webhook in each.document.webhooks
        if (webhook.name or "").endswith("istio.io")
    )


def is_asked(webhook: Webhook, namespace: Mapping[str, str], labels: Mapping[str, str]) -> bool:
    """Whether the API server asks a webhook about an object with these labels in a namespace with those."""
    return (webhook.namespace_selector is None or selects(webhook.namespace_selector, namespace)) and (
        webhook.object_selector is None or selects(webhook.object_selector, labels)
    )


def has_image_auto(workload: Workload) -> bool:
    """Whether its proxy has the image that stands for the injector's."""
    spec = workload.spec
    if spec is None:
        return False
    return any(each.name == SIDECAR and each.image == "auto" for each in (*spec.containers, *spec.init_containers))


def injects_by_default(snapshot: Snapshot) -> bool:
    """Whether the injector injects where a namespace says nothing."""
    values = _values(snapshot).get(INJECTOR)
    webhook = values.get("sidecarInjectorWebhook") if isinstance(values, Mapping) else None
    return isinstance(webhook, Mapping) and webhook.get("enableNamespacesByDefault") is True


def says_nothing_of_injection(snapshot: Snapshot) -> Iterator[Declared[Any]]:
    """Namespaces with no label for injection or ambient mode, the control plane's apart."""
    for namespace in snapshot.namespaces.values():
        if namespace.name in (CONTROL_PLANE, snapshot.root_namespace) or namespace_is_ambient(namespace):
            continue
        if not namespace.labels.get(INJECTION) and REVISION not in namespace.labels:
            yield namespace


def proxy_images(snapshot: Snapshot) -> Mapping[str, str]:
    """The image of the proxy that each injector gives, by the name of its ConfigMap."""
    found = {}
    for name, values in _values(snapshot).items():
        said = values.get("global") if isinstance(values, Mapping) else None
        proxy = said.get("proxy") if isinstance(said, Mapping) else None
        image = proxy.get("image") if isinstance(proxy, Mapping) else None
        if isinstance(said, Mapping) and isinstance(image, str) and image:
            found[name] = image if "/" in image else f"{said.get('hub')}/{image}:{said.get('tag')}"
    return found


class ImageTypes:
    """Which variant of the image (distroless, debug) a pod's proxy has: of the mesh, of ProxyConfigs, of the pod."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._root = snapshot.mesh_config.default_config.image.get("imageType")
        self._namespaces: dict[str, str] = {}
        self._selective: dict[str, list[ProxyConfig]] = {}
        for each in snapshot.of("ProxyConfig", ProxyConfig):
            spec: ProxyConfig = each.spec
            kind = _type(spec)
            if not kind:
                continue
            if each.namespace == snapshot.root_namespace:
                self._root = kind
            elif labels_of(spec):
                self._selective.setdefault(each.namespace, []).append(spec)
            else:
                self._namespaces[each.namespace] = kind

    def of(self, workload: Workload) -> str:
        """The variant; "" for the plain image."""
        kind: object = self._namespaces.get(workload.namespace, self._root)
        for spec in self._selective.get(workload.namespace, ()):
            if labels_of(spec).items() <= workload.labels.items():
                kind = _type(spec)
        kind = _said_by_pod(workload) or kind
        return kind if isinstance(kind, str) and kind != "default" else ""


def _type(spec: ProxyConfig) -> str | None:
    return spec.image.image_type if spec.image is not None else None


def _said_by_pod(workload: Workload) -> object:
    text = workload.annotations.get("proxy.istio.io/config")
    if text is None:
        return None
    try:
        read = yaml.load(text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    image = read.get("image") if isinstance(read, Mapping) else None
    return image.get("imageType") if isinstance(image, Mapping) else None


def _values(snapshot: Snapshot) -> Mapping[str, Any]:
    """What the ConfigMaps of injectors hold, by name."""
    found = {}
    for each in snapshot.of("ConfigMap"):
        if each.name.startswith(INJECTOR) and isinstance(each.document, ConfigMap):
            try:
                found[each.name] = json.loads(each.document.data.get("values", ""))
            except (ValueError, RecursionError):
                continue
    return found


class Hook(NamedTuple):
    """A webhook of a configuration that injects."""

    declared: Declared[Any]
    place: int
    webhook: Webhook

    @property
    def full_name(self) -> str:
        """The configuration and the webhook."""
        return f"{self.declared.name}/{self.webhook.name}"


def injecting_hooks(snapshot: Snapshot) -> tuple[Hook, ...]:
    """All webhooks of configurations that are Istio's: one of their webhooks is named so, or they have a revision."""
    found: list[Hook] = []
    for each in snapshot.of("MutatingWebhookConfiguration"):
        if isinstance(each.document, MutatingWebhookConfiguration):
            hooks = [Hook(each, index, webhook) for index, webhook in enumerate(each.document.webhooks)]
            if any((hook.webhook.name or "").endswith("istio.io") for hook in hooks) or revisions_of(hooks):
                found += hooks
    return tuple(found)


def revisions_of(hooks: Iterable[Hook]) -> tuple[str, ...]:
    """The revisions that configurations and their selectors name."""
    found: set[str] = set()
    for hook in hooks:
        found |= {value for key, value in hook.declared.labels.items() if key == REVISION}
        for selector in (hook.webhook.namespace_selector, hook.webhook.object_selector):
            if selector is not None:
                found |= {value for key, value in selector.match_labels.items() if key == REVISION}
                found |= {value for each in selector.match_expressions if each.key == REVISION for value in each.values}
    return tuple(sorted(found))

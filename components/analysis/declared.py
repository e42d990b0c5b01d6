"""One object of a set of documents, as the checks see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from components.analysis.finding import Finding, Severity
from components.analysis.reading.source import Source
from components.api import JSON, Document, ObjectMeta, Resource

__all__ = ["DEFAULT_NAMESPACE", "Declared"]

Spec = TypeVar("Spec", covariant=True)

DEFAULT_NAMESPACE = "default"
"""Where a document without a namespace is taken to be applied, as kubectl and istioctl do."""
CLUSTER_SCOPED = frozenset(
    {
        "Namespace",
        "Node",
        "CustomResourceDefinition",
        "MutatingWebhookConfiguration",
        "ValidatingWebhookConfiguration",
        "GatewayClass",
        "PersistentVolume",
        "ClusterRole",
        "ClusterRoleBinding",
    }
)


class Declared(Generic[Spec]):
    """An object: its identity, its typed spec when its kind is known here, and where it stands."""

    def __init__(self, document: Document | None, source: Source | None) -> None:
        assert document is not None or source is not None
        self.document = document
        self.source = source
        if document is not None:
            metadata, self.kind = document.metadata, document.kind
            self.group = document.api_version.rpartition("/")[0]
            self.metadata = metadata
            self._namespace, self.name = metadata.namespace, metadata.name or metadata.generate_name or ""
        else:
            assert source is not None
            self.kind = str(source.value.get("kind"))
            self.group = str(source.value.get("apiVersion")).rpartition("/")[0]
            self.metadata = _metadata(source.value.get("metadata"))
            self._namespace, self.name = self.metadata.namespace, self.metadata.name or ""
        cluster_scoped = self.kind in CLUSTER_SCOPED
        self.namespace = "" if cluster_scoped else self._namespace or DEFAULT_NAMESPACE
        """The namespace it is in; "" for what is in none."""

    @property
    def spec(self) -> Spec:
        """Its spec, typed by the kind; only for objects of a kind that has one in components.api."""
        assert isinstance(self.document, Resource), f"{self} has no typed spec"
        spec: Spec = self.document.spec
        return spec

    @property
    def written_namespace(self) -> str | None:
        """The namespace as its document says it."""
        return self._namespace or None

    @property
    def labels(self) -> Mapping[str, str]:
        """Its labels."""
        return self.metadata.labels

    @property
    def annotations(self) -> Mapping[str, str]:
        """Its annotations."""
        return self.metadata.annotations

    @property
    def plain(self) -> Mapping[str, JSON]:
        """The document as it was read, for kinds that are not typed here; {} for one that a program made."""
        return self.source.value if self.source is not None else {}

    @property
    def file(self) -> str | None:
        """Where it was read."""
        return self.source.file if self.source is not None else None

    def line(self, field: str) -> int | None:
        """The line of a field, from 1."""
        return self.source.line(field) if self.source is not None else None

    def finding(
        self, code: str, severity: Severity, field: str, message: str, remedy: str, *, istio: str | None
    ) -> Finding:
        """A finding about a field of this object, with its line."""
        return Finding(
            code=code,
            severity=severity,
            kind=self.kind,
            namespace=self.written_namespace,
            name=self.name,
            field=field,
            message=message,
            remedy=remedy,
            file=self.file,
            line=self.line(field),
            istio=istio,
        )

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it one object: group, kind, namespace, name."""
        return (self.group, self.kind, self.namespace, self.name)

    def __str__(self) -> str:
        """ "shop/servicex", as messages name it."""
        return f"{self.namespace}/{self.name}" if self.namespace else self.name

    __repr__ = __str__


def _metadata(value: object) -> ObjectMeta:
    """What can be told of metadata that may hold anything."""
    if not isinstance(value, Mapping):
        return ObjectMeta()
    texts = {key: str(value[key]) for key in ("name", "namespace") if isinstance(value.get(key), str | int)}
    maps = {
        key: {str(each): str(text) for each, text in value[key].items()}
        for key in ("labels", "annotations")
        if isinstance(value.get(key), Mapping)
    }
    return ObjectMeta(
        name=texts.get("name"),
        namespace=texts.get("namespace"),
        labels=maps.get("labels", {}),
        annotations=maps.get("annotations", {}),
    )

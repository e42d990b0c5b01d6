"""Which class is which kind. Modules are named, not imported, so that a program pays only for the kinds it
uses.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import NamedTuple

__all__ = ["Kind", "class_of", "kind_named", "kind_of_class", "kinds"]


class Kind(NamedTuple):
    """A kind of the Kubernetes API and the class that holds it."""

    name: str
    group: str
    """"" for the core group."""
    versions: tuple[str, ...]
    """Served versions, the newest first."""
    module: str
    """Below components.api, such as networking.virtual_service."""
    class_name: str
    namespaced: bool = True
    spec_required: bool = False
    """Whether a document without spec is refused."""
    is_document: bool = False
    """True for kinds without a spec: the class is the whole document, not its spec."""
    strict: bool = True
    """Whether a field that is not known is an error."""

    @property
    def api_version(self) -> str:
        """The newest version, with its group: networking.istio.io/v1."""
        return self.qualify(self.versions[0])

    def qualify(self, version: str) -> str:
        """A version as it is written in apiVersion."""
        return f"{self.group}/{version}" if self.group else version


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds that can be decoded."""
    return tuple(kind for table in TABLES for kind in import_module(f"components.api.{table}").KINDS)


def kind_named(group: str, name: str) -> Kind | None:
    """The kind of that name in that group, whatever its version."""
    return _by_name().get((group, name))


def kind_of_class(cls: type) -> Kind | None:
    """The kind that a class is the spec of, or is."""
    return _by_class().get(f"{cls.__module__}.{cls.__qualname__}")


def class_of(kind: Kind) -> type:
    """The class of a kind; imports its module."""
    found = getattr(import_module(f"components.api.{kind.module}"), kind.class_name)
    assert isinstance(found, type)
    return found


TABLES = ("istio_kinds", "kubernetes.kinds", "gateway_api.kinds", "cert_manager.kinds")


@cache
def _by_name() -> dict[tuple[str, str], Kind]:
    return {(kind.group, kind.name): kind for kind in kinds()}


@cache
def _by_class() -> dict[str, Kind]:
    return {f"components.api.{kind.module}.{kind.class_name}": kind for kind in kinds()}

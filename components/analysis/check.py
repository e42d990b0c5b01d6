"""What a check is, and all of them.

A check is a module of components.analysis.checks with a `CHECK` that says what it is and a function `check` that
takes the snapshot and gives findings. There is one code a check; a code that is retired is never used again.
"""

from __future__ import annotations

import itertools
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

import msgspec

from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

__all__ = ["Check", "Registered", "registered"]

PACKAGE = "components.analysis.checks"
RETIRED: frozenset[str] = frozenset()
"""Codes that stood for something once."""


class Check(NamedTuple):
    """What a check says of itself."""

    code: str
    """M and four digits: M01 hosts and references, M02 routes, M03 faults, retries and timeouts, M04 destination rules
    and balancing, M05 gateways, M06 security, M07 telemetry, extensions and proxies, M08 services and workloads, M09
    ambient, Gateway API and several clusters."""
    title: str
    """What is wrong, in a line."""
    severity: Severity
    reads: tuple[str, ...]
    """Kinds without any of which there is nothing to check; it is not even imported then."""
    istio: str | None = None
    """The code of the message that istioctl has for the same."""
    kiali: str | None = None
    """The code that Kiali has for the same."""

    def doubted(self, subject: Declared[object], field: str, message: str, remedy: str) -> Finding:
        """A note that something was not found though it may be elsewhere. istioctl has no such message."""
        noted = self.found(subject, field, message, remedy, severity=Severity.INFO)
        return msgspec.structs.replace(noted, istio=None)

    def found(
        self,
        subject: Declared[object],
        field: str,
        message: str,
        remedy: str,
        *,
        severity: Severity | None = None,
        istio: str | None = None,
    ) -> Finding:
        """A finding about a field of an object; `severity` when this one is not as bad as the rest, or worse."""
        return subject.finding(self.code, severity or self.severity, field, message, remedy, istio=istio or self.istio)


class Registered(NamedTuple):
    """A check and how to run it."""

    check: Check
    run: Callable[[Snapshot], Iterable[Finding]]
    module: str


@cache
def registered() -> tuple[Registered, ...]:
    """All checks, by code."""
    found = sorted(_found(), key=lambda each: each.check.code)
    for one, other in itertools.pairwise(found):
        assert one.check.code != other.check.code, f"{one.module} and {other.module} share {one.check.code}"
    return tuple(found)


def _found() -> Iterator[Registered]:
    package = import_module(PACKAGE)
    for module in pkgutil.walk_packages(package.__path__, f"{PACKAGE}."):
        if not module.ispkg:
            loaded = import_module(module.name)
            if hasattr(loaded, "CHECK"):
                yield Registered(loaded.CHECK, loaded.check, module.name)

"""A destination without a share changes headers that no request meets."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0205",
    title="headers of a destination without a share are not in force",
    severity=Severity.INFO,
    reads=("VirtualService",),
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Destinations of weight 0 among others, with headers of their own: pilot leaves them out, headers and all."""
    for service in snapshot.virtual_services:
        for index, rule in enumerate(service.spec.http):
            if len(rule.route) < 2:
                continue
            for number, share in enumerate(rule.route):
                if share.weight == 0 and share.headers is not None:
                    yield CHECK.found(
                        service,
                        f"spec.http[{index}].route[{number}].headers",
                        "these changes of headers are made for no request: the destination has the weight 0 among"
                        f" {len(rule.route)}, and is left out",
                        "Give it a weight, or leave the headers out until it has one.",
                    )

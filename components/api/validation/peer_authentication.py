"""What istiod's webhook asks of a PeerAuthentication.

May live here: the rules of that kind. May not live here: those of its selector, which are shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from components.api.resource import Resource
from components.api.security.peer_authentication import PeerAuthentication
from components.api.validation.formats import port_flaw
from components.api.validation.selectors import check_selector
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "check", "check_written"]

CODES = {
    "V6001": "mutual TLS is set for ports, but the selector has no labels",
    "V6002": "mutual TLS is set for ports, and none is named",
    "V6003": "mutual TLS is set for a number that is no port",
}


def check(resource: Resource[object], report: Report) -> None:
    """A PeerAuthentication."""
    spec = cast("PeerAuthentication", resource.spec)
    if spec.port_level_mtls and not (spec.selector and spec.selector.match_labels):
        ports = ", ".join(map(str, spec.port_level_mtls))
        report.refuse(
            "V6001",
            "spec.portLevelMtls",
            f"port {ports} of no workload",
            "Give selector.matchLabels; a policy for all of a namespace has mtls only.",
        )
    for port in spec.port_level_mtls:
        report.refuse_if("V6003", entry_path("spec.portLevelMtls", str(port)), port_flaw(port))
    check_selector(spec.selector, "spec.selector", report)


def check_written(plain: Mapping[str, Any], report: Report) -> None:
    """What only the document as it was written tells: an empty map, which a typed value does not keep apart from none."""
    spec = plain.get("spec")
    if isinstance(spec, Mapping) and spec.get("portLevelMtls") == {}:
        report.refuse("V6002", "spec.portLevelMtls", "no port is named, got {}", "Name a port, or leave it out.")

"""What istiod's webhook asks of a PeerAuthentication.

May live here: the rules of that kind. May not live here: those of its selector, which are shared. V6002 is not used:
an empty portLevelMtls is one that is not set here.
"""

from __future__ import annotations

from typing import cast

from components.api.resource import Resource
from components.api.security.peer_authentication import PeerAuthentication
from components.api.validation.formats import port_flaw
from components.api.validation.selectors import check_selector
from components.api.validation.violation import Report, entry_path

__all__ = ["CODES", "check"]

CODES = {
    "V6001": "mutual TLS is set for ports, but the selector has no labels",
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

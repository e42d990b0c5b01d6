"""Hosts written as namespace/name, which is how gateways and sidecars say whose services they mean.

Rules: validateSidecarOrGatewayHostnamePart and ValidateNamespaceSlashWildcardHostname of istiod's webhook. The codes
are those of the kind that asks.
"""

from __future__ import annotations

from typing import NamedTuple

from components.api.validation.formats import is_dns_label, is_ip, wildcard_domain_flaw
from components.api.validation.violation import Report

__all__ = ["HostCodes", "check_host_name", "check_namespaced_host"]


class HostCodes(NamedTuple):
    """Under which codes a kind reports what is wrong with such a host."""

    empty_part: str
    namespace: str
    short: str
    domain: str
    partial_wildcard: str


def check_namespaced_host(
    host: str,
    path: str,
    codes: HostCodes,
    report: Report,
    *,
    namespaces: tuple[str, ...],
    excludes: bool = False,
    addresses: bool = False,
) -> None:
    """A host that has a slash.

    `namespaces` are allowed beside names of namespaces; `excludes`: a "~" may stand before; `addresses`: the name may
    be an IP address.
    """
    namespace, _, name = host.partition("/")
    if not namespace or not name:
        report.refuse(
            codes.empty_part,
            path,
            f"{host!r} has no {'name after' if namespace else 'namespace before'} the slash",
            'Write namespace/name, such as "shop/*" or "./reviews.shop.svc.cluster.local".',
        )
        return
    meant = namespace.removeprefix("~") if excludes else namespace
    if meant and meant not in namespaces and not is_dns_label(meant):
        allowed = " or ".join(f'"{each}"' for each in namespaces)
        report.refuse(
            codes.namespace,
            path,
            f"{namespace!r} in {host!r} is no namespace",
            f"Write the name of a namespace, {allowed}.",
        )
    check_host_name(name, path, codes, report, addresses=addresses)


def check_host_name(name: str, path: str, codes: HostCodes, report: Report, *, addresses: bool = False) -> None:
    """The name alone: a full DNS name, perhaps with `*` as its first label."""
    if addresses and is_ip(name):
        # An IPv6 address has no dot, and is then refused as a short name is.
        if "." not in name:
            report.refuse(codes.short, path, f"{name!r} has no dot", "Write a full DNS name, or an IPv4 address.")
    elif name == "*":
        return
    elif "*" in name and not name.startswith("*."):
        report.refuse(
            codes.partial_wildcard,
            path,
            f"{name!r} has a wildcard that is not the whole first label",
            'Write "*" for all names, or "*." and the rest of the name.',
        )
    elif "." not in name:
        report.refuse(
            codes.short,
            path,
            f"{name!r} is a short name",
            "Write the full DNS name, such as reviews.shop.svc.cluster.local.",
        )
    else:
        report.refuse_if(codes.domain, path, wildcard_domain_flaw(name))

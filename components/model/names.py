"""Which names Kubernetes and DNS accept, checked when an object is made and not by the API server afterwards."""

from __future__ import annotations

import re

LABEL = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
HEADER = re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]+")


def require_label(what: str, given: str) -> None:
    """A DNS label (RFC 1123), as names of namespaces, services and containers must be."""
    if not LABEL.fullmatch(given):
        raise ValueError(
            f"{what} is {given!r}; Kubernetes takes 1 to 63 lower-case letters, digits and '-', "
            f"with a letter or digit at both ends{_suggestion(given)}"
        )


def require_host(what: str, given: str) -> None:
    """A host name, whose first part may be '*'."""
    labels = given.split(".")
    if labels[0] == "*" and len(labels) > 1:
        labels = labels[1:]
    if len(given) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise ValueError(
            f"{what} is {given!r}; a host is a DNS name in lower case such as 'a.mesh.test' or '*.mesh.test', "
            "without scheme, port or path"
        )


def require_header(given: str) -> None:
    """A header's name as Envoy keeps it: in lower case."""
    if not HEADER.fullmatch(given):
        raise ValueError(
            f"the header name {given!r} can not match; Envoy compares names in lower case and without spaces"
            f"{_suggestion(given)}"
        )


def _suggestion(given: str) -> str:
    likely = re.sub(r"[^a-z0-9-]+", "-", given.lower()).strip("-")
    return f": did you mean {likely!r}?" if likely and likely != given and LABEL.fullmatch(likely) else ""

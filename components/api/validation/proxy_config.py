"""What istiod's webhook asks of a ProxyConfig.

May live here: the rules of that kind. May not live here: those of its selector, which are shared.
"""

from __future__ import annotations

from typing import cast

from components.api.networking.proxy_config import ProxyConfig
from components.api.resource import Resource
from components.api.validation.selectors import check_selector
from components.api.validation.violation import Report

__all__ = ["CODES", "check"]

CODES = {"V8102": "concurrency is negative"}


def check(resource: Resource[object], report: Report) -> None:
    """A ProxyConfig."""
    spec = cast("ProxyConfig", resource.spec)
    check_selector(spec.selector, "spec.selector", report)
    if spec.concurrency is not None and spec.concurrency < 0:
        report.refuse(
            "V8102",
            "spec.concurrency",
            f"{spec.concurrency} threads",
            "Give 0, which is one for each CPU, or more.",
        )

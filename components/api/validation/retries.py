"""Retries of an HTTP route.

May live here: the rules of HTTPRetry. May not live here: what Envoy does when a timeout ends before the retries do.
"""

from __future__ import annotations

import re

from components.api.networking.virtual_service import HTTPRetry
from components.api.validation.formats import duration_flaw
from components.api.validation.violation import Report

__all__ = ["CODES", "check_retries"]

CODES = {
    "V1079": "the number of retries is negative",
    "V1080": "retries are described, but there are 0 of them",
    "V1081": "perTryTimeout is below 1ms or finer than 1ms",
    "V1082": "retryOn has a word that is neither a condition of Envoy's nor an HTTP status",
    "V1083": "backoff is below 1ms or finer than 1ms",
}

# Envoy's x-envoy-retry-on and x-envoy-retry-grpc-on.
CONDITIONS = frozenset(
    (
        "5xx",
        "gateway-error",
        "reset",
        "reset-before-request",
        "connect-failure",
        "retriable-4xx",
        "refused-stream",
        "retriable-status-codes",
        "retriable-headers",
        "envoy-ratelimited",
        "http3-post-connect-failure",
        "cancelled",
        "deadline-exceeded",
        "internal",
        "resource-exhausted",
        "unavailable",
    )
)
# The statuses that Go has a text for.
STATUSES = frozenset(
    (
        *range(100, 104),
        *range(200, 209),
        226,
        *range(300, 306),
        307,
        308,
        *range(400, 419),
        *range(421, 427),
        428,
        429,
        431,
        451,
        *range(500, 509),
        510,
        511,
    )
)
NUMBER = re.compile(r"[+-]?[0-9]{1,18}")


def check_retries(retries: HTTPRetry, path: str, report: Report) -> None:
    """`path` is that of the retries, such as spec.http[0].retries."""
    attempts = retries.attempts or 0
    if attempts < 0:
        report.refuse("V1079", f"{path}.attempts", f"{attempts} is negative", "Give 0 for no retry, or more.")
    described = [
        name
        for name, value in (
            ("perTryTimeout", retries.per_try_timeout),
            ("retryOn", retries.retry_on or None),
            ("retryRemoteLocalities", retries.retry_remote_localities),
        )
        if value is not None
    ]
    if attempts == 0 and described:
        message = f"{' and '.join(described)} {'is' if len(described) == 1 else 'are'} given, but attempts is 0"
        report.refuse("V1080", f"{path}.attempts", message, "Give attempts, or leave out the rest.")
    if retries.per_try_timeout is not None:
        report.refuse_if("V1081", f"{path}.perTryTimeout", duration_flaw(retries.per_try_timeout))
    if retries.retry_on:
        for word in retries.retry_on.split(","):
            if word not in CONDITIONS and not _is_status(word):
                allowed = ", ".join(sorted(CONDITIONS))
                report.refuse(
                    "V1082",
                    f"{path}.retryOn",
                    f"{word!r} is no condition",
                    f"Give words joined by commas, without spaces; allowed: HTTP statuses such as 503, and {allowed}.",
                )
    if retries.backoff is not None:
        report.refuse_if("V1083", f"{path}.backoff", duration_flaw(retries.backoff))


def _is_status(word: str) -> bool:
    return NUMBER.fullmatch(word) is not None and int(word) in STATUSES

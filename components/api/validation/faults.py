"""Faults that an HTTP route injects: delays and aborts.

May live here: the rules of HTTPFaultInjection. May not live here: HTTP statuses elsewhere.
"""

from __future__ import annotations

from components.api.networking.virtual_service import HTTPFaultInjection, Percent
from components.api.validation.formats import duration_flaw
from components.api.validation.violation import Flaw, Report

__all__ = ["CODES", "check_fault", "check_status"]

CODES = {
    "V1051": "a fault has neither an abort nor a delay",
    "V1052": "the share of an abort is out of range",
    "V1053": "an abort's gRPC status is none",
    "V1054": "an abort has an HTTP/2 error, which istiod does not have",
    "V1055": "an abort's HTTP status is out of range",
    "V1056": "an abort does not say with what",
    "V1057": "the share of a delay is out of range",
    "V1058": "a delay is below 1ms or finer than 1ms",
    "V1059": "a delay is exponential, which istiod does not have",
}

GRPC_STATUSES = (
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
)
SMALLEST_SHARE = 0.0001  # one in a million, which is as fine as Envoy draws


def check_fault(fault: HTTPFaultInjection, path: str, report: Report) -> None:
    """`path` is that of the fault, such as spec.http[0].fault."""
    if fault.abort is None and fault.delay is None:
        report.refuse("V1051", path, "neither abort nor delay is given", "Give one of them, or leave the fault out.")
    if fault.abort is not None:
        check_abort(fault.abort, f"{path}.abort", report)
    if fault.delay is not None:
        check_delay(fault.delay, f"{path}.delay", report)


def check_abort(abort: HTTPFaultInjection.Abort, path: str, report: Report) -> None:
    """An error that is answered with."""
    report.refuse_if("V1052", f"{path}.percentage.value", _share_flaw(abort.percentage))
    if abort.grpc_status is not None:
        if abort.grpc_status not in GRPC_STATUSES:
            message = f"{abort.grpc_status!r} is no status of gRPC"
            report.refuse("V1053", f"{path}.grpcStatus", message, f"Allowed: {', '.join(GRPC_STATUSES)}.")
    elif abort.http2_error is not None:
        message = f"{abort.http2_error!r} is given"
        report.refuse("V1054", f"{path}.http2Error", message, "Give httpStatus or grpcStatus; this is not supported.")
    elif abort.http_status is not None:
        check_status("V1055", abort.http_status, f"{path}.httpStatus", report)
    else:
        report.warn("V1056", path, "no error is given, so nothing is aborted", "Give httpStatus or grpcStatus.")


def check_delay(delay: HTTPFaultInjection.Delay, path: str, report: Report) -> None:
    """A wait before forwarding."""
    report.refuse_if("V1057", f"{path}.percentage.value", _share_flaw(delay.percentage))
    if delay.fixed_delay is not None:
        report.refuse_if("V1058", f"{path}.fixedDelay", duration_flaw(delay.fixed_delay))
    elif delay.exponential_delay is not None:
        message = f"{delay.exponential_delay} is given"
        report.refuse("V1059", f"{path}.exponentialDelay", message, "Give fixedDelay; this is not supported.")


def check_status(code: str, status: int, path: str, report: Report) -> None:
    """A status that Envoy is to answer with. istiod lets 600 through; Envoy does not, so there is a warning."""
    remedy = "Give a status from 200 to 599."
    if not 200 <= status <= 600:
        report.refuse(code, path, f"{status} is no status that can be answered with", remedy)
    elif status == 600:
        report.warn(code, path, "Envoy refuses the status 600", remedy)


def _share_flaw(percentage: Percent | None) -> Flaw | None:
    share = percentage.value or 0.0 if percentage is not None else 0.0
    if share == 0 or SMALLEST_SHARE <= share <= 100:
        return None
    return Flaw(f"{share} is out of range", f"Give 0, or {SMALLEST_SHARE} to 100.")

"""A WorkloadGroup: what its hosts have in common, and how their health is probed.

Rules: WorkloadGroup's 1 to 13 of istiod's webhook (ValidateWorkloadGroup, validateReadinessProbe). The template is
not looked into: what it leaves open is filled in when a host registers.
"""

from __future__ import annotations

from components.api.networking.workload_group import HTTPHealthCheckConfig, ReadinessProbe, WorkloadGroup
from components.api.resource import Resource
from components.api.validation.formats import labels_flaw, port_flaw
from components.api.validation.headers import probe_header_name_flaw
from components.api.validation.violation import Report

__all__ = ["CODES", "check"]

CODES = {
    "V8501": "no template",
    "V8502": "metadata.labels are no labels of Kubernetes",
    "V8503": "probe.periodSeconds is negative",
    "V8504": "probe.initialDelaySeconds is negative",
    "V8505": "probe.timeoutSeconds is negative",
    "V8506": "probe.successThreshold is negative",
    "V8507": "probe.failureThreshold is negative",
    "V8508": "probe.httpGet.port is not within 1 to 65535",
    "V8509": "probe.httpGet.scheme is neither HTTP nor HTTPS",
    "V8510": "a header of probe.httpGet has a name that is none",
    "V8511": "probe.tcpSocket.port is not within 1 to 65535",
    "V8512": "probe.exec has no command",
    "V8513": "probe has no way to probe that istiod takes",
}

SCHEMES = ("HTTP", "HTTPS")


def check(resource: Resource[WorkloadGroup], report: Report) -> None:
    """All that the webhook checks of a WorkloadGroup."""
    group = resource.spec
    if group.template is None:
        report.refuse(
            "V8501", "spec.template", "the group has no template", "Give one; {} is enough where hosts say it all."
        )
    if group.metadata is not None:
        report.refuse_if("V8502", "spec.metadata.labels", labels_flaw(group.metadata.labels))
    if group.probe is not None:
        _check_probe(group.probe, "spec.probe", report)


def _check_probe(probe: ReadinessProbe, path: str, report: Report) -> None:
    for code, name, value in (
        ("V8503", "periodSeconds", probe.period_seconds),
        ("V8504", "initialDelaySeconds", probe.initial_delay_seconds),
        ("V8505", "timeoutSeconds", probe.timeout_seconds),
        ("V8506", "successThreshold", probe.success_threshold),
        ("V8507", "failureThreshold", probe.failure_threshold),
    ):
        if value is not None and value < 0:
            report.refuse(code, f"{path}.{name}", f"{name} is {value}", "Give a whole number of at least 0.")
    if probe.http_get is not None:
        _check_http(probe.http_get, f"{path}.httpGet", report)
    if probe.tcp_socket is not None:
        report.refuse_if("V8511", f"{path}.tcpSocket.port", port_flaw(probe.tcp_socket.port or 0))
    if probe.exec is not None and not probe.exec.command:
        report.refuse("V8512", f"{path}.exec.command", "there is no command", "Give the command and its arguments.")
    if probe.http_get is None and probe.tcp_socket is None and probe.exec is None:
        given = "grpc" if probe.grpc is not None else "none"
        report.refuse(
            "V8513",
            path if probe.grpc is None else f"{path}.grpc",
            f"the probe has no way to probe that istiod takes, got {given}",
            "Set httpGet, tcpSocket or exec; the webhook refuses grpc, though the CRD has it.",
        )


def _check_http(http: HTTPHealthCheckConfig, path: str, report: Report) -> None:
    report.refuse_if("V8508", f"{path}.port", port_flaw(http.port or 0))
    if http.scheme and http.scheme not in SCHEMES:
        report.refuse("V8509", f"{path}.scheme", f"{http.scheme!r} can not be probed", "Write HTTP or HTTPS.")
    for index, header in enumerate(http.http_headers):
        report.refuse_if("V8510", f"{path}.httpHeaders[{index}].name", probe_header_name_flaw(header.name or ""))

"""What else must hold: a condition of a rule of an AuthorizationPolicy.

May live here: the rules of Condition, and which attributes there are. May not live here: which of them an action does
not take.
"""

from __future__ import annotations

from collections.abc import Callable

from components.api.security.authorization_policy import Condition
from components.api.validation.formats import ip_or_cidr_flaw
from components.api.validation.policy_operations import port_text_flaw
from components.api.validation.policy_sources import service_account_flaw, wildcard_value_flaw
from components.api.validation.violation import Flaw, Report

__all__ = ["CODES", "check_condition"]

CODES = {
    "V7037": "a condition has no key",
    "V7038": "a condition has neither values nor notValues",
    "V7039": "a value of a condition is empty, no address or no port",
    "V7040": "the key of a condition is not of the form NAME[ENTRY]",
    "V7041": "a value of a condition is no service account or no trust domain",
    "V7042": "a condition is on destination.namespace, which is always the policy's own",
    "V7043": "a condition is on destination.labels, which the selector is for",
    "V7044": "a condition is on an attribute of a retired API",
    "V7045": "a condition is on an attribute that is not known",
}

WITH_ENTRY = ("request.headers", "request.auth.claims", "experimental.envoy.filters.")
PLAIN = (
    "source.ip",
    "remote.ip",
    "source.namespace",
    "source.serviceAccount",
    "source.principal",
    "source.trustDomain",
    "request.auth.principal",
    "request.auth.audiences",
    "request.auth.presenter",
    "destination.ip",
    "destination.port",
    "connection.sni",
)
FORMS: dict[str, tuple[str, Callable[[str], Flaw | None]]] = {
    "source.ip": ("V7039", ip_or_cidr_flaw),
    "remote.ip": ("V7039", ip_or_cidr_flaw),
    "destination.ip": ("V7039", ip_or_cidr_flaw),
    "destination.port": ("V7039", port_text_flaw),
    "source.trustDomain": ("V7041", wildcard_value_flaw),
    "source.serviceAccount": ("V7041", lambda value: found[1] if (found := service_account_flaw(value)) else None),
}
MOST_ACCOUNTS = 16


def check_condition(condition: Condition, path: str, report: Report) -> None:
    """An entry of when."""
    key = condition.key
    if not key:
        report.refuse("V7037", f"{path}.key", "no key", f"Give an attribute, such as {WITH_ENTRY[0]}[x-tester].")
    elif not condition.values and not condition.not_values:
        report.refuse("V7038", path, f"neither values nor notValues for {key}", "Give one of them.")
    else:
        _check_key(key, f"{path}.key", report)
        for name, values in (("values", condition.values), ("notValues", condition.not_values)):
            if key == "source.serviceAccount" and len(values) > MOST_ACCOUNTS:
                message = f"{len(values)} service accounts"
                report.refuse("V7041", f"{path}.{name}", message, f"Give at most {MOST_ACCOUNTS}.")
            for index, value in enumerate(values):
                _check_value(key, value, f"{path}.{name}[{index}]", report)


def _check_key(key: str, path: str, report: Report) -> None:
    if key.startswith(WITH_ENTRY):
        opening = key.find("[")
        if not (key.endswith("]") and 0 < opening < len(key) - 2):
            report.refuse("V7040", path, f"{key!r} names no entry", "Give it in brackets: request.headers[x-tester].")
    elif key == "destination.namespace":
        report.refuse("V7042", path, f"{key!r} is given", "Leave it out; it is the namespace of the policy.")
    elif key.startswith("destination.labels"):
        report.refuse("V7043", path, f"{key!r} is given", "Leave it out, and give the labels in spec.selector.")
    elif key in ("destination.name", "destination.user"):
        report.refuse("V7044", path, f"{key!r} is given", "Leave it out, and give labels in spec.selector.")
    elif key not in PLAIN:
        entries = ", ".join((f"{WITH_ENTRY[0]}[...]", f"{WITH_ENTRY[1]}[...]", f"{WITH_ENTRY[2]}NAME[...]"))
        report.refuse("V7045", path, f"{key!r} is no attribute", f"Allowed: {', '.join(PLAIN)}, {entries}.")


def _check_value(key: str, value: str, path: str, report: Report) -> None:
    if not value:
        report.refuse("V7039", path, f"an empty value for {key}", "Give a value, or leave the entry out.")
    elif key in FORMS:
        code, flaw_of = FORMS[key]
        report.refuse_if(code, path, flaw_of(value))

"""Names of gateways in the gateways lists of virtual services and of their matches.

May live here: how such a name is written. May not live here: whether the gateway exists, which no single document tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from components.api.validation.formats import fqdn_flaw, is_dns_label
from components.api.validation.violation import Report

__all__ = ["CODES", "check_gateway_names"]

CODES = {
    "V1004": 'a part of a gateway\'s name beside "/" is empty',
    "V1005": "the namespace in a gateway's name is no DNS label",
    "V1006": "the name in a gateway's name is no DNS label",
    "V1007": "the name of a gateway is no domain name",
    "V1008": "the name of a gateway is in the old form, with dots",
}

FORM = 'Write it as namespace/name, or give "mesh", which stands for all sidecars.'


def check_gateway_names(
    names: Sequence[str], path: str, report: Report, *, code: str | None = None, any_name: bool = False
) -> None:
    """The names in a list of gateways.

    `code`: what to refuse under, in place of one code a rule. `any_name`: the part after "/" may be anything, as istiod
    allows in what it made itself of a route of the Gateway API. istiod looks at no name behind the first without "/"
    ("mesh" is one), so what is wrong there is only warned of.
    """
    say = report.refuse
    for index, name in enumerate(names):
        if name == "mesh":
            say = report.warn
            continue
        where = f"{path}[{index}]"
        namespace, slash, rest = name.partition("/")
        if not slash:
            if "." in name:
                _warn_of_dots(name, where, report)
            if (flaw := fqdn_flaw(name)) is not None:
                say(code or "V1007", where, flaw.message, FORM)
            say = report.warn
            continue
        if not namespace or not rest:
            say(code or "V1004", where, f"{name!r} has nothing {'before' if rest else 'behind'} the slash", FORM)
        if namespace and not is_dns_label(namespace):
            say(code or "V1005", where, f"{name!r}: {namespace!r} is no name of a namespace", FORM)
        if rest and not any_name and not is_dns_label(rest):
            say(code or "V1006", where, f"{name!r}: {rest!r} is no name of a gateway", FORM)


def _warn_of_dots(name: str, path: str, report: Report) -> None:
    gateway, namespace = name.split(".")[:2]
    report.warn("V1008", path, f"{name!r} is in the old form", f"Write it as {namespace}/{gateway}.")

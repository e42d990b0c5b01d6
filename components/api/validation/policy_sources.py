"""Who asks: the source of a rule of an AuthorizationPolicy.

May live here: the rules of Source, and of values that stand there and in conditions alike. May not live here: what an
action does not take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from components.api.security.authorization_policy import Source
from components.api.validation.formats import ip_or_cidr_flaw
from components.api.validation.violation import Flaw, Report

__all__ = ["CODES", "check_source", "lists_of", "service_account_flaw", "wildcard_value_flaw"]

CODES = {
    "V7017": "an entry of from has no source",
    "V7018": "service accounts stand together with principals or namespaces",
    "V7019": "a source is empty",
    "V7020": "an IP block is neither an address nor a range",
    "V7021": "a remote IP block is neither an address nor a range",
    "V7022": "a value of a source is empty",
    "V7023": "a source has more than 16 service accounts",
    "V7024": "a service account is empty, too long or has a wildcard",
    "V7025": "a service account is not written as ACCOUNT or NAMESPACE/ACCOUNT",
    "V7026": "a trust domain has a wildcard elsewhere than at one of its ends",
    "V7027": "a trust domain is empty or has a slash",
}

MOST_ACCOUNTS = 16
LONGEST_ACCOUNT = 320
ACCOUNTS = ("serviceAccounts", "notServiceAccounts")
NOT_WITH_ACCOUNTS = ("principals", "notPrincipals", "namespaces", "notNamespaces")


def lists_of(source: Source) -> Iterator[tuple[str, Sequence[str]]]:
    """All that a source can ask for, by the names of the document."""
    for attribute, name in zip(source.__struct_fields__, source.__struct_encode_fields__, strict=True):
        yield name, getattr(source, attribute)


def check_source(source: Source | None, path: str, report: Report) -> None:
    """What an entry of from holds."""
    if source is None:
        report.refuse("V7017", path, "no source", "Give one, or leave the entry out.")
        return
    given = {name: values for name, values in lists_of(source) if values}
    if not given:
        report.refuse("V7019", path, "an empty source", "Give a field of it, or leave from out for any source.")
    others = [name for name in NOT_WITH_ACCOUNTS if name in given]
    accounts = [name for name in ACCOUNTS if name in given]
    if accounts and others:
        message = f"{' and '.join([*accounts, *others])} are set together"
        report.refuse("V7018", path, message, "Put them into sources of their own, or use one of them only.")
    for name, values in given.items():
        if name in ACCOUNTS and len(values) > MOST_ACCOUNTS:
            message = f"{len(values)} service accounts"
            report.refuse("V7023", f"{path}.{name}", message, f"Give at most {MOST_ACCOUNTS}.")
        for index, value in enumerate(values):
            found = _flaw_of(name, value)
            if found is not None:
                report.refuse(found[0], f"{path}.{name}[{index}]", *found[1])


def service_account_flaw(value: str) -> tuple[str, Flaw] | None:
    """A service account, with the code of its rule for a source."""
    namespace, slash, account = value.partition("/")
    remedy = "Give ACCOUNT or NAMESPACE/ACCOUNT."
    if not value:
        return "V7024", Flaw("an empty service account", remedy)
    if "*" in value:
        return "V7024", Flaw(f"{value!r} has a wildcard", f"{remedy} A wildcard is not allowed.")
    if value.count("/") > 1 or (slash and not (namespace and account)):
        return "V7025", Flaw(f"{value!r} is no service account", remedy)
    if len(value.encode()) > LONGEST_ACCOUNT:
        return "V7024", Flaw(f"a service account of {len(value.encode())} bytes", f"Give at most {LONGEST_ACCOUNT}.")
    return None


def wildcard_value_flaw(value: str) -> Flaw | None:
    """A text with one wildcard at most, at its start or end."""
    wildcards = value.count("*")
    if wildcards == 0 or (wildcards == 1 and (value.startswith("*") or value.endswith("*"))):
        return None
    return Flaw(f"{value!r} has a wildcard elsewhere than at one end", 'Give one "*" at most, at the start or end.')


def _flaw_of(name: str, value: str) -> tuple[str, Flaw] | None:
    if name in ACCOUNTS:
        return service_account_flaw(value)
    kind = name.removeprefix("not")
    kind = kind[0].lower() + kind[1:]
    if kind == "trustDomains":
        return _coded("V7027", _slash_flaw, value) or _coded("V7026", wildcard_value_flaw, value)
    if not value:
        return "V7022", Flaw("an empty value", "Give a value, or leave the entry out.")
    if kind == "ipBlocks":
        return _coded("V7020", ip_or_cidr_flaw, value)
    return _coded("V7021", ip_or_cidr_flaw, value) if kind == "remoteIpBlocks" else None


def _coded(code: str, check: Callable[[str], Flaw | None], value: str) -> tuple[str, Flaw] | None:
    flaw = check(value)
    return None if flaw is None else (code, flaw)


def _slash_flaw(value: str) -> Flaw | None:
    if value and "/" not in value:
        return None
    given = f"{value!r} has a slash" if value else "an empty trust domain"
    return Flaw(given, "Give a trust domain such as cluster.local.")

"""Who asks, as an access rule tells callers apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from ipaddress import ip_network

from components.model.identity import Identity
from components.model.places import Namespace


@dataclass(frozen=True, slots=True)
class Callers:
    """Callers that are one of each list given: one of the identities, from one of the namespaces, and so on.

    `source_ips` are addresses or ranges (CIDR) that the connection comes from; `client_ips` those of the first caller as
    X-Forwarded-For tells, which is true only behind a gateway that knows how many proxies are before it
    (`numTrustedProxies`). Identities and namespaces are known under mutual TLS only.

    Raises `ValueError` with no list at all, or for an address that is none.
    """

    _: KW_ONLY
    identities: Sequence[Identity] = ()
    namespaces: Sequence[Namespace] = ()
    source_ips: Sequence[str] = ()
    client_ips: Sequence[str] = ()

    def __post_init__(self) -> None:
        for attribute in self.__slots__:
            object.__setattr__(self, attribute, tuple(getattr(self, attribute)))
        if not any(getattr(self, attribute) for attribute in self.__slots__):
            raise ValueError(
                "the callers are not told apart by anything; give identities, namespaces, source_ips or client_ips, "
                "or leave the callers out to mean all"
            )
        for address in (*self.source_ips, *self.client_ips):
            _require_address(address)

    @property
    def needs_mutual_tls(self) -> bool:
        return bool(self.identities or self.namespaces)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of a good token that has one of the values; a list in the token fits when one of its items does.

    `name` is the claim's, or the way to it: `["realm_access", "roles"]`. A value may start or end with `*`; `*` alone
    means that the claim is there.

    Raises `ValueError` for a name or value that is blank, or a name with brackets.
    """

    name: str | Sequence[str]
    _: KW_ONLY
    values: Sequence[str]

    def __post_init__(self) -> None:
        way = (self.name,) if isinstance(self.name, str) else tuple(self.name)
        object.__setattr__(self, "name", way)
        object.__setattr__(self, "values", tuple(self.values))
        if not way or not all(re.fullmatch(r"[^\[\]\s]+", part) for part in way):
            raise ValueError(
                f"the claim's name is {list(way)}; give its name, or the names that lead to it, without brackets or spaces"
            )
        if not self.values or not all(value.strip() for value in self.values):
            raise ValueError(
                f"the claim {'.'.join(way)!r} is compared with {list(self.values)}; give at least one value, none blank"
            )

    def __str__(self) -> str:
        return f"{'.'.join(self.name)} is {' or '.join(self.values)}"


def _require_address(address: str) -> None:
    try:
        ip_network(address, strict=False)
    except ValueError:
        good = False
    else:
        # Python also takes a mask in dots and a zone, which Istio does not.
        good = "%" not in address and ("/" not in address or address.rpartition("/")[2].isdigit())
    if not good:
        raise ValueError(
            f"the address {address!r} is none; give one such as '10.1.2.3', or a range such as '10.0.0.0/8' or 'fd00::/8'"
        )

"""Two Gateways of one workload use the same certificate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot
from components.api.networking.gateway import Gateway, ServerTLSSettings

CHECK = Check(
    code="M0503",
    title="two Gateways use the same certificate",
    severity=Severity.WARNING,
    reads=("Gateway",),
    istio="IST0138",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Gateways whose selector holds for the pods of another, too, with an equal credentialName or equal files. Source:
    istio.io, Network issues, 404 errors when multiple gateways are configured with the same TLS certificate.
    """
    users: dict[tuple[str, ...], dict[str, tuple[Declared[Gateway], str]]] = defaultdict(dict)
    for gateway in snapshot.gateways:
        for number, server in enumerate(gateway.spec.servers):
            key = _certificate(server.tls)
            if key:
                users[key].setdefault(str(gateway), (gateway, f"spec.servers[{number}].tls"))
    for key, found in users.items():
        if len(found) < 2:
            continue
        for name, (gateway, field) in found.items():
            selector = gateway.spec.selector.items()
            for other, (second, _) in found.items():
                if other != name and selector <= second.spec.selector.items():
                    yield CHECK.found(
                        gateway,
                        field,
                        f"the certificate {key[0]!r} is that of Gateway {other} as well; a client that reuses its HTTP/2"
                        " connection for a host of the other Gateway is answered 404",
                        "Put the hosts of one certificate into one Gateway.",
                    )


def _certificate(tls: ServerTLSSettings | None) -> tuple[str, ...]:
    if tls is None:
        return ()
    if tls.credential_name:
        return (tls.credential_name,)
    if tls.server_certificate and tls.private_key:
        return (tls.server_certificate, tls.private_key)
    return ()

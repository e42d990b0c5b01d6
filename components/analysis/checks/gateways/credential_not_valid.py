"""The Secret that a Gateway names holds no certificate that can be served."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from components.analysis.check import Check
from components.analysis.credentials import Credentials, flaw_of, names_of
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0505",
    title="a Gateway's credential can not be served",
    severity=Severity.ERROR,
    reads=("Gateway", "Secret"),
    istio="IST0161",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Secrets of Gateways: their keys, and the certificate's form and dates. Source: ServerTLSSettings.credentialName
    in gateway.proto; pilot reads them so.
    """
    credentials = Credentials(snapshot)
    now = datetime.now(UTC)
    for gateway in snapshot.gateways:
        workloads = snapshot.gateway_index.workloads(gateway)
        if not workloads:
            continue
        for number, server in enumerate(gateway.spec.servers):
            for key, name in names_of(server.tls):
                place = credentials.place(name, workloads[0].namespace)
                secret = credentials.secrets.get(place)
                flaw = flaw_of(secret, now) if secret is not None else None
                if flaw is not None:
                    yield CHECK.found(
                        gateway,
                        f"spec.servers[{number}].tls.{key}",
                        f"the Secret {'/'.join(place)} can not be served: {flaw}",
                        "Give it tls.crt and tls.key (or cert and key) with a PEM certificate that is valid now, and its"
                        " key.",
                    )

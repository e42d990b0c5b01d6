"""A Gateway's credential is no Secret of the namespace that its pods run in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from components.analysis.check import Check
from components.analysis.credentials import Credentials, names_of
from components.analysis.finding import Finding, Severity
from components.analysis.snapshot import Snapshot

CHECK = Check(
    code="M0504",
    title="a Gateway's credential is not where its pods run",
    severity=Severity.ERROR,
    reads=("Gateway",),
    istio="IST0101",
)


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """Secrets by credentialName: they are read from the namespace of the gateway's pods, not of the Gateway. Source:
    ServerTLSSettings.credentialName in gateway.proto; istio/istio#14598, #27740.
    """
    credentials = Credentials(snapshot)
    elsewhere: dict[str, list[str]] = defaultdict(list)
    for namespace, name in credentials.made:
        elsewhere[name].append(namespace)
    for gateway in snapshot.gateways:
        workloads = snapshot.gateway_index.workloads(gateway)
        if not workloads:
            continue
        namespace = workloads[0].namespace
        for number, server in enumerate(gateway.spec.servers):
            for key, name in names_of(server.tls):
                owner, short = credentials.place(name, namespace)
                if (owner, short) in credentials.made:
                    continue
                field = f"spec.servers[{number}].tls.{key}"
                others = sorted(elsewhere.get(short, ()))
                message = f"there is no Secret {short!r} in namespace {owner}, where the gateway's pods run"
                remedy = f"Make the Secret in namespace {owner}."
                if others:
                    message += f"; one of that name is in {others[0]}"
                if others or credentials.knows(owner):
                    yield CHECK.found(gateway, field, message, remedy)
                else:
                    message = (
                        f"the Secret {short!r} of namespace {owner} was not found, but no Secret of namespace {owner} is"
                        " among these documents, so this could not be told for sure"
                    )
                    yield CHECK.found(gateway, field, message, remedy, severity=Severity.INFO)

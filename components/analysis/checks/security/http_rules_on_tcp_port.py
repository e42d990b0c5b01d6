"""An ALLOW policy looks at HTTP on a port that is not HTTP."""

from __future__ import annotations

from collections.abc import Iterator

from components.analysis.authorization import reads_http
from components.analysis.check import Check
from components.analysis.finding import Finding, Severity
from components.analysis.hosts import protocol_of
from components.analysis.policies import is_attached, labels_of
from components.analysis.ports import port_of_pods
from components.analysis.services_of_pods import services_of
from components.analysis.snapshot import Snapshot
from components.analysis.workloads import Workload
from components.api.security.authorization_policy import AuthorizationPolicy, Rule

CHECK = Check(
    code="M0607",
    title="an ALLOW rule looks at HTTP on a port that is not HTTP",
    severity=Severity.WARNING,
    reads=("AuthorizationPolicy",),
)

NOT_HTTP = frozenset({"TCP", "TLS", "HTTPS", "Mongo", "Redis", "MySQL"})


class Ports:
    """Ports of workloads by whether they are HTTP, as Services tell it."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._services = services_of(snapshot)

    def of(self, workload: Workload) -> tuple[dict[int, str], bool]:
        """The protocols of ports that are not HTTP, by number; and whether there are others."""
        closed: dict[int, str] = {}
        others = False
        for service in self._services.get(id(workload), ()):
            for port in service.spec.ports:
                protocol = protocol_of(port.name, port.app_protocol, port.protocol)
                number = port_of_pods(port, workload)
                if protocol in NOT_HTTP and number is not None:
                    closed[number] = str(protocol)
                else:
                    others = True
        return closed, others


def check(snapshot: Snapshot) -> Iterator[Finding]:
    """ALLOW policies of whose rules none can be met on a port that is not HTTP. Source: istio.io, Authorization for TCP
    traffic.
    """
    ports = Ports(snapshot)
    for policy in snapshot.authorization_policies:
        allows = policy.spec.action in (None, AuthorizationPolicy.Action.ALLOW)
        looks = [(index, key) for index, rule in enumerate(policy.spec.rules) if (key := reads_http(rule)) is not None]
        # One of a whole namespace is for its HTTP ports mostly, and the others have policies of their own.
        if not allows or not looks or is_attached(policy.spec) or not labels_of(policy.spec):
            continue
        found = _closed(policy.spec, snapshot.workloads.selected(labels_of(policy.spec), policy.namespace), ports)
        if found is not None:
            number, protocol, others, index = found
            key = reads_http(policy.spec.rules[index])
            yield CHECK.found(
                policy,
                f"spec.rules[{index}]",
                f"port {number} of these pods is {protocol}, and the rule looks at {key}, which only HTTP has: nothing is"
                " allowed there",
                "Allow that port by a rule with operation.ports, source and nothing of HTTP.",
                severity=Severity.INFO if others else None,
            )


def _closed(
    spec: AuthorizationPolicy, workloads: tuple[Workload, ...], ports: Ports
) -> tuple[int, str, bool, int] | None:
    for workload in workloads:
        closed, others = ports.of(workload)
        for number, protocol in closed.items():
            meant = [index for index, rule in enumerate(spec.rules) if _is_for(rule, number)]
            if not meant or any(reads_http(spec.rules[index]) is None for index in meant):
                continue
            named = any(each.operation is not None and each.operation.ports for each in spec.rules[meant[0]].to)
            return number, protocol, others and not named, meant[0]
    return None


def _is_for(rule: Rule, port: int) -> bool:
    """Whether a rule speaks of a port: it names it, or names none."""
    operations = [each.operation for each in rule.to if each.operation is not None]
    if not operations:
        return True
    return any((not each.ports or str(port) in each.ports) and str(port) not in each.not_ports for each in operations)

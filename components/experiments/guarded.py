"""What access rules keep the experiments' own requests from, and what of security, telemetry and scope no experiment
measures yet: rows that say so."""

from __future__ import annotations

from collections.abc import Iterator

from components.experiments.answers import within_mesh
from components.experiments.breaker import BreakerExperiment
from components.experiments.entrance import UndeclaredHost
from components.experiments.experiment import Experiment, Unmeasured
from components.experiments.route import RouteExperiment
from components.experiments.traffic import Client
from components.experiments.unmeasured import NOT_YET
from components.model import Access, Action, DenyByDefault, Gateway, Mesh, Telemetry, WholeMesh, Workload
from components.model.access import AccessRule
from components.model.places import covers, in_words
from components.model.split import workload_of


def unless_guarded(mesh: Mesh, experiment: Experiment) -> Experiment:
    """The experiment, or a row in its place where an access rule may refuse its requests (403)."""
    if isinstance(experiment, UndeclaredHost):
        rule = _at_gateways(mesh)
        return _row("undeclared.invalid", "an undeclared host", "404 from the gateway", rule) if rule else experiment
    if isinstance(experiment, BreakerExperiment):
        rule = _at(mesh, experiment.workload, from_gateway=False)
        return _row(str(experiment.workload), "circuit breaker", "declared", rule) if rule else experiment
    if isinstance(experiment, RouteExperiment):
        entered = experiment.client is Client.OUTSIDE
        rule = _at_gateways(mesh) if entered else None
        for destination in experiment.route.destinations:
            rule = rule or _at(mesh, workload_of(within_mesh(destination)), from_gateway=entered)
        route = experiment.route
        return _row(str(experiment.service.host), route.name, str(route), rule) if rule else experiment
    return experiment


def of_guards(mesh: Mesh) -> Iterator[Unmeasured]:
    """A row for each part of security, telemetry and scope."""
    for rule in mesh.mutual_tls_rules:
        for port, mode in rule.ports:
            yield _unmeasured(in_words(rule.of), f"mutual TLS on port {port}", mode.value)
    for authentication in mesh.authentications:
        issuers = ", ".join(issuer.name for issuer in authentication.issuers)
        yield _unmeasured(in_words(authentication.of), f"tokens: {authentication.name}", issuers)
    for access in mesh.access:
        yield _unmeasured(in_words(access.of), f"access: {access.name}", _in_words(access))
    for telemetry in mesh.telemetry:
        yield _unmeasured(in_words(telemetry.of), "telemetry", _parts(telemetry))
    for dependency in mesh.dependencies:
        known = ", ".join(in_words(target) for target in dependency.on) or "nothing"
        yield _unmeasured(in_words(dependency.of), "dependencies", known)
    for export in mesh.exports:
        names = ", ".join(namespace.name for namespace in export.to) or "its own namespace"
        yield _unmeasured(in_words(export.of), "exported to", names)


def _at_gateways(mesh: Mesh) -> AccessRule | None:
    return next((rule for rule in mesh.access if isinstance(rule.of, (Gateway, WholeMesh)) and not _audits(rule)), None)


def _at(mesh: Mesh, workload: Workload, *, from_gateway: bool) -> AccessRule | None:
    """A rule that may refuse what an experiment asks of the workload; none where one lets all of it in."""
    rules = [rule for rule in mesh.access if covers(rule.of, workload) and not _audits(rule)]
    refusing = [rule for rule in rules if not (isinstance(rule, DenyByDefault) or _allows(rule))]
    if refusing or any(_allows(rule) and _lets_in(rule, from_gateway) for rule in rules):
        return refusing[0] if refusing else None
    return rules[0] if rules else None


def _audits(rule: AccessRule) -> bool:
    return isinstance(rule, Access) and rule.action is Action.AUDIT


def _allows(rule: AccessRule) -> bool:
    return isinstance(rule, Access) and rule.action is Action.ALLOW


def _lets_in(rule: AccessRule, from_gateway: bool) -> bool:
    """Whether it takes every request of the gateways, or of anybody."""
    if not isinstance(rule, Access) or rule.requests or rule.except_requests or rule.except_callers or rule.claims:
        return False
    callers = rule.callers
    if callers is None:
        return True
    gateways = any(isinstance(identity.of, Gateway) for identity in callers.identities)
    return from_gateway and gateways and not (callers.namespaces or callers.source_ips or callers.client_ips)


def _in_words(rule: AccessRule) -> str:
    if isinstance(rule, Access):
        return rule.action.value if isinstance(rule.action, Action) else f"as {rule.action.provider} says"
    return "refused unless allowed" if isinstance(rule, DenyByDefault) else "a good token"


def _parts(telemetry: Telemetry) -> str:
    parts = {"access logs": telemetry.access_logs, "tracing": telemetry.tracing, "metrics": telemetry.metrics}
    return ", ".join(name for name, part in parts.items() if part)


def _row(subject: str, what: str, declared: str, rule: AccessRule) -> Unmeasured:
    why = f"access rule {rule.name!r} decides who is answered, and an experiment's requests have no rights"
    return Unmeasured(subject, what, declared=declared, why=why)


def _unmeasured(subject: str, what: str, declared: str) -> Unmeasured:
    return Unmeasured(subject, what, declared=declared, why=NOT_YET)

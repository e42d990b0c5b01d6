"""Documents in, findings out: decoding, validation, checks, suppression, order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from components.analysis.check import registered
from components.analysis.declared import Declared
from components.analysis.finding import Finding, Severity
from components.analysis.mesh_config import find_mesh_config, find_mesh_networks, is_mesh_config
from components.analysis.reading import Source, Unread
from components.analysis.reading.source import Text
from components.analysis.snapshot import Snapshot
from components.analysis.suppression import Suppression, kept
from components.api import DecodeError, Document, Problem, UnknownKind, examine
from components.api.validation import validate

__all__ = ["Analysis", "analyse", "analyse_documents", "decoded"]

IGNORED = frozenset({"kube-system", "kube-public", "kube-node-lease", "local-path-storage"})
"""Namespaces of Kubernetes' own, of which Istio's analyzers look at nothing either."""
ISTIO_GROUPS = frozenset({"networking.istio.io", "security.istio.io", "telemetry.istio.io", "extensions.istio.io"})
"""Groups of which every kind is known here, so that another is a mistake; of other groups it may be a good one."""


class Analysis(NamedTuple):
    """What was looked at, and what was found."""

    objects: int
    findings: tuple[Finding, ...]
    """The worst first, then by file and line."""
    snapshot: Snapshot
    sources: Mapping[str, Source]
    """A source of each file, for the lines of its text."""

    def excerpt(self, finding: Finding) -> str | None:
        """The line of a file that a finding is about."""
        if finding.file is None or finding.line is None:
            return None
        source = self.sources.get(finding.file)
        if source is not None:
            return source.excerpt(finding.line)
        lines = Text(finding.file).lines
        return lines[finding.line - 1] if finding.line <= len(lines) else None


def analyse(
    read: Iterable[Source | Unread],
    *,
    suppressions: Iterable[Suppression] = (),
    mesh_config: Mapping[str, Any] | None = None,
    complete: bool = False,
) -> Analysis:
    """Findings of documents as they were read: those of reading, of the CRDs and the webhook, and of every check."""
    findings: list[Finding] = []
    bare: list[Mapping[str, Any]] = [mesh_config] if mesh_config is not None else []
    objects: list[Declared[Any]] = []
    for each in read:
        if isinstance(each, Unread):
            findings.append(_unread(each))
        elif "kind" in each.value:
            # One after the other as they come, for the next are still being read.
            declared = decoded(each, findings)
            findings += _violations(declared)
            objects.append(declared)
        elif is_mesh_config(each.value) or set(each.value) == {"networks"}:
            bare.append(each.value)
    looked_at = [each for each in objects if each.namespace not in IGNORED]
    config, networks = find_mesh_config(objects, bare), find_mesh_networks(objects, bare)
    snapshot = Snapshot(looked_at, mesh_config=config, mesh_networks=networks, complete=complete)
    return _analysis(len(objects), snapshot, findings, suppressions)


def analyse_documents(
    documents: Iterable[Document],
    *,
    beside: Iterable[Document] = (),
    mesh_config: Mapping[str, Any] | None = None,
    suppressions: Iterable[Suppression] = (),
    complete: bool = True,
) -> Analysis:
    """Findings of typed documents, such as those a program declares.

    `beside`: documents that are there by other hands; rules may lean on them, and nothing is said of them. `complete`:
    nothing else concerns the namespaces of the documents.
    """
    objects: list[Declared[Any]] = [Declared(each, None) for each in documents]
    others: list[Declared[Any]] = [Declared(each, None) for each in beside]
    config = find_mesh_config((), [mesh_config] if mesh_config is not None else [])
    snapshot = Snapshot([*others, *objects], mesh_config=config, complete=complete)
    violations = [violation for each in objects for violation in _violations(each)]
    analysis = _analysis(len(objects), snapshot, violations, suppressions)
    ours = {(each.kind, each.written_namespace, each.name) for each in objects}
    about_ours = tuple(each for each in analysis.findings if (each.kind, each.namespace, each.name) in ours)
    return analysis._replace(findings=about_ours)


def _analysis(count: int, snapshot: Snapshot, findings: list[Finding], suppressions: Iterable[Suppression]) -> Analysis:
    kinds = {each.kind for each in snapshot.objects} | snapshot.kinds_of_the_mesh
    for check, run, _ in registered():
        if not kinds.isdisjoint(check.reads):
            findings += run(snapshot)
    unique = tuple(dict.fromkeys(kept(findings, snapshot.objects, suppressions)))
    sources = {
        each.source.file: each.source for each in snapshot.objects if each.source is not None and each.source.file
    }
    return Analysis(count, tuple(sorted(unique, key=_order)), snapshot, sources)


def decoded(source: Source, findings: list[Finding]) -> Declared[Any]:
    """The object of a document; what its shape leaves to be desired goes to the findings."""
    try:
        document, problems = examine(source.value)
    except UnknownKind as unknown:
        declared: Declared[Any] = Declared(None, source)
        if declared.group in ISTIO_GROUPS:
            findings += _shape(declared, unknown.problems)
        return declared
    except DecodeError as error:
        declared = Declared(None, source)
        findings += _shape(declared, error.problems)
        return declared
    declared = Declared(document, source)
    findings += _shape(declared, problems)
    return declared


def _unread(flaw: Unread) -> Finding:
    return Finding(
        code=flaw.code,
        severity=Severity.ERROR,
        message=f"{flaw.file} {flaw.message}",
        remedy=flaw.remedy,
        file=flaw.file,
        line=flaw.line,
    )


def _shape(declared: Declared[Any], problems: Iterable[Problem]) -> Iterator[Finding]:
    istio = "IST0106" if declared.group in ISTIO_GROUPS else None
    for problem in problems:
        yield declared.finding("V0001", Severity.ERROR, problem.path, problem.message, problem.remedy, istio=istio)


def _violations(declared: Declared[Any]) -> Iterator[Finding]:
    if declared.document is None or declared.namespace in IGNORED:
        return
    for broken in validate(declared.document, declared.plain):
        istio = broken.istio if declared.group in ISTIO_GROUPS else None
        yield declared.finding(broken.code, broken.severity, broken.path, broken.message, broken.remedy, istio=istio)


SEVERITIES = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def _order(finding: Finding) -> tuple[int, str, int, str, str, str]:
    return (
        SEVERITIES[finding.severity],
        finding.file or "",
        finding.line or 0,
        finding.subject,
        finding.code,
        finding.field,
    )

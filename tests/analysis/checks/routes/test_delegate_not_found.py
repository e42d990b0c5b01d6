"""M0237: a delegate does not exist."""

from __future__ import annotations

from components.analysis.checks.routes import delegate_not_found
from components.analysis.finding import Severity
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def root(**delegate: str) -> str:
    return written("VirtualService", "root", spec={"hosts": ["a.test"], "http": [{"delegate": delegate}]})


def leaf(name: str = "leaf", namespace: str = "shop", **spec: object) -> str:
    return written("VirtualService", name, namespace, {"http": [{}]} | spec)


def test_one_that_is_not_beside_other_delegates_is_an_error() -> None:
    (found,) = findings_of(delegate_not_found, many(root(name="leef"), leaf()))
    assert (found.code, found.severity) == ("M0237", Severity.ERROR)


def test_without_delegates_of_the_namespace_it_is_not_told_for_sure() -> None:
    assert [each.severity for each in findings_of(delegate_not_found, root(name="leaf", namespace="team"))] == [
        Severity.INFO
    ]


def test_one_with_hosts_or_out_of_sight_is_no_delegate() -> None:
    (found,) = findings_of(delegate_not_found, many(root(name="leaf"), leaf(hosts=["b.test"])))
    assert "has hosts" in found.message
    text = many(root(name="leaf", namespace="team"), leaf(namespace="team", exportTo=["."]))
    (found,) = findings_of(delegate_not_found, text)
    assert "not exported" in found.message


def test_one_without_hosts_is_found() -> None:
    assert not findings_of(delegate_not_found, many(root(name="leaf"), leaf()))

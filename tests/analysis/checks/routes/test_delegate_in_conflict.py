"""M0238: a delegate's match is outside of the match that leads to it."""

from __future__ import annotations

from components.analysis.checks.routes import delegate_in_conflict
from tests.analysis.checking import findings_of
from tests.analysis.objects import many, written


def pair(root: dict[str, object], leaf: dict[str, object]) -> str:
    first = {"hosts": ["a.test"], "http": [{"match": [root], "delegate": {"name": "leaf"}}]}
    return many(
        written("VirtualService", "root", spec=first),
        written("VirtualService", "leaf", spec={"http": [{"match": [leaf]}]}),
    )


def test_a_match_outside_of_the_roots_is_reported_at_the_delegate() -> None:
    (found,) = findings_of(delegate_in_conflict, pair({"uri": {"prefix": "/a"}}, {"uri": {"prefix": "/b"}}))
    assert (found.name, found.field) == ("leaf", "spec.http[0].match[0]")


def test_what_istiod_takes_for_a_conflict() -> None:
    conflicts: list[tuple[dict[str, object], dict[str, object]]] = [
        ({"uri": {"regex": "/a.*"}}, {"uri": {"exact": "/a"}}),
        ({"uri": {"exact": "/a"}}, {"uri": {"prefix": "/a"}}),
        ({"headers": {"x": {"exact": "1"}}}, {"headers": {"x": {"exact": "2"}}}),
        ({"port": 80}, {"port": 81}),
        ({"sourceLabels": {"a": "1"}}, {"sourceLabels": {"a": "2"}}),
        ({"sourceNamespace": "a"}, {"uri": {"prefix": "/"}}),
        ({"gateways": ["a"]}, {"gateways": ["b"]}),
        ({"ignoreUriCase": True}, {"ignoreUriCase": False}),
    ]
    for root, leaf in conflicts:
        assert findings_of(delegate_in_conflict, pair(root, leaf)), (root, leaf)


def test_a_part_of_the_roots_match_is_right() -> None:
    parts: list[tuple[dict[str, object], dict[str, object]]] = [
        ({"uri": {"prefix": "/a"}}, {"uri": {"prefix": "/a/b"}}),
        ({"uri": {"prefix": "/a"}}, {"uri": {"exact": "/a"}}),
        ({"uri": {"prefix": "/a"}}, {"headers": {"x": {"exact": "1"}}}),
        ({"gateways": ["a", "b"]}, {"gateways": ["b"]}),
    ]
    for root, leaf in parts:
        assert not findings_of(delegate_in_conflict, pair(root, leaf)), (root, leaf)

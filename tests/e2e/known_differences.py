"""Where validation and the cluster are known to differ, why, and how it is told from a difference that is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tests.api.validation.mutations import document
from tests.e2e.judging import Judge, Verdict

__all__ = ["KNOWN", "Known", "is_known"]

Item = dict[str, Any]


class Known(NamedTuple):
    """A difference that stays."""

    why: str
    examples: tuple[Item, ...]
    """Documents that show it each time; empty where nothing does."""
    explains: Callable[[Judge, Item, Verdict, Verdict], bool]
    """Whether it is why a document got the two verdicts, the cluster's and ours."""


def is_known(judge: Judge, made: Item, theirs: Verdict, ours: Verdict) -> bool:
    """Whether the difference of the two verdicts is one of these."""
    return any(each.explains(judge, made, theirs, ours) for each in KNOWN.values())


def _envoy(judge: Judge, made: Item, theirs: Verdict, ours: Verdict) -> bool:
    words = ("unknown field", "cannot unmarshal", "proto:")
    return made["kind"] == "EnvoyFilter" and not ours.refused and any(each in theirs.words for each in words)


def _emptiness(judge: Judge, made: Item, theirs: Verdict, ours: Verdict) -> bool:
    bare = {**made, "spec": _without_empty(made["spec"])}
    return theirs.refused and not ours.refused and bare != made and not judge.verdict(bare).refused


def _map_order(judge: Judge, made: Item, theirs: Verdict, ours: Verdict) -> bool:
    return not theirs.refused and ours.refused and ours.codes == {"V2049"}


def _silence(judge: Judge, made: Item, theirs: Verdict, ours: Verdict) -> bool:
    return not theirs.refused and not ours.refused and theirs.warnings == 0 and ours.codes <= set(SILENT)


def _without_empty(value: Any) -> Any:
    """The value without the fields that are empty lists and maps or hold nothing but null; what is empty then stays."""
    if isinstance(value, list):
        return [_without_empty(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _without_empty(each) for key, each in value.items() if not _is_empty(each)}


def _is_empty(value: Any) -> bool:
    return value in ([], {}) or (isinstance(value, dict) and all(each is None for each in value.values()))


SILENT: Mapping[str, str] = {
    **dict.fromkeys(
        ("V1004", "V1005", "V1006", "V1007", "V1008", "V1040", "V1105", "V1110"),
        "istiod looks at no gateway behind the first without a namespace",
    ),
    "V1055": "it is Envoy that refuses such a status",
    "V1056": "an abort of nothing does nothing, which istiod does not say",
    **dict.fromkeys(
        ("V2012", "V2038", "V2051", "V2056"),
        "what istiod would warn of in subsets and ports is lost on its way",
    ),
}
"""Warnings of ours that istiod does not give in each place, and why."""

_OLD: dict[str, Any] = {"outlierDetection": {"consecutiveErrors": 5}}
_PATCH: dict[str, Any] = {"applyTo": "CLUSTER", "patch": {"operation": "MERGE", "value": {"nonsense": 1}}}
_LOCAL: dict[str, Any] = {"matchLabels": {"app": "a"}}
KNOWN: Mapping[str, Known] = {
    "definitions of Envoy": Known(
        "what Envoy's own messages hold is not known here, so fields of a patch's value are not looked at",
        (document("EnvoyFilter", {"configPatches": [_PATCH]}),),
        _envoy,
    ),
    "emptiness": Known(
        "an empty list or map is not there once decoded, and CRDs tell one that is there from one that is not",
        (
            document("PeerAuthentication", {"selector": _LOCAL, "portLevelMtls": {}}),
            document("WorkloadEntry", {"address": "unix:///a.sock", "ports": {}}),
            document("Telemetry", {"selector": _LOCAL, "targetRefs": []}),
        ),
        _emptiness,
    ),
    "order of a map": Known(
        "istiod looks at the localities of a distribution in whatever order Go gives a map, and refuses or takes the"
        " same document; we refuse it always",
        (),
        _map_order,
    ),
    "silence": Known(
        "some warnings of ours istiod does not give",
        (document("DestinationRule", {"host": "a", "subsets": [{"name": "b", "trafficPolicy": _OLD}]}),),
        _silence,
    ),
}

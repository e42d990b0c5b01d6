"""Previews as the engine printed them, made small enough to be kept: `python -m tests.review.recording FULL.json NAME`.

What goes: the configuration, outputs, and what only the engine reads of a state; long texts are cut, and of the objects
of Istio's own charts only the names stay, where they are many words and no change. No step, operation, input or
difference of the mesh's own objects is touched.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).with_name("recorded")

LONGEST = 400
BULKY = (
    "CustomResourceDefinition",
    "ClusterRole",
    "Role",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
)

CHART = "helm.sh/v4:Chart$"


def trimmed(preview: Mapping[str, Any]) -> dict[str, Any]:
    """The same preview, small."""
    kept = {key: each for key, each in preview.items() if key not in ("config", "duration")}
    return {**kept, "steps": [_step(step) for step in preview["steps"]]}


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    small = {key: each for key, each in step.items() if key not in ("oldState", "newState", "provider")}
    for side in ("oldState", "newState"):
        if side in step:
            state = {key: step[side][key] for key in ("urn", "type", "inputs") if key in step[side]}
            small[side] = _cut(state)
            bulky = state["type"].rpartition(":")[2] in BULKY or (step["op"] == "same" and CHART in step["urn"])
            if bulky and "inputs" in state:
                small[side]["inputs"] = {
                    **{key: state["inputs"][key] for key in ("apiVersion", "kind")},
                    "metadata": {"name": state["inputs"]["metadata"]["name"]},
                }
    return small


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cut(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_cut(each) for each in value]
    return value[:LONGEST] if isinstance(value, str) else value


if __name__ == "__main__":
    full, name = sys.argv[1:]
    small = trimmed(json.loads(Path(full).read_text()))
    (RECORDED / f"{name}.json").write_text(json.dumps(small, indent=1) + "\n")

"""Which of Istio's addons a stack asks for, and what the lab has in place of their images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from lab.host.plan import Part
from lab.images.catalogue import JAEGER, PROMETHEUS, PROMETHEUS_RELOADER, Image
from lab.overlay import PROJECT
from lab.progress import Progress

CONTAINERS: Mapping[Part, Mapping[str, Image]] = {
    "jaeger": {"jaeger": JAEGER},
    "prometheus": {
        "prometheus-server": PROMETHEUS,
        "prometheus-server-configmap-reload": PROMETHEUS_RELOADER,
    },
}
"""The addons that the lab can run, and the image of each of their containers."""


def asked_for(stack_file: Path, given: Mapping[str, Any]) -> tuple[str, ...]:
    """The stack's setting `addons`, which was checked before."""
    content = yaml.safe_load(stack_file.read_text()) or {}
    listed = {**(content.get("config") or {}), **{f"{PROJECT}:{key}": value for key, value in given.items()}}
    return tuple(listed.get(f"{PROJECT}:addons") or ())


def parts(asked: Sequence[str]) -> tuple[Part, ...]:
    """What the machine has to bring for them."""
    return tuple(part for part in CONTAINERS if part in asked)


def say_left_out(asked: Sequence[str], progress: Progress) -> None:
    """One line for those that the lab can not run; nothing when there is none."""
    if left := [name for name in asked if name not in CONTAINERS]:
        progress.say(f"left out: {', '.join(left)}; to be had from image registries only, and the lab reaches none")

"""Each example, run as Pulumi would run it, with every resource recorded instead of made."""

from __future__ import annotations

import asyncio
import runpy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml
from pulumi.runtime import mocks as pulumi_mocks

from components.model import Mesh
from tests.program.conftest import Recorder, programs_loop

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
NAMES = sorted(file.parent.name for file in EXAMPLES.glob("*/Pulumi.yaml"))

IMAGE = f"registry.test/servicex@sha256:{'0' * 64}"
GIVEN = {
    "image": IMAGE,
    "clientImage": "registry.test/load-client",
    "certificate": "a certificate",
    "privateKey": "a key",
    "jwks": '{"keys": [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}]}',
    "partner": "partner.elsewhere.test",
    "bank": "10.1.2.3",
    "authorities": "/etc/authorities.pem",
}
"""What an example needs and its project gives no default for, or a default that says nothing."""


@dataclass(frozen=True)
class Ran:
    """What an example declares, exports and registers."""

    mesh: Mesh
    exported: dict[str, Any]
    recorder: Recorder


Run = Callable[[str], Ran]


def project(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((EXAMPLES / name / "Pulumi.yaml").read_text())
    return read


@pytest.fixture(name="run")
def _run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    asyncio.set_event_loop(programs_loop())

    def run(name: str) -> Ran:
        folder, recorder, declared = EXAMPLES / name, Recorder(), project(name)["config"]
        monkeypatch.chdir(folder)
        # Its components come from the tree, by the Python that runs it; nothing else of the tree may be needed.
        values = {key: each["default"] for key, each in declared.items() if "default" in each}
        values |= {key: value for key, value in GIVEN.items() if key in declared or key == "privateKey"}
        pulumi_mocks.set_mocks(recorder, project=name, stack="test", preview=False)
        pulumi.runtime.set_all_config({f"{name}:{key}": value for key, value in values.items()})
        exported: dict[str, Any] = {}
        monkeypatch.setattr(pulumi, "export", lambda key, value: exported.update({key: value}))
        names: dict[str, Any] = {}

        @pulumi.runtime.test
        def program() -> None:
            names.update(runpy.run_path(str(folder), run_name="__main__"))

        program()
        return Ran(names["mesh"], exported, recorder)

    yield run
    pulumi.runtime.set_all_config({})

"""The whole program, run as Pulumi would run it for a stack file, with every resource recorded instead of made."""

from __future__ import annotations

import asyncio
import json
import runpy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml
from pulumi.runtime import mocks as pulumi_mocks
from pulumi.runtime import settings as pulumi_settings
from pulumi.runtime.proto import callback_pb2

ROOT = Path(__file__).parents[2]
PROJECT = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())
DIGEST = "sha256:" + "0" * 64


@dataclass
class Recorder(pulumi_mocks.Mocks):
    """A cluster and a registry that take everything."""

    registered: list[pulumi_mocks.MockResourceArgs] = field(default_factory=list)

    def new_resource(self, args: pulumi_mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.registered.append(args)
        outputs = dict(args.inputs)
        if args.typ == "docker:index/image:Image":
            outputs["repoDigest"] = f"{args.inputs['imageName'].rsplit(':', 1)[0]}@{DIGEST}"
        return f"{args.name}-id", outputs

    def call(self, args: pulumi_mocks.MockCallArgs) -> dict[str, Any]:
        raise AssertionError(f"the program calls {args.token}, and needs no function of a provider")

    def of_type(self, suffix: str) -> dict[str, dict[str, Any]]:
        return {args.name: args.inputs for args in self.registered if args.typ.endswith(suffix)}

    def custom(self, kind: str) -> dict[str, dict[str, Any]]:
        return {args.name: args.inputs for args in self.registered if args.inputs.get("kind") == kind}


class NoCallbacks:
    """Stands where the engine would call transforms back, which the mocks do not; the lab's tests see them applied."""

    def register_transform(self, transform: pulumi.ResourceTransform) -> callback_pb2.Callback:
        return callback_pb2.Callback()


Run = Callable[..., Recorder]


@cache
def programs_loop() -> asyncio.AbstractEventLoop:
    """One for all programs: the SDK keeps tasks on the thread's loop past the end of a program."""
    return asyncio.new_event_loop()


@pytest.fixture(name="loop")
def _loop() -> asyncio.AbstractEventLoop:
    return programs_loop()


@pytest.fixture(name="run")
def _run(monkeypatch: pytest.MonkeyPatch, loop: asyncio.AbstractEventLoop) -> Iterator[Run]:
    monkeypatch.chdir(ROOT)
    asyncio.set_event_loop(loop)

    def run(stack: str, **overrides: object) -> Recorder:
        recorder = Recorder()
        pulumi_mocks.set_mocks(recorder, project=PROJECT["name"], stack=stack, preview=False)
        pulumi_settings.SETTINGS.callbacks = NoCallbacks()  # type: ignore[assignment]
        pulumi.runtime.set_all_config(_config(stack, {"registry": "registry.test:5000", **overrides}))

        @pulumi.runtime.test
        def program() -> None:
            runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")

        program()
        return recorder

    yield run
    pulumi.runtime.set_all_config({})


def _config(stack: str, overrides: Mapping[str, object]) -> dict[str, str]:
    prefix = f"{PROJECT['name']}:"
    values: dict[str, object] = {prefix + key: declared["default"] for key, declared in PROJECT["config"].items()}
    values |= yaml.safe_load((ROOT / f"Pulumi.{stack}.yaml").read_text())["config"]
    values |= {prefix + key: value for key, value in overrides.items()}
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}

"""A place where resources are registered without being made."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import pytest
from pulumi.runtime import mocks, set_mocks

from tests.program.conftest import programs_loop


class Recorded(mocks.Mocks):
    """Every resource's inputs, by name."""

    def __init__(self) -> None:
        self.inputs: dict[str, Mapping[str, object]] = {}

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str, dict[object, object]]:
        self.inputs[args.name] = args.inputs
        return args.name, dict(args.inputs)

    def call(self, args: mocks.MockCallArgs) -> tuple[dict[object, object], None]:
        raise AssertionError(f"{args.token} is called, and no function of a provider is needed")


@pytest.fixture(name="recorded")
def _recorded() -> Recorded:
    asyncio.set_event_loop(programs_loop())
    recorded = Recorded()
    set_mocks(recorded, preview=False)
    return recorded

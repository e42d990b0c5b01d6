"""What a stack's outputs must say."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from components.experiments import stack
from components.experiments.errors import Unusable
from components.model.document import encode

from .meshes import dev


def outputs(**changes: object) -> bytes:
    """The outputs of the stack dev, with changes; None leaves one out."""
    given: dict[str, object] = {
        "mesh": encode(dev()),
        "gateway": {"host": "istio-ingress.istio-ingress.svc.cluster.local", "port": 80},
        "loadClientImage": "localhost:5917/load-client:1",
        "production": False,
        **changes,
    }
    return json.dumps({name: value for name, value in given.items() if value is not None}).encode()


def test_the_outputs_say_what_to_measure_and_from_where() -> None:
    """The mesh comes back as it was declared, beside the gateway, the client's image and the mark."""
    read = stack.parse(outputs(), "dev")
    assert read.mesh == dev()
    assert read.entrances.gateway == "http://istio-ingress.istio-ingress.svc.cluster.local:80"
    assert read.entrances.of(read.mesh.workloads[0]) == "http://servicex-service.servicex.svc.cluster.local:80"
    assert (read.image, read.production) == ("localhost:5917/load-client:1", False)


def test_a_stack_without_a_gateway_is_measured_from_inside() -> None:
    """The gateway and the mark may be missing."""
    read = stack.parse(outputs(gateway=None, production=None), "dev")
    assert (read.entrances.gateway, read.production) == (None, False)


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        pytest.param(b"{}", "`mesh`", id="no outputs at all"),
        pytest.param(outputs(loadClientImage=None), "`loadClientImage`", id="no image"),
        pytest.param(outputs(gateway={"host": "x"}), "`port`", id="a gateway without a port"),
        pytest.param(outputs(mesh={"format": 99}), "format 99", id="a mesh of another version"),
        pytest.param(b"not json", "malformed", id="no JSON"),
    ],
)
def test_outputs_that_do_not_say_it_are_refused(output: bytes, reason: str) -> None:
    """The message names the stack, what is missing, what is needed and what to run."""
    with pytest.raises(Unusable, match="outputs of stack 'dev' do not say what to measure") as refused:
        stack.parse(output, "dev")
    assert reason in str(refused.value)
    assert "pulumi up" in str(refused.value)


def program(folder: Path, name: str, script: str) -> None:
    """A program of this name that stands in for the real one."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_what_pulumi_complains_of_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stack that does not exist is named, with Pulumi's own words."""
    program(tmp_path, "pulumi", "echo \"error: no stack named 'staging' found\" >&2; exit 255")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(Unusable, match="for stack 'staging' failed; it said: error: no stack named 'staging' found"):
        asyncio.run(stack.read("staging"))


def test_the_named_stack_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pulumi is asked for the outputs of the stack that was named."""
    (tmp_path / "outputs.json").write_bytes(outputs())
    asked = '[ "$*" = "stack output --json --non-interactive --stack dev" ] || exit 9'
    program(tmp_path, "pulumi", f"{asked}; cat {tmp_path}/outputs.json")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert asyncio.run(stack.read("dev")).mesh == dev()


def test_without_pulumi_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a traceback about a missing file."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unusable, match=r"pulumi is not on PATH.*make prove"):
        asyncio.run(stack.read(None))

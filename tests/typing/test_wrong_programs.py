"""A user's type checker finds a wrong program before it runs: the package says that it is typed (py.typed)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mypy import api

ROOT = Path(__file__).parents[2]

START = """
from components.model import Access, Abort, Callers, Dependency, Gateway, Header, Mesh, MutualTLS, MutualTLSRule
from components.model import Namespace, Percent, RequestAuthentication, Requests, RequireJWT, Route, Split, Telemetry
from components.model import Tracing, TrafficPolicy, VirtualService, WholeMesh, Workload, seconds

shop = Workload("shop", namespace="shop", port=8000)
old = shop.version("old")
public = Gateway("public", hosts=["a.mesh.test"])
"""

WRONG = {
    "a workload's name as a destination": (
        'Route("all", to="shop")',
        'Argument "to" to "Route" has incompatible type "str"',
    ),
    "a gateway as a destination": (
        'Route("all", to=public)',
        'Argument "to" to "Route" has incompatible type "Gateway"',
    ),
    "a name in a split": (
        'Split({old: 90, "new": 10})',
        'Dict entry 1 has incompatible type "str": "int"; expected "Workload | Version | Subset | ExternalDestination": "int"',
    ),
    "a share that is a dict": (
        'Abort(500, on={"value": 25})',
        'Argument "on" to "Abort" has incompatible type "dict[str, int]"; expected "Percent"',
    ),
    "a share that is a number": ("Abort(500, on=25)", 'Argument "on" to "Abort" has incompatible type "int"'),
    "a time that is a number": ('Route("all", to=old, timeout=5)', 'Argument "timeout" to "Route" has incompatible'),
    "a host's name where the gateway's host belongs": (
        'VirtualService("a.mesh.test", [Route("all", to=old)])',
        'Argument 1 to "VirtualService" has incompatible type "str"',
    ),
    "a version's policy by name": (
        'TrafficPolicy("shop")',
        'Argument 1 to "TrafficPolicy" has incompatible type "str"',
    ),
    "a principal in words": (
        'Callers(identities=["cluster.local/ns/shop/sa/shop"])',
        'List item 0 has incompatible type "str"; expected "Identity"',
    ),
    "a workload where its identity belongs": (
        "Callers(identities=[shop])",
        'List item 0 has incompatible type "Workload"; expected "Identity"',
    ),
    "a namespace in words": (
        'MutualTLSRule("shop", MutualTLS.DISABLE)',
        'Argument 1 to "MutualTLSRule" has incompatible type "str"; expected "Namespace | Workload"',
    ),
    "a mode in words": (
        'MutualTLSRule(shop, "DISABLE")',
        'Argument 2 to "MutualTLSRule" has incompatible type "str"; expected "MutualTLS | None"',
    ),
    "mutual TLS of the whole mesh as a rule": (
        "MutualTLSRule(WholeMesh(), MutualTLS.STRICT)",
        'Argument 1 to "MutualTLSRule" has incompatible type "WholeMesh"',
    ),
    "a path in words": ('Requests(paths=["/items"])', 'List item 0 has incompatible type "str"; expected "Path |'),
    "an action in words": (
        'Access("a", of=shop, action="DENY")',
        'Argument "action" to "Access" has incompatible type "str"',
    ),
    "a token that is needed by name": (
        'RequireJWT("needed", by="tokens")',
        'Argument "by" to "RequireJWT" has incompatible type "str"; expected "RequestAuthentication"',
    ),
    "a sampling that is a number": (
        "Tracing(sampling=10)",
        'Argument "sampling" to "Tracing" has incompatible type "int"; expected "Percent | None"',
    ),
    "a dependency by name": (
        'Dependency(shop, on=["stock"])',
        'List item 0 has incompatible type "str"; expected "Workload | Namespace | ExternalService"',
    ),
    "a field that is not there": ("Mesh(versions=[old], rotes=[])", 'Unexpected keyword argument "rotes" for "Mesh"'),
    "a positional argument where a keyword is asked for": (
        "Mesh([old])",
        'Too many positional arguments for "Mesh"',
    ),
    "a change of what is declared": ("shop.port = 1", 'Property "port" defined in "Workload" is read-only'),
}


@pytest.fixture(scope="module", name="said")
def _said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What mypy says of each program, all read in one run; `right` is one without a mistake."""
    folder = tmp_path_factory.mktemp("programs")
    programs = {"right": "Mesh(versions=[old], policies=[])"} | {
        f"wrong_{n}": w for n, (w, _) in enumerate(WRONG.values())
    }
    for name, line in programs.items():
        (folder / f"{name}.py").write_text(f"{START}\n{line}\n")
    settings = folder / "mypy.ini"
    settings.write_text(f"[mypy]\nstrict = True\nmypy_path = {ROOT}\nfollow_imports = silent\n")
    out, error, _code = api.run(
        ["--config-file", str(settings), "--cache-dir", str(folder / "cache"), "--no-pretty", str(folder)]
    )
    assert not error, error
    return {name: re.findall(rf"/{name}\.py:\d+: error: (.*)", out) for name in programs}


@pytest.mark.parametrize(("number", "message"), list(enumerate(m for _, m in WRONG.values())), ids=WRONG.keys())
def test_a_wrong_program_has_a_type_error(said: dict[str, list[str]], number: int, message: str) -> None:
    """One mistake, and the first thing said of it names the argument and what it should be."""
    assert message in " / ".join(said[f"wrong_{number}"])


def test_a_right_program_has_none(said: dict[str, list[str]]) -> None:
    """The errors above come from the mistakes and not from the rest of the program."""
    assert said["right"] == []


def test_the_package_says_that_it_is_typed() -> None:
    """Without this file, a type checker ignores the types of an installed package (PEP 561)."""
    assert (ROOT / "components" / "py.typed").exists()

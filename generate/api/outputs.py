"""The files of components/api that are generated: what they must hold, writing them, comparing them."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

from generate.api.crds import Definition, Limits, mark_experiments, read_definitions, read_limits
from generate.api.gotypes import read_go_modules
from generate.api.protos import read_modules
from generate.api.python import reachable, render_kinds, render_module
from generate.api.shapes import Module
from generate.api.source import GATEWAY, ISTIO, pinned_version
from generate.api.words import Words

__all__ = ["ROOT", "differences", "gateway_definitions", "istio_definitions", "outputs", "write"]

GROUP = "gateway.networking.k8s.io"
GATEWAY_KINDS = ("gateways", "httproutes", "grpcroutes", "tlsroutes", "referencegrants")
ROOT = Path(__file__).resolve().parents[2] / "components" / "api"
PACKAGES = {
    "networking": "Istio's networking.istio.io kinds: how traffic is routed, and where it may go.",
    "security": "Istio's security.istio.io kinds: who may talk to whom, and how that is proved.",
    "telemetry": "Istio's telemetry.istio.io kind: what is logged, counted and traced.",
    "extensions": "Istio's extensions.istio.io kinds: code of one's own inside the proxies.",
    "gateway_api": "The Gateway API's kinds: what Kubernetes itself has for gateways and routes, and Istio implements.",
    "type": "Messages that kinds of several groups share: which workloads, which ports.",
}


def outputs(istio: Path, gateway: Path) -> dict[str, str]:
    """Path below components/api -> text, for every generated file, from those checkouts of the two Go modules.

    Raises ValueError when words.toml describes what is not there (any more).
    """
    words = Words()
    made = _istio(istio, words) | _gateway(gateway, words)
    if words.unused():
        raise ValueError(
            f"words.toml describes what does not exist: {', '.join(words.unused())}. Correct or remove it."
        )
    return made


def istio_definitions(folder: Path) -> tuple[list[Module], list[Definition], dict[str, Limits]]:
    """Modules, kinds and limits of that checkout of istio.io/api."""
    modules = read_modules(folder)
    definitions = read_definitions([folder / "kubernetes" / "customresourcedefinitions.gen.yaml"], modules)
    return modules, definitions, read_limits(definitions, modules)


def gateway_definitions(folder: Path) -> tuple[list[Module], list[Definition], dict[str, Limits]]:
    """Modules, kinds and limits of that checkout of the Gateway API, with the fields of its experimental channel."""
    modules = read_go_modules(folder)
    channels = [
        read_definitions(
            (folder / "config" / "crd" / channel / f"{GROUP}_{kind}.yaml" for kind in GATEWAY_KINDS), modules
        )
        for channel in ("experimental", "standard")
    ]
    experimental, standard = (read_limits(each, modules) for each in channels)
    mark_experiments(experimental, standard)
    return modules, channels[0], experimental


def differences(wanted: dict[str, str], root: Path = ROOT) -> list[str]:
    """The paths whose checked-in text is not what it must be, or is missing, or should not be there."""
    changed = [path for path, text in wanted.items() if not (root / path).exists() or (root / path).read_text() != text]
    return sorted({*changed, *_leftovers(wanted, root)})


def write(wanted: dict[str, str], root: Path = ROOT) -> None:
    """Make the generated files what they must be."""
    for path in _leftovers(wanted, root):
        (root / path).unlink()
    for path, text in wanted.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def _leftovers(wanted: dict[str, str], root: Path) -> list[str]:
    present = [
        *(each for package in PACKAGES for each in (root / package).glob("*.py")),
        *root.glob("constraints/*.json"),
    ]
    return [path for each in present if (path := str(each.relative_to(root))) not in wanted]


def _istio(folder: Path, words: Words) -> dict[str, str]:
    everything, definitions, limits = istio_definitions(folder)
    modules = [each for each in reachable(everything, definitions) if each.name.partition(".")[0] != "gateway_api"]
    made = {_path(each): render_module(each, modules, limits, words) for each in modules}
    made |= {
        f"{package}/__init__.py": _package(package, definitions) for package in PACKAGES if package != "gateway_api"
    }
    made["istio_kinds.py"] = render_kinds("Istio's", definitions)
    return _finished(made, ISTIO) | _tables(modules, limits)


def _gateway(folder: Path, words: Words) -> dict[str, str]:
    everything, definitions, limits = gateway_definitions(folder)
    modules = reachable(everything, definitions)
    made = {_path(each): render_module(each, modules, limits, words) for each in modules}
    made["gateway_api/__init__.py"] = _package("gateway_api", definitions)
    made["gateway_api/kinds.py"] = render_kinds("The Gateway API's", definitions)
    return _finished(made, GATEWAY) | _tables(modules, limits)


def _path(module: Module) -> str:
    return f"{module.name.replace('.', '/')}.py"


def _finished(made: dict[str, str], source: str) -> dict[str, str]:
    header = f"# Written by `python -m generate.api` ({source} {pinned_version(source)}); do not edit.\n"
    return {path: _formatted(header + text) for path, text in made.items()}


def _tables(modules: list[Module], limits: dict[str, Limits]) -> dict[str, str]:
    return {f"constraints/{each.name}.json": table for each in modules if (table := _table(each, limits))}


def _package(package: str, definitions: list[Definition]) -> str:
    kinds = [each.kind for each in definitions if each.module.startswith(f"{package}.")]
    about = textwrap.fill(f"Kinds: {', '.join(kinds)}." if kinds else "No kinds of its own.", 110)
    rule = "Only what is generated may live here."
    return f'"""{PACKAGES[package]}\n\n{about}\n{rule}\n"""\n'


def _table(module: Module, limits: dict[str, Limits]) -> str:
    table = {}
    for message in (inner for root in module.messages for inner in root.walk()):
        found = limits.get(message.full_name)
        if found is None:
            continue
        parts = {
            "required": found.required,
            "one_of": found.one_of,
            "rules": found.rules,
            "fields": found.fields,
        }
        if entry := {key: value for key, value in parts.items() if value}:
            table[".".join(message.path)] = entry
    return json.dumps(table, indent=1, ensure_ascii=False) + "\n" if table else ""


def _formatted(text: str) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(ROOT / "kind.py"), "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ROOT).stdout

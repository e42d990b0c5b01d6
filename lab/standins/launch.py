"""Entry point of every stand-in process: `python -I launch.py PART [ARGS]`, PART one of language, kubernetes, docker.

The Pulumi SDK's protobufs are imported without the SDK itself: its `__init__` loads telemetry and the whole resource
model, 0.2 s that every preview would pay three times over.
"""

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

PARTS = {
    "language": "lab.standins.language.host",
    "kubernetes": "lab.standins.kubernetes.server",
    "docker": "lab.standins.docker.server",
}


def main(arguments: list[str]) -> int:
    """Run one part until the engine is gone; the exit code of the process."""
    if not arguments or arguments[0] not in PARTS:
        given = arguments[0] if arguments else "nothing"
        print(f"launch: unknown part {given!r}; it is one of {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    _skip_sdk_import("pulumi", "pulumi.runtime")
    module = importlib.import_module(PARTS[arguments[0]])
    return int(module.main(arguments[1:]))


def _skip_sdk_import(*packages: str) -> None:
    spec = importlib.util.find_spec("pulumi")
    if spec is None or spec.submodule_search_locations is None:
        raise SystemExit(f"launch: {sys.executable} has no package pulumi; install requirements.txt for it.")
    root = Path(next(iter(spec.submodule_search_locations)))
    for name in packages:
        package = ModuleType(name)
        package.__path__ = [str(root.joinpath(*name.split(".")[1:]))]
        sys.modules[name] = package


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

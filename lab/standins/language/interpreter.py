"""Which Python runs a program: the `virtualenv` of Pulumi.yaml's runtime options, else the `python3` of PATH."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

KNOWN_OPTIONS = frozenset({"virtualenv", "toolchain", "typechecker"})

_LIST_PACKAGES = """
import json, pathlib, sys
found = []
for entry in dict.fromkeys(sys.path):
    for file in sorted(pathlib.Path(entry or ".").glob("*/pulumi-plugin.json")):
        found.append(json.loads(file.read_text()))
json.dump(found, sys.stdout)
"""

_LIST_DISTRIBUTIONS = """
import importlib.metadata as metadata, json, re, sys
names, needed = {}, set()
for item in metadata.distributions():
    names[item.metadata["Name"]] = item.version
    for line in item.requires or ():
        if "extra ==" not in line:
            needed.add(re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-"))
direct = {n: v for n, v in names.items() if n.lower().replace("_", "-") not in needed}
json.dump(names if sys.argv[1] == "all" else direct, sys.stdout)
"""


class UnusableRuntimeError(Exception):
    """Pulumi.yaml asks for a Python that is not there, or for an option this host does not cover."""


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """A Python that has, or will have, the program's dependencies; `virtualenv` is its folder when it has one."""

    executable: Path
    virtualenv: Path | None = None

    def environment(self) -> dict[str, str]:
        """The environment of a child: this process's, with the virtual environment activated as `activate` would."""
        env = dict(os.environ)
        if self.virtualenv is not None:
            env["VIRTUAL_ENV"] = str(self.virtualenv)
            env["PATH"] = f"{self.virtualenv / 'bin'}{os.pathsep}{env.get('PATH', '')}"
            env.pop("PYTHONHOME", None)
        return env

    def plugins(self) -> list[tuple[str, str, str]]:
        """Name, version and download server ("" for the default) of each resource plugin an installed SDK names."""
        rows = json.loads(self._ask(_LIST_PACKAGES))
        return [
            (str(row["name"]), str(row.get("version", "")), str(row.get("server", "")))
            for row in rows
            if row.get("resource") and row.get("name")
        ]

    def distributions(self, *, transitive: bool) -> dict[str, str]:
        """Installed distributions, name to version; without `transitive` only those no other one requires."""
        listed = json.loads(self._ask(_LIST_DISTRIBUTIONS, "all" if transitive else "direct"))
        return {str(name): str(version) for name, version in listed.items()}

    def version(self) -> str:
        """The version as three numbers, such as 3.11.2."""
        return self._ask("import platform, sys; sys.stdout.write(platform.python_version())").strip()

    def _ask(self, code: str, *arguments: str) -> str:
        done = subprocess.run(
            [str(self.executable), "-c", code, *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise UnusableRuntimeError(f"{self.executable} failed: {done.stderr.strip()}")
        return done.stdout


def select(
    *,
    root: Path,
    options: Mapping[str, object],
    must_exist: bool = True,
    plugin: bool = False,
    policy_pack: bool = False,
) -> Interpreter:
    """The interpreter for the project or policy pack in `root`, or for the plugin, which without a virtualenv option has
    `venv`.

    Raises UnusableRuntimeError for an unknown option or toolchain, or a virtualenv that does not exist yet
    (unless `must_exist` is False, as for `pulumi install`).
    """
    file = "PulumiPlugin.yaml" if plugin else "PulumiPolicy.yaml" if policy_pack else "Pulumi.yaml"
    for name in options:
        if name not in KNOWN_OPTIONS:
            known = ", ".join(sorted(KNOWN_OPTIONS))
            raise UnusableRuntimeError(
                f"{file}: runtime option {name!r} is not covered by this language host, which knows {known}. "
                "Remove it, or install Pulumi's own pulumi-language-python."
            )
    toolchain = options.get("toolchain", "pip")
    if toolchain != "pip":
        raise UnusableRuntimeError(
            f"{file}: runtime option toolchain is {toolchain!r}; this language host covers pip only. "
            "Use pip, or install Pulumi's own pulumi-language-python."
        )
    # The ambient Python would have other versions of a plugin's dependencies, if any.
    named = options.get("virtualenv") or ("venv" if plugin else None)
    if not named:
        found = shutil.which("python3") or shutil.which("python") or sys.executable
        return Interpreter(executable=Path(found))
    folder = root / str(named)
    executable = folder / "bin" / "python"
    if must_exist and not executable.exists():
        raise UnusableRuntimeError(
            f"{file}: runtime option virtualenv is {str(named)!r}, but {folder} is not a virtual environment. "
            f"Make it with `pulumi install`{f' in {root}' if plugin or policy_pack else ''}."
        )
    return Interpreter(executable=executable, virtualenv=folder)

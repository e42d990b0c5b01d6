"""Build a family of tools once, and take what else the lab uses from the Istio module."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from lab import folders
from lab.host.commands import Commands
from lab.progress import Progress
from lab.tools.catalogue import ISTIO, Family
from lab.tools.golang import Go
from lab.tools.toolbox import Toolbox


def build(
    family: Family,
    *,
    toolbox: Toolbox,
    go: Go,
    environment: Mapping[str, str],
    commands: Commands,
    progress: Progress,
) -> None:
    """Build a family unless it is there. Killed at any moment, the next call starts this family over."""
    folder = toolbox.folder(family)
    if toolbox.built(family):
        return
    part = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(part, ignore_errors=True)
    (part / "bin").mkdir(parents=True)
    names = family.name if family.tools == (family.name,) else f"{family.name} ({', '.join(family.tools)})"
    with progress.step(names, doing="building", done="built"):
        commands.run(
            *(str(go.program), "build", "-o", f"{part / 'bin'}{os.sep}", *family.arguments),
            step=f"go build {family.name}",
            cwd=toolbox.source(family),
            env=environment,
        )
    part.rename(folder)


def istio_files(toolbox: Toolbox) -> Path:
    """Where `copy_istio_files` puts Istio's `charts`, its `addons` and Envoy's bootstrap (`envoy_bootstrap.json`)."""
    # The name says which files: a folder of an earlier set, without addons, has another.
    return folders.cache() / toolbox.folder(ISTIO).name.replace("istio-", "istio-charts-and-addons-")


def copy_istio_files(
    *, toolbox: Toolbox, go: Go, environment: Mapping[str, str], commands: Commands, progress: Progress
) -> None:
    """Copy what is not a Go program out of the Istio module: the module cache is read-only and may be emptied."""
    folder = istio_files(toolbox)
    if folder.is_dir():
        return
    with progress.step("istio charts", doing="taking them from the Istio module", done="there"):
        said = commands.run(
            *(str(go.program), "mod", "download", "-json", "istio.io/istio"),
            step="istio module",
            cwd=toolbox.source(ISTIO),
            env=environment,
        )
        module = Path(json.loads(said)["Dir"])
        part = folder.with_name(f".{folder.name}.partial")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        # copyfile leaves out the module cache's read-only modes, which rmtree would stumble over.
        for source, copy in (("manifests/charts", "charts"), ("samples/addons", "addons")):
            shutil.copytree(module / source, part / copy, copy_function=shutil.copyfile)
            for entry in (part / copy, *(part / copy).rglob("*")):
                if entry.is_dir():
                    entry.chmod(0o755)
        shutil.copyfile(module / "tools/packaging/common/envoy_bootstrap.json", part / "envoy_bootstrap.json")
        part.rename(folder)

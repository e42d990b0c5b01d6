"""Put a `Program` together: on a cell of the lab's, or on a cluster of the user's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lab import addons, folders
from lab.cell import Cell, Milestone
from lab.errors import LabError
from lab.host.plan import Part
from lab.host.prepare import Host
from lab.overlay import addon_settings, lab_settings, write_stack_file
from lab.program import ROOT, Program, own_environment
from lab.progress import Progress
from lab.standins.install import Installed, NotInstalledError, install
from lab.target import OwnCluster
from lab.tools.catalogue import ISTIO_TAG

HEALING = {"kubernetes:upsertExistingObjects": "true", "kubernetes:enablePatchForce": "true"}
"""An update after a killed one adopts what that one had made; only for clusters that nobody else writes to."""

FIRST_ADDRESS = "198.18.0.2"
"""Stands for the address of a cell that has not started yet, in a preview."""


def start_cell(stack: str, cell: Cell, host: Host, progress: Progress) -> None:
    """The cluster up, the machine's parts all there, and the stack's state that of this very cluster."""
    host.ready("cluster")
    failures: list[BaseException] = []

    def whole() -> None:
        try:
            cell.start(progress)
        except BaseException as error:
            failures.append(error)

    # The API server is enough to go on; the node comes while the rest is put together.
    cell.start(progress, until=Milestone.API)
    node = threading.Thread(target=whole, name="cell")
    node.start()
    try:
        _forget_other_cluster(stack, cell, host.tools.path("kubectl"))
        host.ready("all")
    finally:
        node.join()
    if failures:
        raise failures[0]


def program_on_cell(stack: str, cell: Cell, host: Host, progress: Progress, given: Mapping[str, Any]) -> Program:
    folder = folder_of(stack)
    config_file = folder / f"Pulumi.{stack}.yaml"
    stack_file = ROOT / f"Pulumi.{stack}.yaml"
    asked = addons.asked_for(stack_file, given)
    addons.say_left_out(asked, progress)
    run = addons.parts(asked)
    settings = {**settings_of(host, _address(cell), run), **given, **addons_of(host, run)}
    write_stack_file(stack_file, config_file, settings=settings, extra=HEALING)
    installed = _installed(host, progress)
    ours = {
        "KUBECONFIG": str(_kubeconfig(cell)),
        "DOCKER_HOST": host.docker_host,
        "DOCKER_BUILDKIT": "0",
        "PULUMI_HOME": str(installed.home),
        "PULUMI_BACKEND_URL": f"file://{folder / 'pulumi'}",
    }
    environment = installed.environment(own_environment(folder=folder, base={**os.environ, **ours}))
    chosen = ("PULUMI_CONFIG_PASSPHRASE_FILE", "PATH")
    shown = ours | {key: environment[key] for key in chosen if key in environment}
    (folder / "environment.json").write_text(json.dumps(shown))
    return Program(
        stack=stack,
        pulumi=installed.pulumi,
        config_file=config_file,
        environment=environment,
        backend=folder / "pulumi",
    )


def program_on_own_cluster(
    stack: str, own: OwnCluster, host: Host, progress: Progress, given: Mapping[str, Any]
) -> Program:
    """The user's own backend and stack file are used as they are; without a backend, one of ours with a copy of the file."""
    host.ready("cli")
    own.require_answer(host.tools.path("kubectl"))
    stack_file, folder = ROOT / f"Pulumi.{stack}.yaml", folder_of(f"{stack}-own")
    installed = _installed(host, progress)
    environment = installed.environment(
        own_environment(folder=folder, base={**os.environ, "KUBECONFIG": own.kubeconfig})
    )
    ours = environment["PULUMI_BACKEND_URL"] == f"file://{folder / 'pulumi'}"
    config_file = folder / stack_file.name
    if ours or given or config_file.exists():
        # Our backend has a passphrase of its own, whose salt does not belong into the project's file.
        write_stack_file(stack_file, config_file, settings=given, extra={})
    else:
        config_file = stack_file
    return Program(
        stack=stack,
        pulumi=installed.pulumi,
        config_file=config_file,
        environment=environment,
        backend=folder / "pulumi" if ours else None,
    )


def settings_of(host: Host, address: str, run: Sequence[Part] = ()) -> dict[str, Any]:
    """What a stack has to be told to use the images and charts of this machine, its gateway answering at `address`."""
    images = {
        "registry": host.registry,
        "builder": host.images.reference("builder"),
        "load-client": host.images.reference("load-client"),
    }
    hub = f"{host.registry}/istio"
    return lab_settings(hub=hub, tag=ISTIO_TAG, address=address, charts=host.charts, images=images, addons=run)


def addons_of(host: Host, run: Sequence[Part]) -> dict[str, Any]:
    """What a stack has to be told to run these addons from this machine's manifests and images."""
    images = {
        container: host.images.reference(image.name)
        for part in run
        for container, image in addons.CONTAINERS[part].items()
    }
    return addon_settings(addons=run, manifests=host.addons, images=images)


def folder_of(stack: str) -> Path:
    """Where the lab keeps what belongs to a stack: its Pulumi state, settings and last table."""
    return folders.state() / "stacks" / stack


def _installed(host: Host, progress: Progress) -> Installed:
    try:
        installed = install(
            pulumi_home=folders.state() / "pulumi-home",
            pulumi=host.tools.path("pulumi"),
            python=Path(sys.executable),
            helm=host.tools.path("helm"),
            official_homes=[Path(os.environ.get("PULUMI_HOME", Path.home() / ".pulumi"))],
        )
    except NotInstalledError as error:
        raise LabError(str(error)) from None
    progress.say(installed.summary())
    return installed


def _forget_other_cluster(stack: str, cell: Cell, kubectl: Path) -> None:
    """Drop the state of a cluster that is no more: what it lists would be sought in this one in vain."""
    identity = ["get", "namespace", "kube-system", "--output", "jsonpath={.metadata.uid}"]
    asked = subprocess.run(
        [str(kubectl), "--kubeconfig", str(cell.kubeconfig), *identity], capture_output=True, text=True
    )
    if asked.returncode != 0:
        said = " ".join(asked.stderr.split()[-40:])
        raise LabError(f"The cluster of stack {stack} does not say which it is: {said}. Run `make down` and try again.")
    folder = folder_of(stack)
    record = folder / "cluster"
    if record.is_file() and record.read_text() == asked.stdout:
        return
    shutil.rmtree(folder / "pulumi", ignore_errors=True)
    (folder / "measured.json").unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    record.write_text(asked.stdout)


def _address(cell: Cell) -> str:
    try:
        return cell.address
    except LabError:
        return FIRST_ADDRESS


def _kubeconfig(cell: Cell) -> Path:
    try:
        return cell.kubeconfig
    except LabError:
        return folders.state() / "no-cluster"

"""Where a stack goes: the cluster of a given KUBECONFIG, or a cell of our own."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lab import folders
from lab.cell import Cell
from lab.errors import LabError
from lab.host import registry
from lab.images.catalogue import LOAD_CLIENT, PAUSE, PILOT, PROXY
from lab.images.images import Images
from lab.tools.toolbox import Toolbox

ANSWER_SECONDS = 10
KEPT_IMAGES = (PAUSE, PILOT, PROXY, LOAD_CLIENT)
CELL_TOOLS = (
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kubelet",
    "kube-proxy",
    "coredns",
    "kubectl",
)


@dataclass(frozen=True, kw_only=True)
class OwnCluster:
    """A cluster of the user's."""

    kubeconfig: str

    def require_answer(self, kubectl: Path) -> None:
        """Raises LabError, naming what did not answer, within ten seconds."""
        try:
            asked = subprocess.run(
                [str(kubectl), "--request-timeout", f"{ANSWER_SECONDS}s", "get", "--raw", "/readyz"],
                capture_output=True,
                text=True,
                timeout=ANSWER_SECONDS * 2,
            )
            said, fine = asked.stderr, asked.returncode == 0
        except subprocess.TimeoutExpired:
            said, fine = f"no answer within {ANSWER_SECONDS * 2} s", False
        if not fine:
            raise LabError(
                f"KUBECONFIG is {self.kubeconfig}, and its cluster does not answer: {' '.join(said.split()[-40:])}. "
                "Start that cluster or choose another context, or unset KUBECONFIG to have the lab make one."
            )


def own_cluster() -> OwnCluster | None:
    """The cluster that KUBECONFIG names; None when it is unset or empty. Raises LabError for a file that is not there."""
    given = os.environ.get("KUBECONFIG", "")
    if not given:
        return None
    missing = [file for file in given.split(os.pathsep) if not Path(file).is_file()]
    if len(missing) == len(given.split(os.pathsep)):
        raise LabError(
            f"KUBECONFIG is {given}, which is no file. Name the kubeconfig of your cluster, or unset KUBECONFIG to have the "
            "lab make one."
        )
    return OwnCluster(kubeconfig=given)


def cell_of(stack: str, *, tools: Toolbox, images: Images) -> Cell:
    return Cell(
        name=stack,
        state=folders.state(),
        tools={name: tools.path(name) for name in CELL_TOOLS},
        registry_folder=registry.folder(),
        registry_port=registry.port(),
        pause_image=images.reference(PAUSE.name),
        image_store=folders.cache() / "image-stores",
        images=[images.reference(image.name) for image in KEPT_IMAGES],
    )


def recorded_cell(stack: str) -> Cell:
    """The stack's cell as far as it must be known to see whether and where it runs, and to end it."""
    return Cell(name=stack, state=folders.state(), tools={}, registry_folder=Path("/nowhere"), pause_image="")

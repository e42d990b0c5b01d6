"""`Cell`: start, stop and enter one cluster. A thin shell; what the parts are is said by the pure modules beside it."""

import enum
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.cell import cgroups, etc, identity, inside, layout, link, pki, readiness, slots
from lab.cell.daemons import BINARIES, environment
from lab.cell.layout import Layout
from lab.cell.namespaces import first_process
from lab.cell.store import Store
from lab.errors import LabError
from lab.progress import Progress

# Of the host; the registry and the openssl, ip and mount commands come with any Debian the lab prepared.
COMMANDS = ("unshare", "nsenter", "setsid", "pivot_root", "ip", "iptables", "openssl", "tini")
DAEMONS = ("etcd", "containerd", "runc", "docker-registry")
END_SECONDS = 20.0


class Milestone(enum.Enum):
    """How far `start` waits."""

    API = "the API server answers"
    NODE = "the node is ready for pods"


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running cluster as seen from the host. `address` is the node's, the API server's and what Services publish."""

    name: str
    node: str
    address: str
    server: str
    kubeconfig: Path


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cluster of its own, called `name` (1 to 10 characters), with everything it keeps below `state`.

    `tools` gives the path of each binary in daemons.BINARIES, and of kubectl if it is to be at hand inside.
    `registry_folder` is served read-only to the cell as localhost:`registry_port`. `images` are the references worth
    keeping in `image_store` for later cells (see `save_images`); without a store every cell pulls its own.
    """

    name: str
    state: Path
    tools: Mapping[str, Path]
    registry_folder: Path
    pause_image: str
    registry_port: int = 5917
    image_store: Path | None = None
    images: Sequence[str] = ()

    def __post_init__(self) -> None:
        layout.check_name(self.name)

    def start(self, progress: Progress, *, until: Milestone = Milestone.NODE) -> Cluster:
        """Bring the cluster up, or see that it is; heals what an earlier run left half done. Raises LabError."""
        self._check_tools()
        with slots.locked(self.state, self.name):
            plan = slots.claim(self.state, self.name)
            found = self._alive(plan)
            if not found:
                self._make(plan, progress)
            try:
                self._await(plan, progress, until)
            except readiness.Ended:
                # One that was found running may have been dying already; a new one that ends has a reason.
                if not found:
                    raise
                self._make(plan, progress)
                self._await(plan, progress, until)
        return Cluster(
            name=self.name, node=plan.node, address=plan.address, server=plan.server, kubeconfig=plan.kubeconfig
        )

    def stop(self, progress: Progress | None = None, *, keep_state: bool = False) -> None:
        """End the cell and all in it; without `keep_state` forget its data, too. Nothing of it is left on the host."""
        with slots.locked(self.state, self.name):
            plan = slots.recorded(self.state, self.name)
            if plan is not None:
                _clear(plan)
            if not keep_state:
                slots.forget(self.state, self.name)
        if progress is not None and plan is not None:
            progress.say(f"cell {self.name}: ended" + (", its data kept" if keep_state else ""))

    def running(self) -> bool:
        """Whether its processes and its link are there."""
        plan = slots.recorded(self.state, self.name)
        return plan is not None and self._alive(plan)

    @property
    def address(self) -> str:
        """The cell's address. Raises LabError before the first start, which chooses it."""
        return self._known().address

    @property
    def logs(self) -> Path:
        """The folder with one log a daemon. Raises LabError before the first start."""
        return self._known().logs

    @property
    def kubeconfig(self) -> Path:
        """The administrator's kubeconfig. Raises LabError before the first start."""
        return self._known().kubeconfig

    def command(self, argv: Sequence[str]) -> list[str]:
        """The command that runs `argv` inside, for use with subprocess. Raises LabError when the cell does not run."""
        first = identity.load(self._known().record)
        if first is None or not first.alive():
            raise LabError(f"The cell {self.name} is not running, so nothing can run in it. Start it first.")
        clean = ["env", "-i", *(f"{name}={value}" for name, value in environment().items())]
        return ["nsenter", "-t", str(first.pid), "-m", "-n", "-p", "-i", "-u", "--", *clean, *argv]

    def exec(self, argv: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run `argv` inside and wait; its output is in the result, as is its exit code."""
        return subprocess.run(self.command(argv), capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def save_images(self, progress: Progress) -> None:
        """Fill the image store with `images` as the registry has them now, unless it is; later fresh cells start with it."""
        kept = self._store()
        if kept is None or not kept.complete() or kept.path.exists():
            return
        with progress.step(f"cell {self.name}", doing="keeping images for later cells", done="images kept"):
            kept.fill(self.command, made=self._known().var / "lib" / "containerd-store")

    def _store(self) -> Store | None:
        if self.image_store is None or not self.images:
            return None
        return Store(folder=self.image_store, registry=self.registry_folder, references=tuple(self.images))

    def _check_tools(self) -> None:
        missing = [name for name in BINARIES if name not in self.tools or not self.tools[name].is_file()]
        missing += [name for name in (*COMMANDS, *DAEMONS) if shutil.which(name) is None]
        if missing:
            raise LabError(f"A cell cannot be made without {', '.join(missing)}: run make up, which brings them.")

    def _known(self) -> Layout:
        plan = slots.recorded(self.state, self.name)
        if plan is None:
            raise LabError(
                f"There is no cell {self.name} under {self.state}. Start it first: make up STACK={self.name}."
            )
        return plan

    def _alive(self, plan: Layout) -> bool:
        first = identity.load(plan.record)
        return first is not None and first.alive() and link.present(plan)

    def _make(self, plan: Layout, progress: Progress) -> None:
        _clear(plan)
        progress.say(f"cell {self.name}: starting at {plan.address}")
        etc.write(plan, pause_image=self.pause_image, registry_port=self.registry_port)
        pki.make(plan.pki, pki.certificates(plan))
        etc.write_kubeconfig(plan)
        (plan.logs / "status.json").unlink(missing_ok=True)
        self.registry_folder.mkdir(parents=True, exist_ok=True)
        images = plan.var / "lib" / "containerd"
        if (kept := self._store()) is not None and not any(images.iterdir()):
            kept.use(images)
        groups = cgroups.hierarchies(cgroups.MOUNTS.read_text())
        cgroups.create(plan.node, within=groups)
        script = inside.script(plan, tools=self.tools, registry_folder=self.registry_folder)
        with first_process(script, plan.folder / "enter.log") as (pid, let_go):
            found = identity.identify(pid)
            if found is None:
                raise LabError(f"The first process of cell {self.name} ended at once; see {plan.folder / 'enter.log'}.")
            identity.save(found, plan.record)
            cgroups.join(plan.node, pid, within=groups)
            link.create(plan, pid)
            let_go()

    def _await(self, plan: Layout, progress: Progress, until: Milestone) -> None:
        readiness.api_server(plan)
        if until is Milestone.NODE:
            readiness.node(plan)
        progress.say(f"cell {self.name}: {until.value}, {plan.server}")


def _clear(plan: Layout) -> None:
    """End what there is of the cell's link, processes and control groups."""
    link.delete(plan)
    first = identity.load(plan.record)
    if first is not None and not first.kill(seconds=END_SECONDS):
        raise LabError(
            f"The cell {plan.name} does not end: its process {first.pid} outlives SIGKILL. Look at it with ps."
        )
    plan.record.unlink(missing_ok=True)
    if link.foreign(plan):
        return
    groups = cgroups.hierarchies(cgroups.MOUNTS.read_text())
    if not cgroups.remove(plan.node, within=groups, seconds=END_SECONDS):
        left = sorted(cgroups.processes(plan.node, within=groups))
        raise LabError(
            f"The control group /{plan.node} still holds the processes {left}, which are not the cell's own. End them, "
            "or choose another stack name."
        )

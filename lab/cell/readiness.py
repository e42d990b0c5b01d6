"""Wait until a cell serves, and say which daemon is to blame when it does not."""

import time
from collections.abc import Callable, Sequence

from lab.cell import api, diagnosis, identity
from lab.cell.daemons import API_SERVER, DNS_BINDING
from lab.cell.layout import Layout
from lab.errors import LabError

# Ten times and more what it takes on two busy cores.
SECONDS = 60.0
POLL = 0.05
FOR_API = ("etcd", API_SERVER)
FOR_NODE = ("containerd", "kubelet", *FOR_API, "kube-controller-manager")


class Ended(LabError):
    """The first process of the cell is gone."""


def api_server(layout: Layout) -> None:
    """Wait for the API server, then see that it knows the name server. Raises LabError."""
    client = api.Api(layout)
    _wait(layout, client.ready, FOR_API)
    if client.get(DNS_BINDING) is None:
        _wait(layout, lambda: all(client.create(*item) for item in api.name_server(layout)), FOR_API)


def node(layout: Layout) -> None:
    """Wait until the kubelet that runs now has said that the node is ready. Raises LabError."""
    client = api.Api(layout)

    def ready() -> bool:
        since = diagnosis.running_since(layout, "kubelet")
        return since is not None and client.node_ready(layout.node, since=since)

    _wait(layout, ready, FOR_NODE)


def _wait(layout: Layout, done: Callable[[], bool], suspects: Sequence[str]) -> None:
    deadline = time.monotonic() + SECONDS
    first = identity.load(layout.record)
    while not done():
        if first is None or not first.alive():
            log = layout.folder / "enter.log"
            raise Ended(
                f"The cell {layout.name} ended while it was coming up: {diagnosis.last_words(log)} Its log: {log}"
            )
        state = diagnosis.status(layout)
        if time.monotonic() > deadline or diagnosis.hopeless(state, suspects):
            name = diagnosis.culprit(state, suspects)
            raise LabError(f"The cell {layout.name} does not come up. {diagnosis.explain(layout, name)}")
        time.sleep(POLL)

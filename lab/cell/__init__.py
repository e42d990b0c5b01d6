"""One real Kubernetes cluster in one cell: a process tree in mount, net, pid, ipc and uts namespaces of its own.

A cell is declared as a `Cell` and started, stopped and entered through it. The modules below it are either pure (what
the files, daemons, mounts and addresses of a cell are) or a thin shell that acts on them. Nothing here knows Istio,
Pulumi or where binaries and images come from; that is handed in.
"""

from lab.cell.cell import Cell, Cluster, Milestone

__all__ = ["Cell", "Cluster", "Milestone"]

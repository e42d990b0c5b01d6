"""Where a route sends to, as Istio names it: a host, a subset of its endpoints, a port."""

from __future__ import annotations

from components.api.networking.virtual_service import Destination as DestinationReference
from components.api.networking.virtual_service import PortSelector
from components.manifests.names import service_host, subset_name
from components.model import Destination, ExternalDestination
from components.model.split import workload_of


def reference(destination: Destination) -> DestinationReference:
    if isinstance(destination, ExternalDestination):
        return DestinationReference(host=destination.host, port=PortSelector(number=destination.number))
    workload = workload_of(destination)
    return DestinationReference(
        host=service_host(workload),
        subset=subset_name(destination),
        port=PortSelector(number=workload.service_port),
    )

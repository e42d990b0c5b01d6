"""What the mesh knows of hosts outside: one ServiceEntry a declared service."""

from __future__ import annotations

from components.api import ObjectMeta, Resource
from components.api.networking.service_entry import ServiceEntry, ServicePort
from components.api.networking.workload_entry import WorkloadEntry
from components.model import ExternalService


def service_entry(external: ExternalService) -> Resource[ServiceEntry]:
    return Resource(
        metadata=ObjectMeta(name=external.name, namespace=external.namespace),
        spec=ServiceEntry(
            hosts=tuple(external.hosts),
            addresses=tuple(external.addresses),
            ports=tuple(
                ServicePort(
                    number=port.number,
                    name=f"{port.protocol.value.lower()}-{port.number}",
                    protocol=port.protocol.value,
                    target_port=port.target,
                )
                for port in external.ports
            ),
            location=ServiceEntry.Location(external.location.value),
            resolution=ServiceEntry.Resolution(external.resolution.value),
            endpoints=tuple(WorkloadEntry(address=address) for address in external.endpoints),
            subject_alt_names=tuple(external.subject_alt_names),
        ),
    )

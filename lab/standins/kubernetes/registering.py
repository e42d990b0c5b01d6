"""Registering a component and its children straight with the engine's resource monitor."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2, resource_pb2, resource_pb2_grpc

from lab.standins.kubernetes.children import Child, secret_paths
from lab.standins.properties import encode
from lab.standins.refusals import RefusedError

# As many children at once as have to be: each waits in its own call until its object is ready, and others may need it.
PARALLEL = 256


@dataclass(frozen=True, kw_only=True)
class Registered:
    """A resource the engine knows."""

    urn: str
    id: str


def register_component(monitor: resource_pb2_grpc.ResourceMonitorStub, request: provider_pb2.ConstructRequest) -> str:
    """Register the component the request asks for, without inputs as officially; returns its URN."""
    answer = monitor.RegisterResource(
        resource_pb2.RegisterResourceRequest(
            type=request.type,
            name=request.name,
            parent=request.parent,
            object=struct_pb2.Struct(),
            protect=request.protect,
            dependencies=request.dependencies,
            providers=request.providers,
            aliases=request.aliases,
            aliasSpecs=True,
            retainOnDelete=request.retainOnDelete,
            deletedWith=request.deletedWith,
            acceptSecrets=True,
            acceptResources=True,
            supportsResultReporting=True,
        )
    )
    return str(answer.urn)


def register_children(
    monitor: resource_pb2_grpc.ResourceMonitorStub,
    request: provider_pb2.ConstructRequest,
    children: list[Child],
    component: str,
    words: tuple[str, ...],
    version: str,
) -> list[Registered]:
    """Register the children, each after what it needs; `words` stay secret in them. Raises grpc.RpcError, RefusedError."""
    futures: list[Future[Registered]] = []
    provider = request.providers.get("kubernetes", "")

    def register(child: Child) -> Registered:
        # Children come after what they need, and the pool starts them in order: no deadlock.
        needed = [futures[at].result().urn for at in child.needs]
        answer = monitor.RegisterResource(
            resource_pb2.RegisterResourceRequest(
                type=child.type,
                name=child.name,
                parent=component,
                custom=True,
                object=encode(child.values, secret_paths(child.values, words) if words else ()),
                protect=request.protect,
                dependencies=needed,
                provider=provider,
                version=version,
                aliasSpecs=True,
                retainOnDelete=request.retainOnDelete,
                deletedWith=request.deletedWith,
                acceptSecrets=True,
                acceptResources=True,
                supportsResultReporting=True,
            )
        )
        if answer.result != resource_pb2.SUCCESS:
            raise RefusedError(f"{child.name} could not be registered; see its own message.")
        return Registered(urn=answer.urn, id=answer.id)

    with ThreadPoolExecutor(max_workers=PARALLEL) as pool:
        for child in children:
            futures.append(pool.submit(register, child))
    return [future.result() for future in futures]

"""helm.v4.Chart: renders a chart and registers each of its objects with the engine as a child of the component."""

import os
from collections.abc import Callable
from pathlib import Path

import grpc
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2, resource_pb2, resource_pb2_grpc

from lab.standins.json_values import Json, JsonObject, mapping, sequence, text, truth
from lab.standins.kubernetes.children import DEFINITION, plan, secret_words
from lab.standins.kubernetes.client import ApiError, UnreachableError
from lab.standins.kubernetes.cluster import Cluster
from lab.standins.kubernetes.helm import Release, render
from lab.standins.kubernetes.kubeconfig import PLUGIN, contents
from lab.standins.kubernetes.objects import CLUSTER_KINDS, built_in
from lab.standins.kubernetes.registering import register_children, register_component
from lab.standins.properties import SIGNATURE, Properties, decode, encode, reference
from lab.standins.refusals import RefusedError, not_covered
from lab.standins.serving import CHANNEL_OPTIONS

COVERED = frozenset(
    {
        "chart", "name", "namespace", "version", "values", "valueYamlFiles", "repositoryOpts", "skipCrds", "skipAwait",
        "resourcePrefix", "devel", "plainHttp", "dependencyUpdate",
    }
)  # fmt: skip
COVERED_REPOSITORY = frozenset({"repo", "username", "password"})


def construct(
    request: provider_pb2.ConstructRequest,
    *,
    cluster: Cluster,
    version: str,
    unreachable: Callable[[UnreachableError], None],
) -> provider_pb2.ConstructResponse:
    """Register the component and its children; raises RefusedError, ApiError, or grpc's error when the engine refuses.

    unreachable: told in a preview when the chart is rendered without the cluster's answers.
    """
    inputs = decode(request.inputs)
    channel = grpc.insecure_channel(request.monitorEndpoint, options=CHANNEL_OPTIONS)
    monitor = resource_pb2_grpc.ResourceMonitorStub(channel)
    try:
        component = register_component(monitor, request)
        if inputs.unknowns:
            # Which objects there will be depends on values nobody knows yet.
            return provider_pb2.ConstructResponse(urn=component, state=struct_pb2.Struct())
        objects = _render(request, inputs, cluster, unreachable)
        values = inputs.values
        prefix = text(values, "resourcePrefix") or request.name
        children = plan(
            objects,
            prefix=prefix,
            namespaced=lambda item: _namespaced(item, objects, cluster),
            namespace=text(values, "namespace") or cluster.default_namespace,
            skip_await=truth(values, "skipAwait"),
        )
        registered = register_children(monitor, request, children, component, secret_words(inputs), version)
        rows: list[Json] = [reference(urn=row.urn, resource_id=row.id, version=version) for row in registered]
        state = encode({"resources": rows})
        monitor.RegisterResourceOutputs(resource_pb2.RegisterResourceOutputsRequest(urn=component, outputs=state))
    finally:
        channel.close()
    dependencies = provider_pb2.ConstructResponse.PropertyDependencies(urns=[row.urn for row in registered])
    return provider_pb2.ConstructResponse(urn=component, state=state, stateDependencies={"resources": dependencies})


def _render(
    request: provider_pb2.ConstructRequest,
    inputs: Properties,
    cluster: Cluster,
    unreachable: Callable[[UnreachableError], None],
) -> list[JsonObject]:
    release = _release(request, inputs.values, cluster)
    helm = os.environ.get("LAB_HELM") or "helm"
    settings = cluster.configuration
    try:
        cluster.client()
        kubeconfig = contents(settings.kubeconfig, os.environ)
    except UnreachableError as error:
        if not request.dryRun:
            raise
        kubeconfig = ""
        unreachable(error)
    return render(release, helm=helm, kubeconfig=kubeconfig, context=settings.context)


def _release(request: provider_pb2.ConstructRequest, values: JsonObject, cluster: Cluster) -> Release:
    for name, value in values.items():
        if name not in COVERED and value not in (None, False):
            raise not_covered(f"helm.v4.Chart's argument {name!r}", plugin=PLUGIN)
    repository = mapping(values, "repositoryOpts")
    for name in repository.keys() - COVERED_REPOSITORY:
        raise not_covered(f"helm.v4.Chart's argument repositoryOpts.{name}", plugin=PLUGIN)
    if not text(values, "chart"):
        raise RefusedError(f"helm.v4.Chart {request.name}: chart is missing; name a chart or the path of one.")
    return Release(
        name=text(values, "name") or request.name,
        chart=text(values, "chart"),
        namespace=text(values, "namespace") or cluster.default_namespace,
        version=text(values, "version"),
        repository=text(repository, "repo"),
        username=text(repository, "username"),
        password=text(repository, "password"),
        values=_plain(mapping(values, "values")),
        files=tuple(_asset(item) for item in sequence(values, "valueYamlFiles")),
        skip_definitions=truth(values, "skipCrds"),
        development=truth(values, "devel"),
        plain_http=truth(values, "plainHttp"),
        dependency_update=truth(values, "dependencyUpdate"),
    )


def _plain(values: JsonObject) -> JsonObject:
    for key, item in values.items():
        if isinstance(item, dict):
            if SIGNATURE in item:
                raise not_covered(f"an asset in helm.v4.Chart's values ({key})", plugin=PLUGIN)
            _plain(item)
    return values


def _asset(value: Json) -> str:
    if content := text(value, "text"):
        return content
    if path := text(value, "path"):
        return Path(path).read_text()
    raise not_covered("an entry of valueYamlFiles that is neither a file nor a string", plugin=PLUGIN)


def _namespaced(item: JsonObject, objects: list[JsonObject], cluster: Cluster) -> bool:
    api_version, kind = text(item, "apiVersion"), text(item, "kind")
    if built_in(api_version):
        return kind not in CLUSTER_KINDS
    group = api_version.rpartition("/")[0]
    for other in objects:
        defines = text(other, "kind") == DEFINITION and text(other, "spec", "group") == group
        if defines and text(other, "spec", "names", "kind") == kind:
            return text(other, "spec", "scope") != "Cluster"
    try:
        known = cluster.client().kind(api_version, kind)
    except (UnreachableError, ApiError):
        known = None
    return known is None or known.namespaced

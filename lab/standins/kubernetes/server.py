"""The kubernetes plugin as the engine sees it: the ResourceProvider service over `operations`."""

import os
import sys
import threading
from collections.abc import Callable
from importlib import metadata

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from lab.standins.engine import EngineLog
from lab.standins.json_values import JsonObject, text
from lab.standins.kubernetes.answers import answered, diff_response, refused_fields, sentence
from lab.standins.kubernetes.client import ApiError, UnreachableError
from lab.standins.kubernetes.cluster import Cluster
from lab.standins.kubernetes.configuration import Configuration, configure, refusals, replaced_by
from lab.standins.kubernetes.diff import differences, real
from lab.standins.kubernetes.kubeconfig import PLUGIN
from lab.standins.kubernetes.objects import (
    CLUSTER_KINDS,
    built_in,
    from_token,
    refuse_annotations,
    type_of,
    with_defaults,
)
from lab.standins.kubernetes.operations import Done, Operations
from lab.standins.kubernetes.replace import delete_first, replacing
from lab.standins.kubernetes.state import INPUTS, always_secret, to_be_made
from lab.standins.properties import Properties, decode, encode
from lab.standins.refusals import RefusedError, abort, abort_not_ready, not_covered
from lab.standins.serving import serve

CHART = "kubernetes:helm.sh/v4:Chart"


class KubernetesProvider(provider_pb2_grpc.ResourceProviderServicer):
    """One process of the plugin: one configured provider."""

    def __init__(self, *, log: EngineLog, version: str) -> None:
        self._log = log
        self._version = version
        self._cluster = Cluster(configuration=Configuration())
        self._stopped = threading.Event()
        self._warned = threading.Lock()

    def GetPluginInfo(  # noqa: N802  the protocol's name
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=self._version)

    def GetSchema(  # noqa: N802
        self, request: provider_pb2.GetSchemaRequest, context: grpc.ServicerContext
    ) -> provider_pb2.GetSchemaResponse:
        return provider_pb2.GetSchemaResponse(schema=f'{{"name": "kubernetes", "version": "{self._version}"}}')

    def CheckConfig(  # noqa: N802
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        options = decode(request.news)
        failures = [
            provider_pb2.CheckFailure(property=name, reason=str(refusal)) for name, refusal in refusals(options.values)
        ]
        return provider_pb2.CheckResponse(inputs=request.news, failures=failures)

    def DiffConfig(  # noqa: N802
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        old, new = decode(request.old_inputs), decode(request.news)
        if not new.known:
            return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_SOME)
        found = differences(old.values, new.values)
        replaced = replaced_by(old.values, new.values, os.environ)
        return diff_response(found, tuple(item for item in found if item.path[0] in replaced), first=False)

    def Configure(  # noqa: N802
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        try:
            self._cluster = Cluster(configuration=configure(decode(request.args).values, os.environ))
        except RefusedError as error:
            abort(context, str(error))
        return provider_pb2.ConfigureResponse(acceptSecrets=True, acceptResources=True, supportsPreview=True)

    def Check(  # noqa: N802
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        new = decode(request.news)
        try:
            from_token(type_of(request.urn))
            refuse_annotations(new.values)
            checked = with_defaults(
                new.values,
                old=decode(request.olds).values,
                urn=request.urn,
                namespace=self._namespace(new.values),
                seed=request.randomSeed,
                proposed=_proposed_name(request),
            )
        except RefusedError as error:
            failure = provider_pb2.CheckFailure(reason=str(error))
            return provider_pb2.CheckResponse(inputs=request.news, failures=[failure])
        return provider_pb2.CheckResponse(inputs=encode(checked, new.secrets | always_secret(checked)))

    def Diff(  # noqa: N802
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        state, new = decode(request.olds), decode(request.news)
        old = decode(request.old_inputs).values or _kept_inputs(state)
        found = differences(old, new.values)
        if not found:
            return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE, hasDetailedDiff=True)
        replaced = replacing(found, declared=new.values, configuration=self._cluster.configuration)
        if not replaced:
            try:
                dry_run = self._operations("").dry_run(new, old=state.values)
                found = found if dry_run is None else real(found, state=state.values, dry_run=dry_run)
            except ApiError as error:
                replaced = refused_fields(found, error) if error.immutable else ()
            except UnreachableError:
                pass
        first = bool(replaced) and delete_first(old=old, new=new.values)
        return diff_response(found, replaced, first=first)

    def Create(  # noqa: N802
        self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CreateResponse:
        declared = decode(request.properties)

        def make() -> provider_pb2.CreateResponse:
            if request.preview:
                shown = self._or_declared(declared, lambda operations: operations.preview_create(declared))
                return provider_pb2.CreateResponse(properties=encode(shown.values, shown.secrets))
            done = self._operations(request.urn).create(declared, seconds=request.timeout)
            self._refuse_unready(done, context)
            return provider_pb2.CreateResponse(id=done.id, properties=encode(done.state.values, done.state.secrets))

        return answered(make, context)

    def Update(  # noqa: N802
        self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.UpdateResponse:
        declared, old = decode(request.news), decode(request.olds).values

        def change() -> provider_pb2.UpdateResponse:
            if request.preview:
                shown = self._or_declared(declared, lambda operations: operations.preview_update(declared, old=old))
                return provider_pb2.UpdateResponse(properties=encode(shown.values, shown.secrets))
            done = self._operations(request.urn).update(declared, old=old, seconds=request.timeout)
            self._refuse_unready(done, context)
            return provider_pb2.UpdateResponse(properties=encode(done.state.values, done.state.secrets))

        return answered(change, context)

    def Read(  # noqa: N802
        self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ReadResponse:
        old, inputs = decode(request.properties), decode(request.inputs)

        def look() -> provider_pb2.ReadResponse:
            try:
                done = self._operations(request.urn).read(
                    request.id, type_token=type_of(request.urn), old=old, inputs=inputs
                )
            except UnreachableError:
                if not self._cluster.configuration.delete_unreachable:
                    raise
                done = None
            if done is None:
                return provider_pb2.ReadResponse()
            self._refuse_unready(done, context)
            return provider_pb2.ReadResponse(
                id=done.id,
                properties=encode(done.state.values, done.state.secrets),
                inputs=encode(done.inputs.values, done.inputs.secrets | always_secret(done.inputs.values)),
            )

        return answered(look, context)

    def Delete(  # noqa: N802
        self, request: provider_pb2.DeleteRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        state = decode(request.properties)
        declared = decode(request.old_inputs).values or _kept_inputs(state)

        def remove() -> empty_pb2.Empty:
            try:
                self._operations(request.urn).delete(
                    request.id, old=state.values, declared=declared, seconds=request.timeout
                )
            except UnreachableError:
                if not self._cluster.configuration.delete_unreachable:
                    raise
            return empty_pb2.Empty()

        return answered(remove, context)

    def Construct(  # noqa: N802
        self, request: provider_pb2.ConstructRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConstructResponse:
        if request.type != CHART:
            abort(context, str(not_covered(f"component {request.type!r}", plugin=PLUGIN)))
        # Only charts need YAML and the resource monitor's protocol.
        from lab.standins.kubernetes.chart import construct

        return answered(
            lambda: construct(
                request, cluster=self._cluster, version=self._version, unreachable=self._tell_unreachable
            ),
            context,
        )

    def Invoke(  # noqa: N802
        self, request: provider_pb2.InvokeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.InvokeResponse:
        abort(context, str(not_covered(f"function {request.tok!r}", plugin=PLUGIN)))

    def Call(  # noqa: N802
        self, request: provider_pb2.CallRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CallResponse:
        abort(context, str(not_covered(f"method {request.tok!r}", plugin=PLUGIN)))

    def Cancel(  # noqa: N802
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        self._stopped.set()
        return empty_pb2.Empty()

    def _operations(self, urn: str) -> Operations:
        return Operations(
            client=self._cluster.client(),
            configuration=self._cluster.configuration,
            stopped=self._stopped,
            tell=lambda message: self._log.progress(message, urn=urn),
        )

    def _or_declared(self, declared: Properties, ask: Callable[[Operations], Properties]) -> Properties:
        """What the cluster answers in a preview; what is declared when it cannot be asked, said once."""
        try:
            return ask(self._operations(""))
        except UnreachableError as error:
            self._tell_unreachable(error)
            return declared.with_values(to_be_made(declared.values))

    def _tell_unreachable(self, error: UnreachableError) -> None:
        if self._warned.acquire(blocking=False):
            self._log.warning(
                f"The Kubernetes cluster is unreachable: {sentence(error)} The preview shows the declared values only."
            )

    def _namespace(self, declared: JsonObject) -> str | None:
        api_version, kind = text(declared, "apiVersion"), text(declared, "kind")
        if built_in(api_version):
            return None if kind in CLUSTER_KINDS else self._cluster.default_namespace
        try:
            known = self._cluster.client().kind(api_version, kind)
        except (UnreachableError, ApiError):
            known = None
        return None if known is not None and not known.namespaced else self._cluster.default_namespace

    def _refuse_unready(self, done: Done, context: grpc.ServicerContext) -> None:
        if done.reasons:
            abort_not_ready(
                context,
                resource_id=done.id,
                state=encode(done.state.values, done.state.secrets),
                inputs=encode(done.inputs.values, done.inputs.secrets | always_secret(done.inputs.values)),
                reasons=done.reasons,
            )


def main(arguments: list[str]) -> int:
    """Serve as the engine's kubernetes plugin; the last argument is the engine's address."""
    engine = arguments[-1] if arguments and not arguments[-1].startswith("-") else ""
    provider = KubernetesProvider(log=EngineLog(engine), version=metadata.version("pulumi-kubernetes"))
    return serve(lambda server: provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server))


def _kept_inputs(state: Properties) -> JsonObject:
    kept = state.values.get(INPUTS)
    return kept if isinstance(kept, dict) else {}


def _proposed_name(request: provider_pb2.CheckRequest) -> str | None:
    if not request.HasField("autonaming"):
        return None
    disabled = request.autonaming.mode == provider_pb2.CheckRequest.AutonamingOptions.DISABLE
    return "" if disabled else request.autonaming.proposed_name or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

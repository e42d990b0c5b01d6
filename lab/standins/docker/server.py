"""The docker plugin as the engine sees it: the ResourceProvider service for `docker:index/image:Image`."""

import json
import os
import sys
import urllib.error
import urllib.request
from importlib import metadata

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from lab.standins.docker.context import context_digest
from lab.standins.docker.image import PLUGIN, Docker, Image, image_from
from lab.standins.engine import EngineLog
from lab.standins.json_values import Json, JsonObject, mapping, text
from lab.standins.properties import Properties, decode, encode
from lab.standins.refusals import RefusedError, abort, not_covered
from lab.standins.serving import serve

IMAGE = "docker:index/image:Image"
COVERED_OPTIONS = frozenset(
    {"host", "context", "disableDockerDaemonCheck", "version", "pluginDownloadURL", "__internal"}
)
# The media types a registry may keep a pushed image under.
MANIFESTS = (
    "application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, "
    "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json"
)
REGISTRY_SECONDS = 5.0


class DockerProvider(provider_pb2_grpc.ResourceProviderServicer):
    """One process of the plugin: one configured provider."""

    def __init__(self, *, log: EngineLog, version: str) -> None:
        self._log = log
        self._version = version
        self._host = ""
        self._context = ""

    def GetPluginInfo(  # noqa: N802  the protocol's name
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version=self._version)

    def GetSchema(  # noqa: N802
        self, request: provider_pb2.GetSchemaRequest, context: grpc.ServicerContext
    ) -> provider_pb2.GetSchemaResponse:
        return provider_pb2.GetSchemaResponse(schema=f'{{"name": "docker", "version": "{self._version}"}}')

    def CheckConfig(  # noqa: N802
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        failures = [
            provider_pb2.CheckFailure(
                property=name, reason=str(not_covered(f"provider option {name!r}", plugin=PLUGIN))
            )
            for name in decode(request.news).values.keys() - COVERED_OPTIONS
        ]
        return provider_pb2.CheckResponse(inputs=request.news, failures=failures)

    def DiffConfig(  # noqa: N802
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        # Another daemon builds the same images: never a reason to replace them.
        same = decode(request.old_inputs) == decode(request.news)
        none, some = provider_pb2.DiffResponse.DIFF_NONE, provider_pb2.DiffResponse.DIFF_SOME
        return provider_pb2.DiffResponse(changes=none if same else some)

    def Configure(  # noqa: N802
        self, request: provider_pb2.ConfigureRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ConfigureResponse:
        options = decode(request.args).values
        self._host, self._context = text(options, "host"), text(options, "context")
        return provider_pb2.ConfigureResponse(acceptSecrets=True, acceptResources=True, supportsPreview=True)

    def Check(  # noqa: N802
        self, request: provider_pb2.CheckRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CheckResponse:
        new = decode(request.news)
        try:
            if f"::{IMAGE}::" not in request.urn and f"${IMAGE}::" not in request.urn:
                kind = request.urn.split("::")[2].rpartition("$")[2]
                raise not_covered(f"resource type {kind!r}", plugin=PLUGIN)
            checked = _checked(new)
        except RefusedError as error:
            failure = provider_pb2.CheckFailure(reason=str(error))
            return provider_pb2.CheckResponse(inputs=request.news, failures=[failure])
        secrets = new.secrets | {("registry", "password")} if text(checked, "registry", "password") else new.secrets
        return provider_pb2.CheckResponse(inputs=encode(checked, secrets))

    def Diff(  # noqa: N802
        self, request: provider_pb2.DiffRequest, context: grpc.ServicerContext
    ) -> provider_pb2.DiffResponse:
        old, new = _deciding(decode(request.old_inputs)), _deciding(decode(request.news))
        changed = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
        kind = provider_pb2.PropertyDiff.UPDATE
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE,
            diffs=changed,
            hasDetailedDiff=True,
            detailedDiff={key: provider_pb2.PropertyDiff(kind=kind, inputDiff=True) for key in changed},
        )

    def Create(  # noqa: N802
        self, request: provider_pb2.CreateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.CreateResponse:
        declared = decode(request.properties)
        outputs = self._make(declared, preview=request.preview, urn=request.urn, context=context)
        return provider_pb2.CreateResponse(
            id="" if request.preview else text(declared.values, "imageName"), properties=encode(outputs)
        )

    def Update(  # noqa: N802
        self, request: provider_pb2.UpdateRequest, context: grpc.ServicerContext
    ) -> provider_pb2.UpdateResponse:
        outputs = self._make(decode(request.news), preview=request.preview, urn=request.urn, context=context)
        return provider_pb2.UpdateResponse(properties=encode(outputs))

    def Read(  # noqa: N802
        self, request: provider_pb2.ReadRequest, context: grpc.ServicerContext
    ) -> provider_pb2.ReadResponse:
        if lost(text(decode(request.properties).values, "repoDigest")):
            return provider_pb2.ReadResponse()
        return provider_pb2.ReadResponse(id=request.id, properties=request.properties, inputs=request.inputs)

    def Delete(  # noqa: N802
        self, request: provider_pb2.DeleteRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        # As officially: others may run the image, so tags and layers stay.
        return empty_pb2.Empty()

    def Invoke(  # noqa: N802
        self, request: provider_pb2.InvokeRequest, context: grpc.ServicerContext
    ) -> provider_pb2.InvokeResponse:
        abort(context, str(not_covered(f"function {request.tok!r}", plugin=PLUGIN)))

    def Cancel(  # noqa: N802
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        return empty_pb2.Empty()

    def _tell(self, line: str, *, urn: str) -> None:
        """Pass a build's steps on; the rest of docker's words are for when it fails, and then stand in the error."""
        if line.startswith("Step "):
            self._log.progress(line, urn=urn)

    def _make(self, declared: Properties, *, preview: bool, urn: str, context: grpc.ServicerContext) -> JsonObject:
        try:
            if not declared.known:
                return {}
            image = image_from(declared.values)
            outputs = _outputs(image)
            if preview:
                # The digest is left out: what it will be is known after the build only.
                return outputs
            docker = Docker(
                command=os.environ.get("LAB_DOCKER") or "docker",
                host=self._host,
                context=self._context,
                tell=lambda line: self._tell(line, urn=urn),
            )
            docker.build(image)
            return {**outputs, "repoDigest": docker.push(image) if image.push else docker.local_id(image)}
        except RefusedError as error:
            abort(context, str(error))


def lost(repo_digest: str) -> bool:
    """Whether the registry says it has no such image. Asked of registries on this machine only: others want credentials."""
    name, _, digest = repo_digest.partition("@")
    host, _, repository = name.partition("/")
    if not digest or host.partition(":")[0] not in ("localhost", "127.0.0.1"):
        return False
    address = f"http://{host}/v2/{repository}/manifests/{digest}"
    request = urllib.request.Request(address, method="HEAD", headers={"Accept": MANIFESTS})
    try:
        with urllib.request.urlopen(request, timeout=REGISTRY_SECONDS):
            return False
    except urllib.error.HTTPError as error:
        return error.code == 404
    except OSError:
        # A registry that does not answer says nothing about the image.
        return False


def main(arguments: list[str]) -> int:
    """Serve as the engine's docker plugin; the last argument is the engine's address."""
    engine = arguments[-1] if arguments and not arguments[-1].startswith("-") else ""
    provider = DockerProvider(log=EngineLog(engine), version=metadata.version("pulumi-docker"))
    return serve(lambda server: provider_pb2_grpc.add_ResourceProviderServicer_to_server(provider, server))


def _checked(new: Properties) -> JsonObject:
    values = new.values
    if any(path[0] == "build" for path in new.unknowns):
        return values
    image = image_from({**values, "imageName": text(values, "imageName")})
    build: JsonObject = {
        **mapping(values, "build"),
        "context": str(image.context),
        "dockerfile": str(image.dockerfile),
        "contextDigest": context_digest(image.context, image.dockerfile),
    }
    return {**values, "build": build}


def _deciding(inputs: Properties) -> dict[str, Json]:
    """The inputs whose change means a new build: credentials are none of them."""
    values: dict[str, Json] = dict(inputs.values)
    registry = mapping(values, "registry")
    values["registry"] = text(registry, "server")
    values.setdefault("skipPush", False)
    values.pop("buildOnPreview", None)
    return json.loads(json.dumps(values, sort_keys=True))  # type: ignore[no-any-return]


def _outputs(image: Image) -> JsonObject:
    return {
        "imageName": image.name,
        "baseImageName": image.repository,
        "context": str(image.context),
        "dockerfile": str(image.dockerfile),
        "platform": image.platform,
        "registryServer": image.server or _server(image.repository),
    }


def _server(repository: str) -> str:
    first = repository.split("/")[0]
    return first if "/" in repository and (":" in first or "." in first or first == "localhost") else "docker.io"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

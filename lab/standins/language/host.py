"""The language host for `runtime: python`: `pulumi-language-python [FLAGS] ENGINE_ADDRESS`, a new process a phase."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
from google.protobuf import empty_pb2, json_format
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

from lab.standins.language.installing import install_dependencies
from lab.standins.language.interpreter import Interpreter, UnusableRuntimeError, select
from lab.standins.language.plugins import run_plugin
from lab.standins.serving import serve

PROGRAM_TOLD = 32
RUN_PROGRAM = Path(__file__).with_name("run_program.py")


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Answers the engine; programs run in children, so an endless or crashing one never takes the host with it."""

    def __init__(self, *, engine: str) -> None:
        self._engine = engine
        self._children: set[subprocess.Popen[bytes]] = set()

    def GetPluginInfo(  # noqa: N802  the protocol's name
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version="")

    def About(  # noqa: N802
        self, request: language_pb2.AboutRequest, context: grpc.ServicerContext
    ) -> language_pb2.AboutResponse:
        python = _interpreter(request.info, context)
        return language_pb2.AboutResponse(
            executable=str(python.executable), version=python.version(), metadata={"toolchain": "pip"}
        )

    def GetRequiredPackages(  # noqa: N802
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        # The exact versions matter: a resource that a chart's Construct registers asks for the SDK's version, and
        # another one here would give the children a second default provider.
        python = _interpreter(request.info, context)
        return language_pb2.GetRequiredPackagesResponse(
            packages=[
                plugin_pb2.PackageDependency(name=name, version=version, server=server, kind="resource")
                for name, version, server in python.plugins()
            ]
        )

    def GetProgramDependencies(  # noqa: N802
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        python = _interpreter(request.info, context)
        listed = python.distributions(transitive=request.transitiveDependencies)
        return language_pb2.GetProgramDependenciesResponse(
            dependencies=[
                language_pb2.DependencyInfo(name=name, version=version) for name, version in sorted(listed.items())
            ]
        )

    def InstallDependencies(  # noqa: N802
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        python = _interpreter(request.info, context, must_exist=False, plugin=request.is_plugin)
        folder = Path(request.info.program_directory)
        try:
            for line in install_dependencies(python, folder, plugin=request.is_plugin):
                yield language_pb2.InstallDependenciesResponse(stdout=line)
        except UnusableRuntimeError as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))

    def Run(  # noqa: N802
        self, request: language_pb2.RunRequest, context: grpc.ServicerContext
    ) -> language_pb2.RunResponse:
        python = _interpreter(request.info, context)
        child = self._start(python, request)
        self._children.add(child)
        code = child.wait()
        self._children.discard(child)
        if code == 0:
            return language_pb2.RunResponse()
        if code == PROGRAM_TOLD:
            return language_pb2.RunResponse(bail=True)
        how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return language_pb2.RunResponse(error=f"the program {how}")

    def RunPlugin(  # noqa: N802
        self, request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.RunPluginResponse]:
        # A policy pack without a virtualenv option lives in its user's Python, as before there were plugins in Python.
        pack = request.kind == "analyzer"
        python = _interpreter(request.info, context, plugin=not pack, policy_pack=pack)
        yield from run_plugin(request, python, context)

    def Cancel(  # noqa: N802
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        self.stop()
        return empty_pb2.Empty()

    def stop(self) -> None:
        """End the programs that still run."""
        for child in list(self._children):
            child.terminate()

    def _start(self, python: Interpreter, request: language_pb2.RunRequest) -> subprocess.Popen[bytes]:
        entry = Path(request.info.program_directory or request.pwd) / (request.info.entry_point or ".")
        settings = {
            "project": request.project,
            "stack": request.stack,
            "organization": request.organization,
            "root": request.info.root_directory,
            "dry_run": request.dryRun,
            "parallel": request.parallel,
            "monitor": request.monitor_address,
            "engine": self._engine,
            "program": str(entry.resolve()),
            "args": list(request.args),
        }
        env = python.environment()
        env["PULUMI_CONFIG"] = json.dumps(dict(request.config))
        env["PULUMI_CONFIG_SECRET_KEYS"] = json.dumps(list(request.configSecretKeys))
        command = [str(python.executable), "-u", str(RUN_PROGRAM), json.dumps(settings)]
        return subprocess.Popen(command, cwd=request.pwd or None, env=env, stdin=subprocess.DEVNULL)


def main(arguments: list[str]) -> int:
    """Serve as the engine's language host; the last argument is the engine's address."""
    engine = arguments[-1] if arguments and not arguments[-1].startswith("-") else ""
    host = LanguageHost(engine=engine)
    return serve(
        lambda server: language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server),
        stopping=host.stop,
    )


def _interpreter(
    info: language_pb2.ProgramInfo,
    context: grpc.ServicerContext,
    *,
    must_exist: bool = True,
    plugin: bool = False,
    policy_pack: bool = False,
) -> Interpreter:
    try:
        return select(
            root=Path(info.root_directory),
            options=json_format.MessageToDict(info.options),
            must_exist=must_exist,
            plugin=plugin,
            policy_pack=policy_pack,
        )
    except UnusableRuntimeError as error:
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
        raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

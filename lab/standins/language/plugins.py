"""RunPlugin: policy packs and component providers written in Python.

A policy pack reads stack and configuration from its environment, but the engine sends them only by the ConfigureStack
call, after the pack has given its port. So the engine talks to a small proxy whose first call starts the pack.
"""

import json
import queue
import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

import grpc
from pulumi.runtime.proto import analyzer_pb2, language_pb2

from lab.standins.language.installing import package_name
from lab.standins.language.interpreter import Interpreter, UnusableRuntimeError
from lab.standins.serving import CHANNEL_OPTIONS

HANDSHAKE = "/pulumirpc.Analyzer/Handshake"
CONFIGURE_STACK = "/pulumirpc.Analyzer/ConfigureStack"

_Output = queue.SimpleQueue[language_pb2.RunPluginResponse | None]


def run_plugin(
    request: language_pb2.RunPluginRequest, python: Interpreter, context: grpc.ServicerContext
) -> Iterator[language_pb2.RunPluginResponse]:
    """Run a plugin of kind "analyzer" or "resource"; yields its output and at last its exit code."""
    output: _Output = queue.SimpleQueue()
    folder = request.info.program_directory
    env = dict(item.split("=", 1) for item in request.env if "=" in item) | {
        key: value for key, value in python.environment().items() if key in ("PATH", "VIRTUAL_ENV")
    }
    if request.kind == "analyzer":
        command = [str(python.executable), "-u", "-m", "pulumi.policy", *request.args, folder]
        plugin: _Child | _PolicyPack = _PolicyPack(command, cwd=request.pwd, env=env, output=output)
    elif request.kind == "resource":
        try:
            command = _provider_command(python, Path(folder), list(request.args))
        except UnusableRuntimeError as error:
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
            return
        plugin = _Child(command, cwd=request.pwd, env=env, output=output)
    else:
        context.abort(
            grpc.StatusCode.UNIMPLEMENTED,
            f"RunPlugin: plugins of kind {request.kind!r} are not covered by this language host, "
            "which covers analyzer and resource. Install Pulumi's own pulumi-language-python.",
        )
        return
    context.add_callback(plugin.stop)
    while (message := output.get()) is not None:
        yield message


def _provider_command(python: Interpreter, folder: Path, arguments: list[str]) -> list[str]:
    """A folder with __main__.py is run as it is; a package without one is installed, and the SDK hosts its components."""
    if (folder / "__main__.py").exists():
        return [str(python.executable), "-u", str(folder), *arguments]
    name = package_name(folder)
    if name is None:
        raise UnusableRuntimeError(
            f"the plugin in {folder} can not be run: it has neither __main__.py nor a pyproject.toml with a name and a "
            "build backend. Add one of them."
        )
    return [str(python.executable), "-u", "-m", "pulumi.run.plugin", name, *arguments]


class _Child:
    """A plugin process whose output goes to the engine as it comes; `port` waits for its first line."""

    def __init__(
        self, command: list[str], *, cwd: str, env: dict[str, str], output: _Output, hide_port: bool = False
    ) -> None:
        self._output = output
        self._port: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._hide_port = hide_port
        self._process = subprocess.Popen(
            command,
            cwd=cwd or None,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        readers = [
            threading.Thread(target=self._read_out, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._read_err, args=(self._process.stderr,), daemon=True),
        ]
        for reader in readers:
            reader.start()
        threading.Thread(target=self._finish, args=(readers,), daemon=True).start()

    def port(self) -> int:
        """The port the plugin serves on; raises ValueError when it ended before it gave one."""
        return int(self._port.get())

    def stop(self) -> None:
        self._process.kill()

    def _read_out(self, stream: IO[bytes]) -> None:
        with stream:
            first = stream.readline()
            self._port.put(first)
            if first and not self._hide_port:
                self._output.put(language_pb2.RunPluginResponse(stdout=first))
            for line in stream:
                self._output.put(language_pb2.RunPluginResponse(stdout=line))

    def _read_err(self, stream: IO[bytes]) -> None:
        with stream:
            for line in stream:
                self._output.put(language_pb2.RunPluginResponse(stderr=line))

    def _finish(self, readers: list[threading.Thread]) -> None:
        for reader in readers:
            reader.join()
        code = self._process.wait()
        self._output.put(language_pb2.RunPluginResponse(exitcode=code))
        self._output.put(None)


class _PolicyPack:
    """The proxy before a policy pack: passes every call on, bytes as they are."""

    def __init__(self, command: list[str], *, cwd: str, env: dict[str, str], output: _Output) -> None:
        self._command, self._cwd, self._env, self._output = command, cwd, env, output
        self._lock = threading.Lock()
        self._child: _Child | None = None
        self._channel: grpc.Channel | None = None
        self._server = grpc.server(ThreadPoolExecutor(max_workers=32), options=CHANNEL_OPTIONS)
        self._server.add_generic_rpc_handlers((self,))
        port = self._server.add_insecure_port("127.0.0.1:0")
        self._server.start()
        output.put(language_pb2.RunPluginResponse(stdout=f"{port}\n".encode()))

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> "grpc.RpcMethodHandler[bytes, bytes] | None":
        method = handler_call_details.method
        if method == HANDSHAKE:
            return None
        return grpc.unary_unary_rpc_method_handler(self._forwarder(method))

    def stop(self) -> None:
        with self._lock:
            if self._child is not None:
                self._child.stop()
            else:
                self._output.put(None)
        self._server.stop(grace=None)

    def _forwarder(self, method: str) -> Callable[[bytes, grpc.ServicerContext], bytes]:
        def forward(request: bytes, context: grpc.ServicerContext) -> bytes:
            try:
                channel = self._started(request if method == CONFIGURE_STACK else b"")
                call: grpc.UnaryUnaryMultiCallable[bytes, bytes] = channel.unary_unary(method)
                return bytes(call(request))
            except ValueError:
                context.abort(
                    grpc.StatusCode.FAILED_PRECONDITION,
                    f"the policy pack in {Path(self._command[-1])} ended before it was ready; see its output.",
                )
                raise
            except grpc.RpcError as error:
                if isinstance(error, grpc.Call):
                    context.abort(error.code(), error.details() or "")
                raise

        return forward

    def _started(self, configuration: bytes) -> grpc.Channel:
        with self._lock:
            if self._channel is None:
                env = self._env | _policy_environment(configuration)
                self._child = _Child(self._command, cwd=self._cwd, env=env, output=self._output, hide_port=True)
                address = f"127.0.0.1:{self._child.port()}"
                self._channel = grpc.insecure_channel(address, options=CHANNEL_OPTIONS)
                grpc.channel_ready_future(self._channel).result(timeout=30)
            return self._channel


def _policy_environment(configuration: bytes) -> dict[str, str]:
    if not configuration:
        return {}
    stack = analyzer_pb2.AnalyzerStackConfigureRequest.FromString(configuration)
    return {
        "PULUMI_CONFIG": json.dumps(dict(stack.config)),
        "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(stack.config_secret_keys)),
        "PULUMI_ORGANIZATION": stack.organization,
        "PULUMI_PROJECT": stack.project,
        "PULUMI_STACK": stack.stack,
        "PULUMI_DRY_RUN": "true" if stack.dry_run else "false",
    }

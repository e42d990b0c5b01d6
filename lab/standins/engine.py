"""Messages to the engine, shown beside the resource they speak of."""

import grpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc

from lab.standins.serving import CHANNEL_OPTIONS


class EngineLog:
    """The engine's log; with no address (a plugin started by hand) messages are dropped."""

    def __init__(self, address: str) -> None:
        self._engine = (
            engine_pb2_grpc.EngineStub(grpc.insecure_channel(address, options=CHANNEL_OPTIONS)) if address else None
        )

    def warning(self, message: str, *, urn: str = "") -> None:
        self._log(engine_pb2.WARNING, message, urn, ephemeral=False)

    def info(self, message: str, *, urn: str = "") -> None:
        self._log(engine_pb2.INFO, message, urn, ephemeral=False)

    def progress(self, message: str, *, urn: str) -> None:
        """A line shown while the resource is worked on, and forgotten afterwards."""
        self._log(engine_pb2.INFO, message, urn, ephemeral=True)

    def _log(self, severity: engine_pb2.LogSeverity.ValueType, message: str, urn: str, *, ephemeral: bool) -> None:
        if self._engine is None:
            return
        try:
            self._engine.Log(
                engine_pb2.LogRequest(severity=severity, message=message, urn=urn, ephemeral=ephemeral),
                timeout=5,
            )
        except grpc.RpcError:
            # An engine that no longer listens has no reader for the message either.
            return

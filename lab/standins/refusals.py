"""How a stand-in answers with an error: one paragraph in the gRPC status, state kept where there is some."""

from collections.abc import Sequence
from typing import NoReturn

import grpc
from google.protobuf import any_pb2, struct_pb2
from pulumi.runtime.proto import provider_pb2, status_pb2

CAUSE_TYPE = "type.googleapis.com/pulumirpc.ErrorResourceInitFailed"


class RefusedError(Exception):
    """What was asked for cannot be done; the message goes to the user as it is."""


def not_covered(what: str, *, plugin: str) -> RefusedError:
    """The refusal of something only the official plugin can do."""
    return RefusedError(
        f"{what} is not covered by the lab's stand-in for {plugin}. "
        f"Leave it out, or install Pulumi's own {plugin}: it is used wherever it is present."
    )


def abort(context: grpc.ServicerContext, message: str) -> NoReturn:
    """End the call with `message` and nothing else; the engine keeps what state it had."""
    context.abort(grpc.StatusCode.UNKNOWN, message)
    raise AssertionError("abort returns nothing")


def abort_not_ready(
    context: grpc.ServicerContext,
    *,
    resource_id: str,
    state: struct_pb2.Struct,
    inputs: struct_pb2.Struct,
    reasons: Sequence[str],
) -> NoReturn:
    """End the call saying the resource was made but is not ready: the engine keeps `state` and tries again next time."""
    failed = provider_pb2.ErrorResourceInitFailed(
        id=resource_id, properties=state, reasons=list(reasons), inputs=inputs
    )
    message = "; ".join(reasons)
    status = status_pb2.Status(
        code=grpc.StatusCode.UNKNOWN.value[0],
        message=message,
        details=[any_pb2.Any(type_url=CAUSE_TYPE, value=failed.SerializeToString())],
    )
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.UNKNOWN, message)
    raise AssertionError("abort returns nothing")

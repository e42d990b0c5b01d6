"""Differences and failures as the engine wants to hear them."""

from collections.abc import Callable
from typing import TypeVar

import grpc
from pulumi.runtime.proto import provider_pb2

from lab.standins.json_values import show
from lab.standins.kubernetes.client import ApiError, UnreachableError
from lab.standins.kubernetes.diff import Change, Difference
from lab.standins.refusals import RefusedError, abort

KINDS = provider_pb2.PropertyDiff
_Answer = TypeVar("_Answer")


def answered(work: Callable[[], _Answer], context: grpc.ServicerContext) -> _Answer:
    """What `work` returns; what it raises ends the call with one paragraph."""
    try:
        return work()
    except UnreachableError as error:
        advice = "Start it, or correct the provider's kubeconfig."
        abort(context, f"the Kubernetes cluster is unreachable: {sentence(error)} {advice}")
    except (RefusedError, ApiError) as error:
        abort(context, str(error))
    except grpc.RpcError as error:
        # The engine refused a child of a component, and has told why beside the child.
        abort(context, (error.details() or str(error.code())) if isinstance(error, grpc.Call) else str(error))


def sentence(error: Exception) -> str:
    """The error's message with one full stop at its end."""
    return f"{str(error).rstrip('.')}."


def refused_fields(found: tuple[Difference, ...], error: ApiError) -> tuple[Difference, ...]:
    """The differences in the fields the server refuses to change; all of them when it names none."""
    named = tuple(item for item in found if any(show(item.path).startswith(cause) for cause in error.causes if cause))
    return named or found


def diff_response(
    found: tuple[Difference, ...], replaced: tuple[Difference, ...], *, first: bool
) -> provider_pb2.DiffResponse:
    """Differences in the protocol's words; `first`: the old object has to go before the new one is made."""
    plain = {Change.ADD: KINDS.ADD, Change.DELETE: KINDS.DELETE, Change.UPDATE: KINDS.UPDATE}
    anew = {
        Change.ADD: KINDS.ADD_REPLACE,
        Change.DELETE: KINDS.DELETE_REPLACE,
        Change.UPDATE: KINDS.UPDATE_REPLACE,
    }
    return provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME if found else provider_pb2.DiffResponse.DIFF_NONE,
        replaces=[show(item.path) for item in replaced],
        diffs=list(dict.fromkeys(str(item.path[0]) for item in found)),
        deleteBeforeReplace=first,
        hasDetailedDiff=True,
        detailedDiff={
            show(item.path): provider_pb2.PropertyDiff(
                kind=(anew if item in replaced else plain)[item.change], inputDiff=True
            )
            for item in found
        },
    )

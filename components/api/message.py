"""The two base classes of everything that is part of a document."""

from __future__ import annotations

import msgspec

__all__ = ["KubernetesMessage", "Message"]


class Message(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    repr_omit_defaults=True,
    rename="camel",
):
    """A message of Istio's API: frozen, keyword only, a field that it does not know is an error.

    None says that a scalar or a message is not set, so an explicit 0, false, "" or {} stays what it was.
    Lists are tuples and maps are mappings; for both, empty and not set are one and the same, as in protobuf.
    """


class KubernetesMessage(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, repr_omit_defaults=True, rename="camel"
):
    """A part of a Kubernetes kind: like Message, but a field that it does not know is ignored.

    The Kubernetes API is far larger than what is typed here, and a pod template that uses the rest is a good
    one.
    """

"""Plain data out of what Pulumi hands a component."""

from collections.abc import Mapping
from typing import Any

import pulumi


def plain(value: Any, path: str) -> Any:
    """The value, without the marks Pulumi gives numbers and objects.

    Raises `pulumi.RunError` for an output in it: what a mesh is made of decides which resources there are, so it must be
    known when it is previewed, and its names stand in resources that no secret may be part of.
    """
    if isinstance(value, pulumi.Output):
        raise pulumi.RunError(
            f"{path}: this is an output of a resource or a secret, and a mesh is plain data, known before anything is made. "
            "Give the value itself; images and certificates take outputs"
        )
    if isinstance(value, Mapping):
        return {str(key): plain(part, f"{path}.{key}") for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part, f"{path}[{place}]") for place, part in enumerate(value)]
    if isinstance(value, float) and value.is_integer():
        # Every number is a double on the way here.
        return int(value)
    return value

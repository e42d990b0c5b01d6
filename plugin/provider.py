"""The provider: Pulumi's own component provider, whose errors are paragraphs and which takes no unknown input."""

import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pulumi
from pulumi.provider import ConstructResult, main
from pulumi.provider.experimental.component import ComponentProvider
from pulumi.provider.server import ComponentInitError

from plugin.inputs import require_fitting
from plugin.istio import Istio
from plugin.mesh import Mesh

NAME = "servicex-mesh"
"""The package, and so the first part of every type token; the same as in stacks of the program itself."""

COMPONENTS = [Istio, Mesh]
PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


class Provider(ComponentProvider):
    """Offers COMPONENTS. The SDK's provider shows each refusal with its traceback, and drops an input it does not know."""

    def __init__(self) -> None:
        version = str(tomllib.loads(PYPROJECT.read_text())["project"]["version"])
        super().__init__(list(COMPONENTS), NAME, version=version)

    def construct(
        self, name: str, resource_type: str, inputs: Mapping[str, Any], options: pulumi.ResourceOptions | None = None
    ) -> ConstructResult:
        """Make one component. Raises `pulumi.InputPropertiesError`, with the whole message, for what a user did wrong."""
        try:
            self._require_fitting(resource_type, inputs)
            return super().construct(name, resource_type, dict(inputs), options)
        except ComponentInitError as error:
            if isinstance(error.inner, pulumi.RunError):
                raise _refusal(str(error.inner)) from None
            raise

    def _require_fitting(self, resource_type: str, inputs: Mapping[str, Any]) -> None:
        component = self._component_defs.get(resource_type.rpartition(":")[2])
        if component is None:
            offered = ", ".join(f"{NAME}:index:{kind.__name__}" for kind in COMPONENTS)
            raise _refusal(f"{NAME} has no component {resource_type!r}; it has {offered}")
        try:
            require_fitting(component.name, inputs, component.inputs, self._type_defs)
        except pulumi.RunError as error:
            raise _refusal(str(error)) from None


def _refusal(message: str) -> pulumi.InputPropertiesError:
    # The list must be there: without one the SDK's server fails over the status it is about to send.
    return pulumi.InputPropertiesError(message, [])


def serve() -> None:
    """Serve the engine whose address is the first argument, until it is gone."""
    main(Provider(), sys.argv[1:])

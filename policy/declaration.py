"""What a policy is, apart from Pulumi: its name, how strict it is, what it may be told, and its check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from msgspec import Meta

from policy.stack_documents import StackDocuments
from policy.violation import Outcome

__all__ = ["Level", "Policy", "Scope", "Settings", "SettingsError"]


class Level(Enum):
    """What Pulumi does about a violation: only says so, refuses, or does not look."""

    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    DISABLED = "disabled"


class Scope(Enum):
    """When a policy looks: at each object before it is made, or at the whole stack, which a preview does in advance."""

    OBJECT = "object"
    STACK = "stack"


class SettingsError(ValueError):
    """A policy's configuration can not be used."""


Patterns = tuple[str, ...]


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="camel"):
    """What every policy may be told. Patterns are those of a shell: `*`, `?`, `[...]`."""

    stacks: Annotated[Patterns, Meta(description="Patterns of the names of the stacks that the policy holds for.")] = (
        "*",
    )
    exempt: Annotated[
        Patterns,
        Meta(
            description="Patterns of objects that it does not hold for, as Kind/namespace/name, such as Service/shop/*."
        ),
    ] = ()

    def holds_for(self, stack: str) -> bool:
        """Whether the stack of that name is one that the policy holds for."""
        return any(fnmatchcase(stack, pattern) for pattern in self.stacks)

    def spares(self, path: str) -> bool:
        """Whether the object, as Kind/namespace/name, is exempt."""
        return any(fnmatchcase(path, pattern) for pattern in self.exempt)


Told = TypeVar("Told", bound=Settings)


@dataclass(frozen=True, kw_only=True)
class Policy(Generic[Told]):
    """One policy. `check` is pure: documents and settings in, outcomes out."""

    name: str
    description: str
    """One sentence that states the rule."""
    level: Level
    """What Pulumi does unless the policy's configuration says otherwise."""
    scope: Scope
    settings: Told
    """The defaults."""
    check: Callable[[StackDocuments, Told], Iterator[Outcome]]

    def judge(self, documents: StackDocuments, given: Mapping[str, Any]) -> tuple[Outcome, ...]:
        """What the policy, configured as `given`, says. Raises SettingsError for a configuration that can not be used."""
        settings = self.told(given)
        if not settings.holds_for(documents.stack):
            return ()
        found = self.check(documents, settings)
        return tuple(each for each in found if not settings.spares(each.of.path))

    def told(self, given: Mapping[str, Any]) -> Told:
        """The defaults with the configuration laid over them."""
        defaults = msgspec.to_builtins(self.settings)
        try:
            return msgspec.convert({**defaults, **given}, type(self.settings))
        except msgspec.ValidationError as error:
            allowed = ", ".join(self.schema())
            raise SettingsError(
                f"the configuration of policy {self.name} can not be used: {error}. "
                f"Its keys are {allowed}; docs/policy.md says what each means."
            ) from error

    def schema(self) -> dict[str, dict[str, Any]]:
        """Its configuration as JSON Schema, property by property, with the policy's own defaults."""
        cls = type(self.settings)
        shapes = msgspec.json.schema(cls)["$defs"]
        defaults = msgspec.to_builtins(self.settings)
        properties = _whole(shapes[cls.__name__], shapes)["properties"]
        return {name: {**described, "default": defaults[name]} for name, described in properties.items()}


def _whole(part: Any, shapes: Mapping[str, Any]) -> Any:
    """A part of a JSON Schema with what it refers to in its place: Pulumi takes the properties one by one."""
    if isinstance(part, dict):
        if "$ref" in part:
            return _whole(shapes[part["$ref"].rpartition("/")[2]], shapes)
        return {key: _whole(each, shapes) for key, each in part.items()}
    return [_whole(each, shapes) for each in part] if isinstance(part, list) else part

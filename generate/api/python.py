"""The text of the Python modules: classes for messages and enums, and the table of kinds."""

from __future__ import annotations

import keyword
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from generate.api.crds import Definition, Limits
from generate.api.shapes import EnumType, Field, MessageType, Module
from generate.api.words import Words

__all__ = ["reachable", "render_kinds", "render_module"]

WIDTH = 106
# What the classes need from beside them -> its module.
SHARED = {"DurationValue": "duration", "JSON": "json", "Message": "message"}
# A field of one of these names would hide the type from the annotations that come after it in the class.
BUILTINS = {"str", "int", "float", "bool", "tuple"}
# Written by hand, and used by the Gateway API.
KUBERNETES: dict[str, tuple[str, tuple[str, ...]]] = {
    ".metav1.LabelSelector": ("kubernetes.deployment", ("LabelSelector",)),
}
Owners = Mapping[str, tuple[str, tuple[str, ...]]]
"""Full proto name of a message or enum -> its module and its path in there."""


def reachable(modules: list[Module], definitions: list[Definition]) -> list[Module]:
    """The modules with only the top-level messages and enums that a kind's spec is made of."""
    tops: dict[str, MessageType | EnumType] = {}
    for module in modules:
        tops |= {each.full_name: each for each in module.messages} | {each.full_name: each for each in module.enums}
    roots = [message for module in modules for message in module.messages]
    pending = [each.full_name for each in roots for of in definitions if each.path == (of.class_name,)]
    kept: set[str] = set()
    while pending:
        name = pending.pop()
        top = next((each for each in tops if f"{name}.".startswith(f"{each}.")), None)
        if top is not None and top not in kept:
            kept.add(top)
            found = tops[top]
            inner = found.walk() if isinstance(found, MessageType) else ()
            pending += [field.type for each in inner for field in each.fields if field.type.startswith(".")]
    cut = [
        Module(
            origin=module.origin,
            source=module.source,
            name=module.name,
            messages=tuple(each for each in module.messages if each.full_name in kept),
            enums=tuple(each for each in module.enums if each.full_name in kept),
        )
        for module in modules
    ]
    return [module for module in cut if module.messages or module.enums]


def render_module(module: Module, modules: list[Module], limits: Mapping[str, Limits], words: Words) -> str:
    """The whole text of one module, not yet formatted."""
    owners = _owners(modules)
    body = "\n\n".join(
        [
            *("\n".join(_enum(each, module, words, "")) for each in module.enums),
            *("\n".join(_message(each, module, owners, limits, words, "")) for each in module.messages),
        ]
    )
    names = sorted(_own_names(module))
    # Groups of imports that turned out empty leave several blank lines behind; isort's order wants one.
    imports = re.sub(r"\n{3,}", "\n\n", "\n".join(_imports(module, owners, body)).strip())
    lines = [
        f'"""The messages of {module.origin} as frozen typed values."""',
        "",
        "from __future__ import annotations",
        "",
        imports,
        "",
        f"__all__ = [{', '.join(repr(each) for each in names)}]",
        "",
        "",
        body,
    ]
    return "\n".join(lines) + "\n"


def render_kinds(whose: str, definitions: list[Definition]) -> str:
    """The whole text of the table of kinds."""
    lines = [f'"""{whose} kinds: their groups, versions and classes."""', "", "from __future__ import annotations", ""]
    lines += ["from components.api.registry import Kind", "", "__all__ = ['KINDS']", "", "KINDS = ("]
    for each in definitions:
        known = (each.kind, each.group, each.versions, each.module, each.class_name)
        required = ", spec_required=True" if each.spec_required else ""
        scope = "" if each.namespaced else ", namespaced=False"
        lines.append(f"Kind({', '.join(map(repr, known))}{scope}{required}),")
    return "\n".join([*lines, ")"]) + "\n"


def _own_names(module: Module) -> set[str]:
    return {each.path[0] for each in module.messages} | {each.path[0] for each in module.enums}


def _owners(modules: list[Module]) -> Owners:
    owners = dict(KUBERNETES)
    for module in modules:
        owners |= {each.full_name: (module.name, each.path) for each in module.enums}
        for each in (inner for root in module.messages for inner in root.walk()):
            owners[each.full_name] = (module.name, each.path)
            owners |= {enum.full_name: (module.name, enum.path) for enum in each.enums}
    return owners


def _imports(module: Module, owners: Owners, body: str) -> Iterator[str]:
    if "Mapping[" in body:
        yield "from collections.abc import Mapping"
    if "(Enum)" in body:
        yield "from enum import Enum"
    yield ""
    if "= field(" in body:
        yield "from msgspec import field"
    yield ""
    ours: dict[str, set[str]] = {}
    for name, where in SHARED.items():
        if re.search(rf"\b{name}\b", re.sub(r'""".*?"""', "", body, flags=re.DOTALL)):
            ours[where] = {name}
    for each in (inner for root in module.messages for inner in root.walk()):
        for owner, path in (owners[field.type] for field in each.fields if field.type in owners):
            if owner != module.name:
                ours.setdefault(owner, set()).add(path[0])
    for owner, names in sorted(ours.items()):
        if clash := names & _own_names(module):
            raise ValueError(f"{module.name} has {clash} of its own and needs those of {owner}. Rename one.")
        yield f"from components.api.{owner} import {', '.join(sorted(names, key=_isort_key))}"


def _isort_key(name: str) -> tuple[bool, str]:
    # Constants first, then classes; a class whose name is all capitals is a constant to isort.
    return (not name.isupper(), name)


def _message(
    message: MessageType,
    module: Module,
    owners: Owners,
    limits: Mapping[str, Limits],
    words: Words,
    indent: str,
) -> Iterator[str]:
    yield f"{indent}class {message.path[-1]}(Message, frozen=True, kw_only=True):"
    inner = indent + "    "
    yield from _docstring(words.of_message(module.name, message), inner)
    yield ""
    for enum in message.enums:
        yield from _enum(enum, module, words, inner)
        yield ""
    for nested in message.messages:
        yield from _message(nested, module, owners, limits, words, inner)
        yield ""
    for field in message.fields:
        name = _attribute(field.name)
        yield f"{inner}{name}: {_annotation(field, name, owners)}"
        yield from _docstring(words.of_field(module.name, message, field, name, limits.get(message.full_name)), inner)


def _enum(enum: EnumType, module: Module, words: Words, indent: str) -> Iterator[str]:
    yield f"{indent}class {enum.path[-1]}(Enum):"
    yield from _docstring(words.of_message(module.name, enum), indent + "    ")
    yield ""
    for value in enum.values:
        yield f"{indent}    {value}{'_' if keyword.iskeyword(value) else ''} = {value!r}"


def _annotation(field: Field, name: str, owners: Owners) -> str:
    kind = ".".join(owners[field.type][1]) if field.type in owners else field.type
    wire = field.json_name
    renamed = _camel(name) != wire
    if field.key:
        default = f"field(default_factory=dict, name={wire!r})" if renamed else "{}"
        return f"Mapping[{field.key}, {kind}] = {default}"
    if field.repeated:
        return f"tuple[{kind}, ...] = " + (f"field(default=(), name={wire!r})" if renamed else "()")
    return f"{kind} | None = " + (f"field(default=None, name={wire!r})" if renamed else "None")


def _attribute(name: str) -> str:
    snake = re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f"_{found[1].lower()}", name)
    return f"{snake}_" if keyword.iskeyword(snake) or snake in BUILTINS else snake


def _camel(name: str) -> str:
    return msgspec.defstruct("Probe", [(name, int, 0)], rename="camel").__struct_encode_fields__[0]


def _docstring(text: str, indent: str) -> Iterable[str]:
    lines = textwrap.wrap(text.replace("\\", "\\\\"), WIDTH - len(indent) - 6, break_on_hyphens=False)
    if len(lines) == 1:
        return [f'{indent}"""{lines[0]}"""']
    return [f'{indent}"""{lines[0]}', *(f"{indent}{line}" for line in lines[1:]), f'{indent}"""']

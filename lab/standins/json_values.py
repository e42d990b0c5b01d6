"""JSON as typed values, and the few ways to look into it."""

from collections.abc import Mapping, Sequence

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]
Path = tuple[str | int, ...]


def dig(value: Json, *path: str | int) -> Json:
    """The value at `path`, None where there is none."""
    for step in path:
        if isinstance(step, str):
            if not isinstance(value, dict):
                return None
            value = value.get(step)
        else:
            if not isinstance(value, list) or not -len(value) <= step < len(value):
                return None
            value = value[step]
    return value


def mapping(value: Json, *path: str | int) -> JsonObject:
    """The object at `path`; an empty one where there is none."""
    found = dig(value, *path)
    return found if isinstance(found, dict) else {}


def sequence(value: Json, *path: str | int) -> list[Json]:
    """The list at `path`; an empty one where there is none."""
    found = dig(value, *path)
    return found if isinstance(found, list) else []


def text(value: Json, *path: str | int) -> str:
    """The string at `path`; "" where there is none."""
    found = dig(value, *path)
    return found if isinstance(found, str) else ""


def number(value: Json, *path: str | int, default: int = 0) -> int:
    """The whole number at `path`; `default` where there is none."""
    found = dig(value, *path)
    return int(found) if isinstance(found, int | float) and not isinstance(found, bool) else default


def truth(value: Json, *path: str | int) -> bool:
    """Whether the value at `path` is true, or the word "true" (provider options arrive as words)."""
    found = dig(value, *path)
    return found is True or found == "true"


def show(path: Sequence[str | int]) -> str:
    """A path as Pulumi writes it: spec.containers[0].image, metadata.annotations["a/b"]."""
    shown = ""
    for step in path:
        if isinstance(step, int):
            shown += f"[{step}]"
        elif step and all(letter.isalnum() or letter in "_-$" for letter in step):
            shown += f".{step}" if shown else step
        else:
            quoted = step.replace("\\", "\\\\").replace('"', '\\"')
            shown += f'["{quoted}"]'
    return shown


def without(value: Mapping[str, Json], *names: str) -> JsonObject:
    """A shallow copy without the named keys."""
    return {key: item for key, item in value.items() if key not in names}

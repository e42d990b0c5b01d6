"""Paths of fields, as tuples of keys and places: ("spec", "http", 0, "fault") is spec.http[0].fault."""

from __future__ import annotations

__all__ = ["ANY", "Path", "overlaps", "written"]

ANY = "*"
Path = tuple[str | int, ...]


def written(path: Path) -> str:
    """As messages have it: spec.http[0].fault."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def overlaps(path: Path, wanted: Path) -> bool:
    """Whether one is the other or lies below it, where `*` is any one step: spec.http overlaps spec.http[*].fault."""
    return all(ANY in (mine, theirs) or mine == theirs for mine, theirs in zip(path, wanted, strict=False))

"""One measured figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """`what` was measured, how much of `unit` it took, and at most how much it should (None: no goal was set)."""

    what: str
    value: float
    unit: str
    goal: float | None = None

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"{self.goal:g} {self.unit}"
        over = "  over" if self.goal is not None and self.value > self.goal else ""
        return f"{self.what:<64}{f'{self.value:.4g} {self.unit}':>12}{goal:>12}{over}"

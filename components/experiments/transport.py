"""The port through which batches are sent; `kubectl` sends them from pods, the tests through a simulated mesh."""

from __future__ import annotations

from typing import Protocol

from components.experiments.traffic import Batch, Samples


class Transport(Protocol):
    async def send(self, batch: Batch) -> Samples:
        """Send the batch at its rate; return when each request is answered or timed out, one sample for each.

        Raises `Unusable` when the client itself could not do it.
        """

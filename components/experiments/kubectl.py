"""kubectl as a subprocess: bounded in time, its complaints turned into one paragraph, killed when we are."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path

from components.experiments import vegeta
from components.experiments.errors import Unusable
from components.experiments.traffic import Batch, Samples


def find() -> str:
    """The pinned kubectl beside the interpreter, else the one on PATH. Raises `Unusable` without either."""
    pinned = Path(sys.executable).parent / "kubectl"
    found = str(pinned) if os.access(pinned, os.X_OK) else shutil.which("kubectl")
    if found is None:
        raise Unusable(
            f"kubectl is neither at {pinned} nor on PATH; the experiments reach the cluster with it. "
            "Install requirements.txt, which brings it, and run them from that environment"
        )
    return found


class Kubectl:
    """Calls to the cluster that KUBECONFIG names."""

    def __init__(self, program: str) -> None:
        self._program = program

    async def call(self, *arguments: str, stdin: bytes = b"", timeout: float = 30.0) -> bytes:
        """The output. Raises `Unusable` when kubectl fails or takes longer than `timeout` seconds."""
        # A process group of its own: Ctrl-C must reach this program, which then removes what kubectl made.
        process = await asyncio.create_subprocess_exec(
            self._program,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        try:
            output, complaint = await asyncio.wait_for(process.communicate(stdin), timeout)
        except TimeoutError:
            raise Unusable(
                f"kubectl {arguments[0]} did not end within {timeout:.0f} s; the cluster does not answer. "
                "Check KUBECONFIG and that its API server runs, then run the experiments again"
            ) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            raise Unusable(
                f"kubectl {' '.join(arguments[:2])} failed: {_last_line(complaint)}. KUBECONFIG is "
                f"{os.environ.get('KUBECONFIG') or 'not set'}; it must name a cluster that answers and a user who may make "
                "a namespace and run commands in its pods. Bring the stack up, or correct it, and run the experiments again"
            )
        return output


class PodTransport:
    """Batches sent by vegeta in the two client pods of `namespace`, which are named as the clients are."""

    def __init__(self, kubectl: Kubectl, namespace: str, container: str) -> None:
        self._kubectl, self._namespace, self._container = kubectl, namespace, container

    async def send(self, batch: Batch) -> Samples:
        command = ("sh", "-c", vegeta.command(batch))
        output = await self._kubectl.call(
            *("exec", "-i", "-n", self._namespace, batch.client.value, "-c", self._container, "--", *command),
            stdin=vegeta.targets(batch),
            timeout=batch.count / (batch.rate or 1.0) + vegeta.TIMEOUT + 20,
        )
        return vegeta.samples(batch, output)


def _last_line(complaint: bytes) -> str:
    lines = [line.strip() for line in complaint.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1].rstrip(".") if lines else "it said nothing"
